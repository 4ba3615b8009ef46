import Credentials
import Engine
import Foundation

/// Whether a run and its repetition agree bit for bit.
///
/// Compared are the tensors of models, pictures and videos, the manifests of datasets, and the metrics
/// of results, those of all steps too; names, times, sheets and credentials are ignored.
public struct RepetitionOutcome: Encodable, Equatable, Sendable {
  /// The names of the run and of its repetition.
  public let run, repetition: String
  /// The number of equal files.
  public let same: Int
  /// Files that differ, and those that only one of the two has.
  public let different, missing: [String]
  /// Inputs of the repetition that the run did not have, such as a newer default dataset.
  public let otherSources: [String]

  /// True if all files are equal, and there were files to compare.
  public var agrees: Bool { same > 0 && different.isEmpty && missing.isEmpty }

  /// Compares every file of a run and of another one of the same request.
  ///
  /// - Parameter runs: all runs of the workspace, including the steps of the two.
  public init(
    _ run: RunSummary, _ repetition: RunSummary, in workspace: Workspace,
    among runs: [RunSummary] = []
  ) throws {
    var (same, different, missing) = (0, [String](), [String]())
    let (steps, others) = (
      RepeatedSteps(of: run, among: runs), RepeatedSteps(of: repetition, among: runs)
    )
    let parts = Set(steps.places.keys).union(others.places.keys).sorted().map { part in
      (steps.place(part), others.place(part))
    }
    for (old, new) in Array(zip(run.places, repetition.places)) + parts {
      let contents = try [(old, steps), (new, others)].map { place, steps in
        try RepetitionOutcome.contents(
          place.hasPrefix("/") ? place : "\(workspace.path)/\(place)", steps)
      }
      for name in Set(contents[0].keys).union(contents[1].keys).sorted() {
        let label = name.isEmpty ? old : "\(old)/\(name)"
        switch (contents[0][name], contents[1][name]) {
        case (let one?, let other?) where one == other: same += 1
        case (.some, .some): different.append(label)
        default: missing.append(label)
        }
      }
    }
    (self.run, self.repetition) = (run.name, repetition.name)
    (self.same, self.different, self.missing) = (same, different, missing)
    otherSources = repetition.sources.filter { !run.sources.contains($0) }
  }

  /// The compared files of a folder, or of one file, by relative path.
  private static func contents(
    _ root: String, _ steps: RepeatedSteps
  ) throws -> [String: String] {
    guard Workspace.isFolder(root) else {
      return FileKind.isThere(root) ? ["": try SignedContent.digits(ofFile: root)] : [:]
    }
    let files = try Artifact.all(below: root).map(\.path)
    let found = ThreadPool.map(files.count) { index in
      Result { try substance(of: files[index], steps) }
    }
    var contents: [String: String] = [:]
    for (file, result) in zip(files, found) {
      if let substance = try result.get() {
        contents[String(file.dropFirst(root.count + 1))] = substance
      }
    }
    return contents
  }

  /// The hash of a file's content without names and times; nil if there is nothing else.
  private static func substance(of path: String, _ steps: RepeatedSteps) throws -> String? {
    let name = (path as NSString).lastPathComponent
    switch (name as NSString).pathExtension {
    case "safetensors":
      return try weights(of: path)
    case "jsonl" where name != "log.jsonl":
      return try steps.nameless(path) ?? FileHash.ofFile(path)
    case "json" where name == "results.json":
      let metrics = RunMetrics.final(try RunFolder.contents(of: path), of: "")
      return FileHash.of(
        Array(metrics.map { "\($0.name) \($0.value)" }.joined(separator: "\n").utf8))
    case "png" where ["curves.png", "preview.png", "sheet.png"].contains(name):
      return nil
    case let ending where ["png", "jpg", "jpeg", "mp4", "mov", "mkv"].contains(ending):
      return try SignedContent.digits(ofFile: path)
    default: return nil
    }
  }
  /// The hash of a model's tensors, with names and shapes; its metadata contains times and names.
  private static func weights(of path: String) throws -> String {
    let file = try RunFolder.contents(of: path) ?? Data()
    // The first eight bytes are the header's length, low byte first; the header is a JSON object
    // with an entry per tensor.
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard file.count >= 8, (0...file.count - 8).contains(length),
      case .object(var header) = try? JSONDecoder().decode(
        JSONTree.self, from: file.dropFirst(8).prefix(length))
    else { throw RecordsError.unreadable(path: path, reason: "not the weights of a model") }
    header["__metadata__"] = nil
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return FileHash.of(try encoder.encode(header) + file.dropFirst(8 + length))
  }
}
