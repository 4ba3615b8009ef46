import Detection
import Engine
import Foundation
public import Records

/// A request for a cross-validation.
public struct CrossValidationRequest: RunRequest {
  /// A CSV file: the label, then the features.
  public var table = ""
  /// The number of folds, at least 2 and at most the number of samples of each class.
  public var folds = 10
  /// The random seed.
  public var seed: UInt64 = 1
  /// The name of the run; nil for a name derived from the table.
  public var name: String?
  /// The workspace; nil for the nearest one at or above the current folder, if any.
  public var workspace: String?

  /// Without a table.
  public init() {}

  /// Ten folds of a table.
  public init(table: String) { self.table = table }
}

extension CrossValidationRequest {
  public static let command = "detect --cross-validate"
  public static let commandWords = ["detect"]
  private static let section = "Cross-validation"

  public static let options: [RequestOption<CrossValidationRequest>] = [
    RequestOption(
      "cross-validate", \.table,
      "Cross-validate classifiers on a CSV table: label (0 real, 1 fake), then features",
      kind: .file(["csv"]), section: section),
    .detectRunName(\.name),
    RequestOption("seed", \.seed, "Random seed"),
    RequestOption("folds", \.folds, "Number of folds", .within(2...1000), section: section),
    .workspace(\.workspace),
  ]
}

/// An event of a cross-validation.
public enum CrossValidationEvent: RunEvent, Equatable {
  /// The folds of a classifier are being trained; the first ones may be done by an earlier session.
  case validating(classifier: String, number: Int, of: Int)
}

/// The result of a cross-validation.
public struct CrossValidationOutcome: Equatable, Sendable {
  /// Nil if it was interrupted.
  public let result: TableCrossValidation?
  /// The path of the report; nil outside a workspace, where nothing is written.
  public let report: String?
}

/// A cross-validation of a table of features, recorded as a run in the workspace, where it can be
/// resumed.
public enum CrossValidationRun {
  /// Evaluates the classifiers and, in a workspace, writes `Labs/NAME`.
  ///
  /// - Parameters:
  ///   - interruption: requests the session to stop.
  ///   - report: receives events, on the calling thread.
  public static func evaluate(
    _ request: CrossValidationRequest, interruption: Interruption = Interruption(),
    report: (CrossValidationEvent) -> Void = { _ in }
  ) throws -> CrossValidationOutcome {
    let path = Workspace.absolute(request.table)
    let table = try FeatureTable(reading: path)
    var progress = CrossValidationState(
      table: try FileHash.ofFile(path), folds: request.folds, seed: request.seed)
    func result(
      _ progress: inout CrossValidationState, save: (CrossValidationState) throws -> Void
    ) throws -> TableCrossValidation? {
      try TableCrossValidation(
        of: table, at: path, &progress, isStopped: { interruption.isAsked }, save: save,
        report: report)
    }
    guard let workspace = try workspace(of: request) else {
      return CrossValidationOutcome(result: try result(&progress) { _ in }, report: nil)
    }
    let stem = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    let name = try RunName(request.name ?? "cross-validation-\(RunName.tamed(stem[...]))")
    let folder = RunFolder(name, in: workspace)
    let command = CrossValidationRequest.command
    let record = try RunRecord.read(in: folder.lab)
    let other = RunReport.command(at: folder.settings) ?? record?.command
    if let other, other != command {
      throw RecordsError.runInTheWay(name: folder.name, command: other)
    }
    let session = try RunSession(folder, interruption)
    var recorded = request
    recorded.name = folder.name
    session.record(
      recorded, at: folder.lab, in: workspace,
      settings: ["table": path, "folds": "\(request.folds)"], seed: request.seed, sources: [path],
      places: [folder.lab])
    return try session.perform {
      let file = "\(folder.lab)/\(CrossValidationState.name)"
      progress = try progress.resumed(from: file)
      let done = progress.classifiers.count
      guard let result = try result(&progress, save: { try $0.write(to: file) }) else {
        return CrossValidationOutcome(result: nil, report: nil)
      }
      try WholeFile.write(try JSONText.pretty(result), to: folder.results)
      // Emptied, not removed: the ledger lists it.
      if FileKind.isThere(file) {
        progress.classifiers = []
        try progress.write(to: file)
      }
      try session.time(table.labels.count, in: folder.lab, startsOver: done == 0)
      _ = try RunReport(in: folder.lab)
      return CrossValidationOutcome(result: result, report: folder.page)
    }
  }

  private static func workspace(of request: CrossValidationRequest) throws -> Workspace? {
    if let path = request.workspace { return try Workspace(at: path) }
    return try? Workspace(above: ".")
  }
}

/// `progress.json`: the classifiers that an interrupted cross-validation has finished.
struct CrossValidationState: Codable, Equatable {
  /// The file's name in the run's folder.
  static let name = "progress.json"

  /// The SHA-256 of the table.
  let table: String
  let folds: Int
  let seed: UInt64
  /// Those that are done, in the order of `TableCrossValidation.candidates`.
  var classifiers: [CrossValidation] = []

  /// The progress of an earlier session on the same table with the same folds; this one if there is none.
  func resumed(from path: String) throws -> CrossValidationState {
    let data = try RunFolder.contents(of: path)
    let earlier = data.flatMap { try? JSONDecoder().decode(CrossValidationState.self, from: $0) }
    guard let earlier, (earlier.table, earlier.folds, earlier.seed) == (table, folds, seed) else {
      return self
    }
    return earlier
  }

  func write(to path: String) throws { try WholeFile.write(try JSONText.pretty(self), to: path) }
}
