import Foundation

/// A run that can be carried out again under another name.
public struct RunRepetition: Sendable {
  /// The run to be repeated.
  public let run: RunSummary
  /// The number of threads that it used.
  public let threads: Int
  private let recorded: JSONTree
  private let workspace: Workspace

  /// Plans the repetition of a run; refused where a source is missing.
  init(of run: RunSummary, in workspace: Workspace) throws(RecordsError) {
    if let parent = run.parent {
      let name = (parent as NSString).lastPathComponent
      throw .notRepeatable(
        name: run.name,
        reason:
          "it is a step of '\(name)'; use 'dflab runs repeat \(name)'")
    }
    let record = try RunRecord.read(in: "\(workspace.path)/\(run.home)")
    guard let record, let request = record.request else {
      throw .notRepeatable(name: run.name, reason: "its request was not recorded")
    }
    guard run.state != .running else { throw .runInUse(name: run.name, process: "still running") }
    let gone = run.sources.first { source in
      !source.contains("://") && !FileKind.isThere(RunRepetition.path(of: source, in: workspace))
    }
    if let gone {
      throw .notRepeatable(
        name: run.name,
        reason: "its input '\(gone)' is missing; restore it first")
    }
    (self.run, threads, recorded, self.workspace) = (run, record.threads, request, workspace)
  }

  /// The run's request with another output, for any current folder.
  ///
  /// In a copied or moved workspace, the original is not modified.
  public func request<Request: RunRequest>(_ type: Request.Type) throws(RecordsError) -> Request {
    guard Request.command == run.command, let old = try? recorded.decoded(as: type) else {
      throw .notRepeatable(
        name: run.name, reason: "its request was recorded by another version of dflab")
    }
    let request = old.resolved(in: workspace)
    guard Request.outputOption != "name" else {
      let name = request.output.isEmpty ? (run.home as NSString).lastPathComponent : request.output
      return request.renamed(RunRepetition.repeated(name, in: workspace))
    }
    let path = RunRepetition.path(of: run.places.first ?? run.home, in: workspace)
    return request.renamed(RunRepetition.repeated(path: path))
  }

  private static func path(of source: String, in workspace: Workspace) -> String {
    source.hasPrefix("/") ? source : "\(workspace.path)/\(source)"
  }

  /// `NAME-repeat`, with a number if that exists.
  private static func repeated(_ name: String, in workspace: Workspace) -> String {
    let free = endings.lazy.map { name + $0 }.first { candidate in
      !Workspace.parts.contains { FileKind.isThere("\(workspace.path)/\($0)/\(candidate)") }
    }
    return free ?? "\(name)-repeat"
  }

  /// The same for a file or folder, keeping its extension.
  private static func repeated(path: String) -> String {
    let (stem, ending) = (
      (path as NSString).deletingPathExtension, (path as NSString).pathExtension
    )
    let rest = ending.isEmpty ? "" : ".\(ending)"
    let free = endings.lazy.map { "\(stem)\($0)\(rest)" }.first { !FileKind.isThere($0) }
    return free ?? "\(stem)-repeat\(rest)"
  }

  private static let endings = ["-repeat"] + (2...999).map { "-repeat-\($0)" }

  /// Compares the outputs of a request, which has been carried out, with the run's.
  public func outcome<Request: RunRequest>(of request: Request) throws -> RepetitionOutcome {
    let runs = try Registry(workspace: workspace.path).runs()
    let output = request.recorded(in: workspace).output
    let repetition = runs.first {
      guard $0.command == run.command, $0.home != run.home, $0.parent == nil else { return false }
      let record = try? RunRecord.read(in: "\(workspace.path)/\($0.home)")
      return (try? record?.request?.decoded(as: Request.self))?.output == output
    }
    guard let repetition else {
      throw RecordsError.notRepeatable(name: run.name, reason: "the new run was not recorded")
    }
    return try RepetitionOutcome(run, repetition, in: workspace, among: runs)
  }
}

extension RunRequest {
  /// The output that the request names; empty if it leaves that to the run.
  fileprivate var output: String {
    Self.options.first { $0.name == Self.outputOption }?.read(self).last ?? ""
  }
}

extension Registry {
  /// The repetition of a run.
  public func repetition(of name: String) throws(RecordsError) -> RunRepetition {
    try RunRepetition(of: try run(named: name), in: workspace)
  }
}
