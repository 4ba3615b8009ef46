import Detection
import Faces
import Generation

extension SwapMetrics {
  /// The reconstruction of held-out pictures.
  ///
  /// - Parameter trainer: the trainer with the weights to evaluate.
  init(reconstructionBy trainer: SwapTrainer, a: SwapSide, b: SwapSide) {
    let qualities = [trainer.heldOutQuality(.a), trainer.heldOutQuality(.b)]
    let groups = [a, b].map { MeanInterval.groups(of: $0.evaluated.map { $0.line?.source }) }
    func row(_ name: String, _ digits: Int, _ metric: (ImageQuality) -> [Double?]) -> Row {
      Row(
        metric: name, digits: digits,
        values: zip(qualities, groups).map { SwapMetrics.mean(of: metric($0), $1) })
    }
    columns = ["A", "B"]
    rows = [
      row("SSIM", 3) { $0.similarities }, row("PSNR (dB)", 1) { $0.signalsToNoise },
      row("sharpness", 2) { $0.sharpnesses },
    ]
    pictures = qualities.map(\.similarities.count)
  }

  /// The swaps of held-out pictures against ground truth.
  ///
  /// - Parameter trainer: the trainer with the weights to evaluate.
  init(swapsBy trainer: SwapTrainer, against truth: SwapGroundTruth) {
    let settings = trainer.settings
    let directions = [truth.a2b, truth.b2a]
    let metrics = directions.map {
      $0.metrics(of: trainer.model, settings.precision, batch: settings.batch)
    }
    func row(_ name: String, _ digits: Int, _ metric: (GroundTruthMetrics) -> Double?) -> Row {
      Row(
        metric: name, digits: digits,
        values: zip(directions, metrics).map { SwapMetrics.mean(of: $1.map(metric), $0.groups) })
    }
    let predictor = Row(
      metric: "predictor NME (%)", digits: 1,
      values: directions.map { direction in
        SwapMetrics.mean(
          of: direction.finderErrors.map(\.error), direction.finderErrors.map(\.group))
      })
    columns = ["A to B", "B to A"]
    rows = [
      row("SSIM", 3, \.ssim), row("PSNR (dB)", 1, \.psnr), row("gradient error", 1, \.gradient),
      row("landmark NME (%)", 1, \.landmarks), predictor, row("identity", 2, \.identity),
      row("distance to swapped-in identity", 2, \.toSwappedIn),
      row("distance to original identity", 2, \.toOriginal),
      row("sharpness", 2, \.sharpness),
    ]
    pictures = metrics.map(\.count)
  }

  /// The mean of the available values; nil if there are none.
  private static func mean(of values: [Double?], _ groups: [Int]) -> MeanInterval? {
    let known = zip(values, groups).filter { $0.0?.isFinite == true }
    guard !known.isEmpty else { return nil }
    return MeanInterval(of: known.compactMap(\.0), groups: known.map(\.1))
  }
}
