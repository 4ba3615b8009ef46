import Faces
import Foundation
import Generation

/// The held-out figures of a report, each with its interval, as Markdown tables.
struct SwapReportFigures {
  let reconstruction: String
  /// Nil where the true swap is not known.
  let truth: String?

  /// - Parameter trainer: holds the weights to be judged.
  init(of trainer: SwapTrainer, a: SwapSide, b: SwapSide, truth: SwapTruth?) {
    let qualities = [(a, trainer.heldOutQuality(.a)), (b, trainer.heldOutQuality(.b))]
    let groups = [a, b].map { MeanInterval.groups(of: $0.examined.map { $0.line?.source }) }
    func cells(_ digits: Int, _ figure: (ImageQuality) -> [Double?]) -> [String] {
      zip(qualities, groups).map { quality, groups in
        let values = zip(figure(quality.1), groups).filter { $0.0 != nil }
        return SwapReportFigures.cell(values.compactMap(\.0), values.map(\.1), digits)
      }
    }
    reconstruction = SwapReportFigures.table(
      ["", "A", "B"],
      [
        ["SSIM"] + cells(3) { $0.similarities }, ["PSNR, dB"] + cells(1) { $0.signalsToNoise },
        ["sharpness"] + cells(2) { $0.sharpnesses },
        ["pictures"] + qualities.map { "\($0.1.similarities.count)" },
      ])
    self.truth = truth.map { SwapReportFigures.table(of: $0, trainer) }
  }

  private static func table(of truth: SwapTruth, _ trainer: SwapTrainer) -> String {
    let settings = trainer.settings
    let directions = [truth.a2b, truth.b2a].map {
      (
        direction: $0,
        figures: $0.figures(of: trainer.model, settings.precision, batch: settings.batch)
      )
    }
    func row(_ name: String, _ digits: Int, _ figure: (TrueSwapFigures) -> Double?) -> [String] {
      [name]
        + directions.map { direction, figures in
          let values = zip(figures.map(figure), direction.groups).filter { $0.0 != nil }
          return cell(values.compactMap(\.0), values.map(\.1), digits)
        }
    }
    let predictor = directions.map { direction, _ in
      cell(direction.finderErrors.map(\.error), direction.finderErrors.map(\.group), 1)
    }
    let rows = [
      row("SSIM", 3, \.ssim), row("PSNR, dB", 1, \.psnr), row("gradients, levels", 1, \.gradient),
      row("landmarks, %", 1, \.landmarks), ["predictor alone, %"] + predictor,
      row("identity", 2, \.identity), row("to target", 2, \.toTarget),
      row("to source", 2, \.toSource), row("sharpness", 2, \.sharpness),
      ["pictures"] + directions.map { "\($0.figures.count)" },
    ]
    return table(["", "A to B", "B to A"], rows)
  }

  /// A mean and its interval; a dash for no values.
  private static func cell(_ values: [Double], _ groups: [Int], _ digits: Int) -> String {
    guard !values.isEmpty else { return "–" }
    let interval = MeanInterval(of: values, groups: groups)
    func text(_ value: Double) -> String { String(format: "%.\(digits)f", value) }
    return "\(text(interval.mean)) (\(text(interval.low)) to \(text(interval.high)))"
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> String {
    ([header, header.map { _ in "---" }] + rows)
      .map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}
