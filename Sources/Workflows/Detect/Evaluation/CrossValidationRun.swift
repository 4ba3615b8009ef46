import Detection
import Engine
import Foundation
import Records

/// A request for a cross-validation.
public struct CrossValidationRequest: Equatable, Sendable {
  /// A CSV file: the label, then the features.
  public var table: String
  /// The number of folds, at least 2 and at most the number of samples of each class.
  public var folds = 10
  /// The random seed.
  public var seed: UInt64 = 1
  /// The name of the run; nil for a name derived from the table.
  public var name: String?
  /// The workspace; nil for the nearest one at or above the current folder, if any.
  public var workspace: String?

  /// Ten folds of a table.
  public init(table: String) { self.table = table }
}

/// The result of a cross-validation.
public struct CrossValidationOutcome: Equatable, Sendable {
  public let result: TableCrossValidation
  /// The path of the report; nil outside a workspace, where nothing is written.
  public let report: String?
}

/// A cross-validation of a table of features, recorded as a run in the workspace.
public enum CrossValidationRun {
  /// The command, as recorded.
  static let command = "detect --cross-validate"

  /// Evaluates the classifiers and, in a workspace, writes `Labs/NAME`.
  public static func evaluate(_ request: CrossValidationRequest) throws -> CrossValidationOutcome {
    let path = Workspace.absolute(request.table)
    let table = try FeatureTable(reading: path)
    func result() throws -> TableCrossValidation {
      try TableCrossValidation(of: table, at: path, folds: request.folds, seed: request.seed)
    }
    guard let workspace = try workspace(of: request) else {
      return CrossValidationOutcome(result: try result(), report: nil)
    }
    let stem = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    let name = try RunName(request.name ?? "cross-validation-\(RunName.tamed(stem[...]))")
    let folder = RunFolder(name, in: workspace)
    let record = try RunRecord.read(in: folder.lab)
    let other = RunReport.command(at: folder.settings) ?? record?.command
    if let other, other != command {
      throw RecordsError.runInTheWay(name: folder.name, command: other)
    }
    let session = try RunSession(folder, Interruption())
    session.record(
      command, at: folder.lab, in: workspace, option: "--name",
      settings: ["table": path, "folds": "\(request.folds)"], seed: request.seed, sources: [path],
      places: [folder.lab])
    return try session.perform {
      let result = try result()
      try WholeFile.write(try JSONText.pretty(result), to: folder.results)
      try session.time(table.labels.count, in: folder.lab, startsOver: true)
      _ = try RunReport(in: folder.lab)
      return CrossValidationOutcome(result: result, report: folder.page)
    }
  }

  private static func workspace(of request: CrossValidationRequest) throws -> Workspace? {
    if let path = request.workspace { return try Workspace(at: path) }
    return try? Workspace(above: ".")
  }
}
