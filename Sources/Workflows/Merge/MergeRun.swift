import Engine
import Foundation
public import Records

/// The joining of shards into what one process would have made.
public struct MergeRun {
  private let path: String
  private let shards: ShardSet
  private let join: any ShardJoin
  private let session: RunSession
  private let interruption: Interruption
  private let report: (MergeEvent) -> Void

  /// In a folder whose merge was begun and has not ended.
  private static let mark = ".merging"
  /// The files that are joined between two looks at the interruption.
  private static let batch = 1024

  /// Joins the requested shards.
  ///
  /// - Parameter report: receives events, on the calling thread.
  public static func make(
    _ request: MergeRequest, interruption: Interruption = Interruption(),
    report: @escaping (MergeEvent) -> Void = { _ in }
  ) throws -> MergeOutcome {
    let run = try MergeRun(request, interruption, report)
    return try run.session.perform { try run.work() }
  }

  private init(
    _ request: MergeRequest, _ interruption: Interruption,
    _ report: @escaping (MergeEvent) -> Void
  ) throws {
    (self.interruption, self.report) = (interruption, report)
    let workspace: Workspace?
    if request.out.contains("/") {
      path = Workspace.absolute(request.out)
      workspace = Workspace.of(path)
    } else {
      let own = try Workspace(named: request.workspace)
      path = own.datasets(of: try RunName(request.out).description)
      workspace = own
    }
    shards = try ShardSet(reading: request.shards)
    if let name = try RunFolder.things(in: path).first,
      !FileKind.isThere("\(path)/\(MergeRun.mark)")
    {
      throw WorkflowError.mergeInTheWay(path: path, name: name)
    }
    join = try shards.join(into: path)
    session = try RunSession(in: path, interruption)
    let path = path
    session.record(
      request, at: workspace.map { RunDirectory.of(path, by: "merge", in: $0) } ?? path,
      in: workspace, settings: shards.members[0].record.settings,
      sources: shards.members.map(\.path), places: [path], startsOver: true)
  }

  private func work() throws -> MergeOutcome {
    try WholeFile.write([], to: "\(path)/\(MergeRun.mark)")
    for name in try RunFolder.things(in: path) { try RunFolder.remove("\(path)/\(name)") }
    for name in join.folders { try RunFolder.make("\(path)/\(name)") }
    let files = join.files
    report(.started(folder: path, shards: shards.members.count, files: files.count))
    for first in stride(from: 0, to: files.count, by: MergeRun.batch) {
      guard !interruption.isAsked else { return outcome(isFinished: false, audit: nil) }
      let part = Array(files[first..<min(first + MergeRun.batch, files.count)])
      session.note(try take(part))
      report(.joined(first + part.count, of: files.count))
    }
    let audit = try join.finish(report)
    try RunFolder.remove("\(path)/\(MergeRun.mark)")
    return outcome(isFinished: true, audit: audit)
  }

  /// Takes some files, and returns them with their origins.
  private func take(_ files: [JoinedFile]) throws -> [Artifact] {
    let path = path
    let hashes = ThreadPool.map(files.count) { index in
      Result { try MergeRun.take(files[index], to: "\(path)/\(files[index].name)") }
    }
    return try zip(files, hashes).map { file, hash in
      file.origins.artifact(at: "\(path)/\(file.name)", hash: try hash.get())
    }
  }

  /// Links or copies a file, and returns its hash; refuses one that is not as it was made.
  private static func take(_ file: JoinedFile, to target: String) throws -> String {
    guard FileKind.isThere(file.source) else {
      throw WorkflowError.notMergeable(
        reason: "'\(file.source)' is missing; restore it, or remove the shard and make it again")
    }
    let hash = try FileHash.ofFile(file.source)
    guard file.hash ?? hash == hash, file.origins.mayHold(hash) else {
      throw WorkflowError.notMergeable(
        reason: "'\(file.source)' was modified; restore it, or remove the shard and make it again")
    }
    let files = FileManager.default
    do {
      try files.linkItem(atPath: file.source, toPath: target)
    } catch {
      do {
        try files.copyItem(atPath: file.source, toPath: target)
      } catch {
        throw RecordsError.unwritable(path: target, reason: RunFolder.reason(of: error))
      }
    }
    return hash
  }

  private func outcome(isFinished: Bool, audit: AuditReport?) -> MergeOutcome {
    MergeOutcome(
      folder: path, shards: shards.members.count, samples: join.samples, isFinished: isFinished,
      audit: audit)
  }
}
