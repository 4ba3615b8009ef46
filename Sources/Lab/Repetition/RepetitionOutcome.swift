import Engine
import Foundation

/// Whether a run and its repetition agree to the bit.
///
/// Compared are the tensors of models, pictures and videos, the manifests of sets, and the figures of
/// results; names, times and what is drawn of them are left aside.
public struct RepetitionOutcome: Encodable, Equatable, Sendable {
  /// The names of the run and of its repetition.
  public let run, again: String
  /// How many files are the same.
  public let same: Int
  /// Files that differ, and those that only one of the two has.
  public let different, missing: [String]
  /// What the repetition was made from and the run was not, as where a newer set is the newest now.
  public let otherSources: [String]

  /// True when all is the same, and there was something to compare.
  public var agrees: Bool { same > 0 && different.isEmpty && missing.isEmpty }

  init(_ run: RunSummary, _ again: RunSummary, in workspace: Workspace) throws {
    var (same, different, missing) = (0, [String](), [String]())
    for (old, new) in zip(run.places, again.places) {
      let roots = [old, new].map { $0.hasPrefix("/") ? $0 : "\(workspace.path)/\($0)" }
      let contents = try roots.map(RepetitionOutcome.contents)
      for name in Set(contents[0].keys).union(contents[1].keys).sorted() {
        let label = name.isEmpty ? old : "\(old)/\(name)"
        switch (contents[0][name], contents[1][name]) {
        case (let one?, let other?) where one == other: same += 1
        case (.some, .some): different.append(label)
        default: missing.append(label)
        }
      }
    }
    (self.run, self.again) = (run.name, again.name)
    (self.same, self.different, self.missing) = (same, different, missing)
    otherSources = again.sources.filter { !run.sources.contains($0) }
  }

  /// What is compared in a folder, or of one file, by its path below.
  private static func contents(_ root: String) throws -> [String: String] {
    guard Workspace.isFolder(root) else {
      return FileKind.isThere(root) ? ["": try FileHash.ofFile(root)] : [:]
    }
    let files = try MadeFile.all(below: root).map(\.path)
    let found = Team.map(files.count) { index in Result { try substance(of: files[index]) } }
    var contents: [String: String] = [:]
    for (file, result) in zip(files, found) {
      if let substance = try result.get() {
        contents[String(file.dropFirst(root.count + 1))] = substance
      }
    }
    return contents
  }

  /// The hash of what a file says, names and times left aside; nil for what says nothing else.
  private static func substance(of path: String) throws -> String? {
    let name = (path as NSString).lastPathComponent
    switch (name as NSString).pathExtension {
    case "safetensors":
      return FileHash.of(
        Array(
          try Checkpoint(reading: path).tensors.map { entry in
            "\(entry.name) \(entry.tensor.shape) \(entry.tensor.hash)"
          }.joined(separator: "\n").utf8))
    case "jsonl" where name != "log.jsonl":
      return try FileHash.ofFile(path)
    case "json" where name == "results.json":
      let figures = RunMetrics.final(try RunFolder.contents(of: path), of: "")
      return FileHash.of(
        Array(figures.map { "\($0.name) \($0.value)" }.joined(separator: "\n").utf8))
    case "png" where ["curves.png", "preview.png", "sheet.png"].contains(name):
      return nil
    case let ending where ["png", "jpg", "jpeg", "mp4", "mov", "mkv"].contains(ending):
      return try FileHash.ofFile(path)
    default: return nil
    }
  }
}

extension Tensor {
  /// The SHA-256 of its numbers as float32, the lowest byte first.
  fileprivate var hash: String {
    let numbers = converted(to: .float32).values
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * numbers.count)
    for number in numbers {
      let bits = number.bitPattern
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
    }
    return FileHash.of(bytes)
  }
}
