public import Detection
import Engine
import Faces
import Foundation
public import Records

/// `calibration.json`: what a calibration has learned.
public struct CalibrateOutcome: Codable, Equatable, Sendable {
  /// The name of the calibration in a run's folder.
  static let file = "calibration.json"

  /// The model's name in `Checkpoints`.
  public let model: String
  /// The dataset, and how many of its validation samples have a score.
  public let data: String
  public let real, fake: Int
  /// The share of pairs of a real and a fake sample in which the fake one scores higher.
  public let rocAUC: Double?
  public let calibration: Calibration
  /// The limits of verdicts, with the error rates there.
  public let operatingPoint: OperatingPoint
  public let program: String
}

/// Learns what an imported detector's scores mean, as a training does at its end.
public enum CalibrateRun {
  /// Scores the validation split, and writes calibration and limits to the detector's file.
  ///
  /// - Parameter report: receives events, on the calling thread.
  /// - Returns: nil when interrupted.
  public static func calibrate(
    _ request: CalibrateRequest, interruption: Interruption = Interruption(),
    report: (CalibrateEvent) -> Void = { _ in }
  ) throws -> CalibrateOutcome? {
    let workspace = try Workspace(named: request.workspace)
    let model = try DetectorModels(in: workspace).model(named: request.model)
    guard model.trained.detector is ImportedDetector else {
      throw WorkflowError.calibratedInTraining(name: model.name)
    }
    let path = try LabeledDataset.path(of: request.data, workspace: workspace.path) {
      report(.noted($0))
    }
    let set = try LabeledDataset(reading: path)
    if let missing = set.skipped.first {
      throw WorkflowError.missingSamples(
        path: set.path, first: missing.name, count: set.skipped.count)
    }
    let samples = set.samples(in: .validation)
    guard Set(samples.map(\.label)).count == Label.allCases.count else {
      throw WorkflowError.oneClassSplit(path: set.path, split: Split.validation.rawValue)
    }
    let folder = RunFolder(
      try RunName(request.name ?? "calibrate-\(model.name)"), in: workspace)
    if let command = RunReport.command(at: folder.settings) {
      throw RecordsError.runInTheWay(name: folder.name, command: command)
    }
    let session = try RunSession(folder, interruption)
    let lock = try RunSession(in: (model.path as NSString).deletingLastPathComponent, interruption)
    defer { withExtendedLifetime(lock) {} }
    var recorded = request
    (recorded.model, recorded.data, recorded.name) = (model.name, path, folder.name)
    session.record(
      recorded, at: folder.lab, in: workspace, settings: ["model": model.name, "data": path],
      sources: [path, model.path], places: [folder.lab], startsOver: true)
    return try session.perform {
      report(.scoring(dataset: path, samples: samples.count))
      let pictures = try SamplePictures(samples, of: set)
      guard !interruption.isAsked else { return nil }
      let outcome = try learn(model, on: pictures, of: set, report)
      try WholeFile.write(
        try JSONText.pretty(outcome), to: "\(folder.lab)/\(CalibrateOutcome.file)")
      Recording.noteAgain(
        [model.path], making: CalibrateRequest.command,
        of: (model.path as NSString).deletingLastPathComponent, in: workspace)
      try session.time(samples.count, in: folder.lab, startsOver: true)
      return outcome
    }
  }

  private static func learn(
    _ model: StoredDetector, on pictures: SamplePictures, of set: LabeledDataset,
    _ report: (CalibrateEvent) -> Void
  ) throws -> CalibrateOutcome {
    let clips = pictures.labeledClips()
    let scores = try model.scores(of: clips)
    let data = SetTest.name(of: .validation, in: set.path)
    let labels = zip(scores, clips.labels).filter { $0.0.reason == nil }.map(\.1)
    if Set(labels).count < Label.allCases.count, let reason = scores.lazy.compactMap(\.reason).first
    {
      throw DetectionError.notApplicable(detector: model.name, reason: reason)
    }
    var trained = model.trained
    try trained.calibrate(by: scores, of: clips, on: data, identities: pictures.identities)
    // Which identities it has learned of is unknown; of these it has learned its limits.
    trained.people = Set(pictures.samples.flatMap(\.identities))
    trained.program = Program.name
    let ranking = rocAUC(scores, clips)
    if let ranking, ranking < 0.5 {
      report(
        .noted(
          "'\(model.name)' scores fakes lower than real faces (ROC AUC \(NumberText.fixed(ranking, 3))): "
            + "if that is not what you expect, import it again with another --fake-output, or look at "
            + "what it is given, in input.png."))
    }
    guard let calibration = trained.calibration, let point = trained.operatingPoint else {
      preconditionFailure("a calibration without limits")
    }
    try trained.write(to: model.path)
    return CalibrateOutcome(
      model: model.name, data: set.path, real: labels.count { $0 == .real },
      fake: labels.count { $0 == .fake }, rocAUC: ranking, calibration: calibration,
      operatingPoint: point, program: Program.name)
  }

  private static func rocAUC(_ scores: [DetectorScore], _ clips: LabeledClips) -> Double? {
    let logits = scores.flatMap(\.logits)
    let labels = zip(scores, clips.labels).flatMap { score, label in
      score.logits.map { _ in label }
    }
    let samples = ScoredSamples<Frames>(
      logits: logits, labels: labels, groups: labels.map { _ in "all" })
    return Evaluation(of: samples).metrics[.rocAUC]?.value
  }
}
