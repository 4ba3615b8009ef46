public import Detection
import Engine
public import Faces
import Foundation
import Media

/// What the user asks to be tested.
public struct EvaluateRequest: Equatable, Sendable {
  /// Labelled sets; none for the newest.
  public var data: [String] = []
  /// Names of models or of kinds of detectors; none for those of the newest run.
  public var detectors: [String] = []
  /// Whether pictures are degraded in five strengths, too.
  public var isSwept = false
  /// What to call the report.
  public var name: String?
  /// The workspace; nil for the nearest one upwards.
  public var workspace: String?

  /// The newest detectors on the newest set.
  public init() {}
}

/// The figures of detectors on labelled sets.
public struct EvaluateResults: Codable, Sendable {
  /// One set.
  public struct SetFigures: Codable, Sendable {
    public let name: String
    /// Which of its samples were scored.
    public let about: String
    public let detectors: [DetectorFigures]
    /// How the figures fall as pictures get worse; nil where that was not asked.
    public let sweep: RobustnessSweep?
  }

  public let program: String
  /// In the order in which they were asked for.
  public let sets: [SetFigures]
}

/// Where the results of a test are.
public struct EvaluateOutcome: Sendable {
  public let report: String
  public let results: EvaluateResults
}

/// Tests trained detectors on labelled sets that they need not know.
public struct EvaluateRun {
  /// Scores every set with every detector.
  ///
  /// - Parameter report: is told what happens; sentences.
  /// - Returns: nil when interrupted.
  public static func test(
    _ request: EvaluateRequest, interruption: Interruption = Interruption(),
    report: (String) -> Void = { _ in }
  ) throws -> EvaluateOutcome? {
    let workspace = try Workspace(named: request.workspace)
    let models = try DetectorModels(in: workspace).models(named: request.detectors)
    let names: [String?] = request.data.isEmpty ? [nil] : request.data
    let paths = try names.map { try LabelledSurvey.path(of: $0, workspace: workspace.path) }
    let first = (paths[0] as NSString).lastPathComponent
    let folder = RunFolder(try RunName(request.name ?? "evaluate-\(first)"), in: workspace)
    let recording = Recording(
      "detect --evaluate", at: folder.lab, in: workspace, option: "--report-name",
      settings: [
        "data": paths, "with": models.map(\.name), "robustness": [request.isSwept ? "yes" : "no"],
      ], sources: paths + models.map(\.path), places: [folder.lab])
    return try recording.around(interruption) {
      let sets = try figures(request, models, paths, interruption, report)
      guard let sets else { return nil }
      try RunFolder.make(folder.lab)
      let results = EvaluateResults(program: Program.name, sets: sets)
      try WholeFile.write(try JSONText.pretty(results), to: folder.results)
      try EvaluateReport(results, command: command(request, models, paths)).page
        .write(to: folder.lab)
      return EvaluateOutcome(report: folder.page, results: results)
    }
  }

  /// The figures on each set; nil when interrupted.
  private static func figures(
    _ request: EvaluateRequest, _ models: [DetectorModels.Model], _ paths: [String],
    _ interruption: Interruption, _ report: (String) -> Void
  ) throws -> [EvaluateResults.SetFigures]? {
    var sets: [EvaluateResults.SetFigures] = []
    for path in paths {
      guard !interruption.isAsked else { return nil }
      let set = try LabelledSet(reading: path)
      let chosen = samples(of: set)
      report("Scoring \(chosen.samples.count) pictures of '\(path)'")
      let pictures = try SamplePictures(chosen.samples, of: set)
      let test = SetTest(models, on: pictures)
      let middle = models.map(\.threshold).reduce(0, +) / Double(models.count)
      var sweep: RobustnessSweep?
      if request.isSwept {
        sweep = try RobustnessSweep(of: models, on: pictures, interruption, report)
      }
      sets.append(
        EvaluateResults.SetFigures(
          name: (path as NSString).lastPathComponent, about: chosen.about,
          detectors: try test.figures(ensemble: .mean, threshold: middle), sweep: sweep))
    }
    return interruption.isAsked ? nil : sets
  }

  /// The test split where both classes are in it, otherwise all samples.
  private static func samples(of set: LabelledSet) -> (samples: [Sample], about: String) {
    let test = set.samples(in: .test)
    let hasBoth = Set(test.map(\.label)).count == Label.allCases.count
    return hasBoth
      ? (test, "\(test.count) pictures of its test split")
      : (set.samples, "all \(set.samples.count) pictures, for its test split lacks a class")
  }

  private static func command(
    _ request: EvaluateRequest, _ models: [DetectorModels.Model], _ paths: [String]
  ) -> String {
    "dflab detect --evaluate --with \(models.map(\.name).joined(separator: ",")) "
      + paths.map { "--data \($0)" }.joined(separator: " ")
      + (request.isSwept ? " --robustness" : "")
  }
}
