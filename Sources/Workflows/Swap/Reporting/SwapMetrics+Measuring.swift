import Detection
import Faces
import Generation

extension SwapMetrics {
  /// How well each person's own held-out pictures are made again.
  ///
  /// - Parameter trainer: holds the weights to be judged.
  init(reconstructionBy trainer: SwapTrainer, a: SwapSide, b: SwapSide) {
    let qualities = [trainer.heldOutQuality(.a), trainer.heldOutQuality(.b)]
    let groups = [a, b].map { MeanInterval.groups(of: $0.examined.map { $0.line?.source }) }
    func row(_ name: String, _ digits: Int, _ figure: (ImageQuality) -> [Double?]) -> Row {
      Row(
        figure: name, digits: digits,
        values: zip(qualities, groups).map { SwapMetrics.mean(of: figure($0), $1) })
    }
    columns = ["A", "B"]
    rows = [
      row("SSIM", 3) { $0.similarities }, row("PSNR, dB", 1) { $0.signalsToNoise },
      row("sharpness", 2) { $0.sharpnesses },
    ]
    pictures = qualities.map(\.similarities.count)
  }

  /// How close the swaps of held-out pictures come to the true ones.
  ///
  /// - Parameter trainer: holds the weights to be judged.
  init(swapsBy trainer: SwapTrainer, against truth: SwapGroundTruth) {
    let settings = trainer.settings
    let directions = [truth.a2b, truth.b2a]
    let figures = directions.map {
      $0.figures(of: trainer.model, settings.precision, batch: settings.batch)
    }
    func row(_ name: String, _ digits: Int, _ figure: (GroundTruthMetrics) -> Double?) -> Row {
      Row(
        figure: name, digits: digits,
        values: zip(directions, figures).map { SwapMetrics.mean(of: $1.map(figure), $0.groups) })
    }
    let predictor = Row(
      figure: "predictor alone, %", digits: 1,
      values: directions.map { direction in
        SwapMetrics.mean(
          of: direction.finderErrors.map(\.error), direction.finderErrors.map(\.group))
      })
    columns = ["A to B", "B to A"]
    rows = [
      row("SSIM", 3, \.ssim), row("PSNR, dB", 1, \.psnr), row("gradients, levels", 1, \.gradient),
      row("landmarks, %", 1, \.landmarks), predictor, row("identity", 2, \.identity),
      row("to target", 2, \.toTarget), row("to source", 2, \.toSource),
      row("sharpness", 2, \.sharpness),
    ]
    pictures = figures.map(\.count)
  }

  /// The mean of the values that there are; nil for none.
  private static func mean(of values: [Double?], _ groups: [Int]) -> MeanInterval? {
    let known = zip(values, groups).filter { $0.0?.isFinite == true }
    guard !known.isEmpty else { return nil }
    return MeanInterval(of: known.compactMap(\.0), groups: known.map(\.1))
  }
}
