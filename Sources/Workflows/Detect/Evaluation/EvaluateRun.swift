public import Detection
import Engine
import Faces
import Foundation
import Media
public import Records

/// What the user asks to be tested.
public struct EvaluateRequest: RunRequest {
  /// Labeled sets; none for the newest.
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

extension EvaluateRequest {
  public static let command = "detect --evaluate"

  public static let options: [RequestOption<EvaluateRequest>] = [
    .detectors(
      read: { $0.detectors },
      write: { request, words throws(RequestFault) in request.detectors = words }),
    RequestOption(
      "data", \.data,
      """
      Labeled dataset: a name in Datasets or a folder (default: the newest); repeat for several \
      with --evaluate
      """, form: .repeated
    ).path(where: RequestOption<EvaluateRequest>.isDataset),
    .detectRunName(\.name),
    RequestOption(
      "robustness", \.isSwept,
      "Also test on samples degraded at five strengths: JPEG, H.264, resize, blur, noise",
      section: "Testing"),
    .workspace(\.workspace),
  ]
}

/// The events of an evaluation.
public enum EvaluateEvent: RunEvent, Equatable {
  /// A note for the user; a sentence.
  case noted(String)
  /// The training identities of a detector are not known.
  case unknownIdentities(detector: String)
  /// The samples of a dataset are being scored.
  case scoring(dataset: String, samples: String)
  /// The samples are being degraded, and scored again.
  case degrading(String)
}

/// `results.json` of an evaluation: the metrics of detectors on labeled datasets.
public struct EvaluateResults: Codable, Sendable {
  /// One set.
  public struct DatasetMetrics: Codable, Sendable {
    public let name: String
    /// Which of its samples were scored.
    public let about: String
    /// How many were left out because a detector was trained on their identities.
    public let leftOut: Int
    public let detectors: [DetectorMetrics]
    /// ROC AUC on degraded samples; nil where it was not asked for.
    public let robustness: RobustnessSweep?
  }

  public let program: String
  /// The command that repeats it.
  public let command: String
  /// In the order in which they were asked for.
  public let sets: [DatasetMetrics]

  /// The results at `path`; nil where there are none.
  static func read(at path: String) throws -> EvaluateResults? {
    let data = try RunFolder.contents(of: path)
    let results = data.flatMap { try? JSONDecoder().decode(EvaluateResults.self, from: $0) }
    guard results?.isWhole ?? true else {
      throw RecordsError.unreadable(
        path: path, reason: "the datasets have results of different detectors")
    }
    return results
  }

  /// True when every set has the same detectors, and a set's detectors the same forgeries.
  private var isWhole: Bool {
    let names = sets.map { $0.detectors.map { $0.model ?? $0.name } }
    return names.allSatisfy { $0 == names.first }
      && sets.allSatisfy { set in
        set.detectors.allSatisfy { detector in
          detector.methods.map(\.name) == set.detectors.first?.methods.map(\.name)
        }
      }
  }
}

/// Where the results of a test are.
public struct EvaluateOutcome: Sendable {
  public let report: String
  public let results: EvaluateResults
}

/// Tests trained detectors on labeled sets that they need not know.
public struct EvaluateRun {
  /// Scores every set with every detector.
  ///
  /// - Parameters:
  ///   - registry: the detectors that are known.
  ///   - report: receives events, on the calling thread.
  /// - Returns: nil when interrupted.
  public static func test(
    _ request: EvaluateRequest, knowing registry: DetectorRegistry = .standard,
    interruption: Interruption = Interruption(),
    report: (EvaluateEvent) -> Void = { _ in }
  ) throws -> EvaluateOutcome? {
    let workspace = try Workspace(named: request.workspace)
    let models = try DetectorModels(in: workspace, knowing: registry).models(
      named: request.detectors
    ) { report(.noted($0)) }
    let folder = RunFolder(try name(of: request, in: workspace), in: workspace)
    if let command = RunReport.command(at: folder.settings) {
      throw RecordsError.runInTheWay(name: folder.name, command: command)
    }
    for model in models where model.trained.hasUnknownTraining {
      report(.unknownIdentities(detector: model.name))
    }
    for model in models where model.trained.isUncalibrated {
      report(
        .noted(
          "'\(model.name)' is not calibrated: of its metrics, only those of its ranking, such as ROC AUC, "
            + "have a meaning. Run 'dflab detect --calibrate \(model.name)'."))
    }
    let names: [String?] = request.data.isEmpty ? [nil] : request.data
    let paths = try names.map {
      try LabeledDataset.path(of: $0, workspace: workspace.path) { report(.noted($0)) }
    }
    var asked = request
    (asked.name, asked.data, asked.detectors) = (folder.name, paths, models.map(\.name))
    let command = asked.recorded(in: workspace).renamed("\(folder.name)-repeat").shown()
    let trained = try DetectResults.ofTraining(models, in: workspace)
    let session = try RunSession(folder, interruption)
    session.record(
      asked, at: folder.lab, in: workspace,
      settings: [
        "data": paths, "detectors": models.map(\.name),
        "robustness": [request.isSwept ? "yes" : "no"],
      ], sources: paths + models.map(\.path), places: [folder.lab])
    return try session.perform {
      let tested = try metrics(
        request, models, trained, paths, in: workspace, interruption, report)
      guard let tested else { return nil }
      let sets = tested.map(\.metrics)
      let results = EvaluateResults(
        program: Program.name, command: command,
        sets: sets)
      try WholeFile.write(try JSONText.pretty(results), to: folder.results)
      try SampleScore.write(tested.flatMap(\.scores), to: folder.lab)
      let scored = sets.reduce(0) { $0 + ($1.detectors.first?.frames.balance.count ?? 0) }
      try session.time(scored, in: folder.lab, startsOver: true)
      _ = try RunReport(in: folder.lab)
      return EvaluateOutcome(report: folder.page, results: results)
    }
  }

  /// The scores and the metrics on each dataset; nil when interrupted.
  private static func metrics(
    _ request: EvaluateRequest, _ models: [StoredDetector], _ results: DetectResults?,
    _ paths: [String], in workspace: Workspace, _ interruption: Interruption,
    _ report: (EvaluateEvent) -> Void
  ) throws -> [(scores: [SampleScore], metrics: EvaluateResults.DatasetMetrics)]? {
    var sets: [(scores: [SampleScore], metrics: EvaluateResults.DatasetMetrics)] = []
    for path in paths {
      guard !interruption.isAsked else { return nil }
      let set = try LabeledDataset(reading: path)
      let chosen = try TestedSamples(of: set, for: models)
      report(.scoring(dataset: path, samples: chosen.about))
      let pictures = try SamplePictures(chosen.samples, of: set)
      let name = (path as NSString).lastPathComponent
      let test = try SetTest(models, on: pictures, of: "'\(name)'")
      let ensemble = DetectorEnsemble(models: models, ensemble: .mean, results: results)
      var sweep: RobustnessSweep?
      if request.isSwept {
        sweep = try RobustnessSweep(of: models, on: pictures, isStopped: { interruption.isAsked }) {
          report(.degrading($0))
        }
      }
      let metrics = EvaluateResults.DatasetMetrics(
        name: name, about: chosen.about, leftOut: chosen.leftOut,
        detectors: try test.metrics(at: ensemble.basis(of: Array(models.indices)).point),
        robustness: sweep)
      // A set that is named twice is stored once.
      let isKnown = paths.firstIndex(of: path) != sets.count
      let scores = isKnown ? [] : SampleScore.all(of: test, dataset: workspace.relative(path))
      sets.append((scores, metrics))
    }
    return interruption.isAsked ? nil : sets
  }

  /// What the report is called: as asked for, or after the first set.
  private static func name(of request: EvaluateRequest, in workspace: Workspace) throws -> RunName {
    if let name = request.name { return try RunName(name) }
    let set = try LabeledDataset.path(of: request.data.first, workspace: workspace.path)
    return try RunName("evaluate-\(RunName.tamed((set as NSString).lastPathComponent[...]))")
  }
}
