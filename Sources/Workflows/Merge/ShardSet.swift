import Records

/// All shards of one whole, in order.
struct ShardSet {
  /// A finished shard.
  struct Member {
    /// The folder, from the root.
    let path: String
    let record: ShardRecord
    let origins: RecordedOrigins

    /// A file of the shard that becomes one of the whole.
    ///
    /// - Parameters:
    ///   - file: its path below the shard.
    ///   - name: its path below the whole; nil for the same.
    ///   - hash: its SHA-256; nil if only the ledger knows it.
    func joined(_ file: String, as name: String? = nil, hash: String?) -> JoinedFile {
      JoinedFile(source: "\(path)/\(file)", name: name ?? file, hash: hash, origins: origins)
    }

    /// The error of a shard whose files are not those that it was finished with.
    func broken(_ reason: String) -> WorkflowError {
      .notMergeable(reason: "'\(path)' \(reason); remove it, and make it again")
    }
  }

  let members: [Member]

  /// Reads the shards, and refuses those that do not make a whole.
  init(reading paths: [String]) throws {
    var found: [Member] = []
    for path in paths.map(Workspace.absolute) {
      guard Workspace.isFolder(path), let record = try ShardRecord.read(in: path) else {
        throw WorkflowError.notMergeable(
          reason: "'\(path)' is not a shard; make shards with --shard")
      }
      guard record.isFinished else {
        throw WorkflowError.notMergeable(
          reason: "'\(path)' is unfinished; rerun its command to resume it")
      }
      if let first = found.first,
        let difference = record.difference(
          from: first.record, names: ("'\(path)'", "'\(first.path)'"))
      {
        throw WorkflowError.notMergeable(reason: difference + "; make them alike")
      }
      if let double = found.first(where: { $0.record.shard == record.shard }) {
        throw WorkflowError.notMergeable(
          reason: double.path == path
            ? "'\(path)' is given twice; give it once"
            : "'\(path)' and '\(double.path)' are both shard \(record.shard); give one of them")
      }
      found.append(Member(path: path, record: record, origins: try RecordedOrigins(of: path)))
    }
    members = found.sorted { $0.record.shard.number < $1.record.shard.number }
    let there = Set(members.map(\.record.shard.number))
    guard let count = members.first?.record.shard.count, there.count < count else { return }
    let missing = (1...count).filter { !there.contains($0) }
    let named = missing.prefix(5).map { "\($0)/\(count)" }.joined(separator: ", ")
    throw WorkflowError.notMergeable(
      reason: missing.count == 1
        ? "shard \(named) is missing; give it, too"
        : "\(missing.count) shards are missing, such as \(named); give them, too")
  }

  /// Reads what the shards hold.
  ///
  /// - Parameter path: the folder of the whole.
  func join(into path: String) throws -> any ShardJoin {
    switch members[0].record.command {
    case AugmentRequest.command: try AugmentJoin(self, into: path)
    case ImportRequest.command: try ImportJoin(self, into: path)
    case ExtractRequest.command: try ExtractJoin(self, into: path)
    case let command:
      throw WorkflowError.notMergeable(reason: "'dflab \(command)' makes no shards")
    }
  }
}

/// A file of a shard that becomes one of the whole.
struct JoinedFile: Sendable {
  /// The file in the shard, from the root.
  let source: String
  /// Its path below the whole.
  let name: String
  /// Its SHA-256, as the manifest holds it.
  let hash: String?
  let origins: RecordedOrigins
}

/// How the shards of one command are joined.
protocol ShardJoin {
  /// The files that are taken as they are.
  var files: [JoinedFile] { get }
  /// The folders that a whole has.
  var folders: [String] { get }
  /// The number of samples or faces.
  var samples: Int { get }

  /// Writes everything else, after the files.
  func finish(_ report: (MergeEvent) -> Void) throws -> AuditReport?
}
