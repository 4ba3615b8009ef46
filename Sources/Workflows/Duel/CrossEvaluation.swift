import Detection
import Engine
import Faces
import Media
import Records

/// Test pictures and detectors of a repetition, read when they are needed.
struct CrossEvaluation {
  private let run: DuelRun
  private let step: DuelStep
  private var pictures: [DuelGenerator: SamplePictures] = [:]
  private var models: [DuelDetector: StoredDetector] = [:]
  private var scored: [DuelCell: ScoredSamples<Frames>] = [:]

  /// How pictures are encoded again.
  private static let quality = 60

  init(_ run: DuelRun, _ step: DuelStep) { (self.run, self.step) = (run, step) }

  /// One detector's metrics on one kind of fakes.
  mutating func cell(_ cell: DuelCell) throws -> DuelTest.Cell {
    let model = try model(cell.column)
    let plain = Evaluation(of: try samples(cell), threshold: model.threshold)
    let worse = Evaluation(
      of: try scores(of: try images(cell.row), by: model, isReencoded: true),
      threshold: model.threshold)
    return DuelTest.Cell(
      row: cell.row, column: cell.column, auc: CrossEvaluation.estimate(plain),
      reencoded: CrossEvaluation.estimate(worse),
      recall: plain[.recall])
  }

  /// One detector's ROC curve on one kind of fakes, its corners alone.
  mutating func curve(_ cell: DuelCell) throws -> DuelTest.Curve {
    let points = (try samples(cell).rocCurve ?? []).map {
      [$0.falsePositiveRate, $0.truePositiveRate]
    }
    let corners = points.indices.filter { index in
      guard index > 0, index < points.count - 1 else { return true }
      let (before, here, after) = (points[index - 1], points[index], points[index + 1])
      let isStraight = (0..<2).contains { before[$0] == here[$0] && here[$0] == after[$0] }
      return !isStraight
    }
    return DuelTest.Curve(row: cell.row, column: cell.column, points: corners.map { points[$0] })
  }

  /// How much higher the ROC AUC of the first is than that of the second, on the same faces.
  mutating func difference(
    _ first: DuelCell, _ second: DuelCell
  ) throws -> MetricEstimate {
    let (one, other) = (try samples(first), try samples(second))
    guard one.labels == other.labels, one.groups == other.groups else {
      return MetricEstimate(
        value: nil, interval: nil, reason: "the test samples are not of the same faces")
    }
    let thresholds = (
      try model(first.column).threshold, try model(second.column).threshold
    )
    return PairedDifference(in: .rocAUC, (one, thresholds.0), (other, thresholds.1)).difference
  }

  private static func estimate(_ evaluation: Evaluation<Frames>) -> MetricEstimate {
    evaluation.metrics[.rocAUC]
      ?? MetricEstimate(value: nil, interval: nil, reason: "not measured")
  }

  private mutating func samples(_ cell: DuelCell) throws -> ScoredSamples<Frames> {
    if let known = scored[cell] { return known }
    let result = try scores(
      of: try images(cell.row), by: try model(cell.column), isReencoded: false)
    scored[cell] = result
    return result
  }

  private func scores(
    of pictures: SamplePictures, by model: StoredDetector, isReencoded: Bool
  ) throws -> ScoredSamples<Frames> {
    var shown = pictures
    if isReencoded {
      shown = try pictures.mapped { index, picture in
        let bytes = try picture.encoded(
          as: .jpeg(quality: CrossEvaluation.quality), mark: nil)
        return try Image(decoding: bytes, name: pictures.samples[index].path)
      }
    }
    let scores = try model.scores(of: shown.labeledClips())
    return ScoredSamples<Frames>(
      logits: scores.flatMap(\.logits), calibration: model.calibration, labels: pictures.labels,
      groups: pictures.groups)
  }

  private mutating func images(_ row: DuelGenerator) throws -> SamplePictures {
    if let known = pictures[row] { return known }
    let set = try LabeledDataset(reading: path(of: row))
    let result = try SamplePictures(TestedSamples(of: set, for: []).samples, of: set)
    pictures[row] = result
    return result
  }

  private func path(of row: DuelGenerator) -> String {
    if row == .external, let external = run.state.settings.external { return external }
    return run.workspace.datasets(of: run.names(step).part(row, .test))
  }

  private mutating func model(_ column: DuelDetector) throws -> StoredDetector {
    if let known = models[column] { return known }
    let name = run.names(step).model(column, run.state.settings.recipe)
    let model = try DetectorModels(in: run.workspace).model(named: name)
    models[column] = model
    return model
  }
}
