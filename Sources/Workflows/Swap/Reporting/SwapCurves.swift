import Generation
import Media
import Records

/// Losses and held-out metrics of a run over training time.
struct SwapCurves {
  private let lines: [LogEntry]

  init(_ lines: [LogEntry]) { self.lines = lines }

  /// As a picture: three panels, more with sharpness, discriminators or ground truth.
  var plot: CurvePlot {
    let drawn = panels.enumerated().filter { $0.offset < 3 || $0.element.isKnown }
    return CurvePlot(
      panels: drawn.map { _, panel in
        CurvePlot.Panel(
          title: panel.title, xLabel: "Training time (min)", yLabel: panel.unit,
          series: panel.curves.map { name, points in
            CurvePlot.Series(name, points.map { CurvePlot.Point($0.x, $0.y) })
          }, isLogarithmic: panel.isLogarithmic)
      })
  }

  /// As charts of a report: one for each panel with data.
  var charts: [ReportChart] {
    panels.filter(\.isKnown).map { panel in
      let points = panel.curves.flatMap(\.points)
      let values = points.map(\.y)
      return ReportChart(
        "curve-\(panel.file)", "\(panel.title). \(panel.caption)",
        LineChart(
          title: panel.title, x: ChartAxis("Training time (min)", showing: [0] + points.map(\.x)),
          y: panel.isLogarithmic
            ? ChartAxis(panel.unit, powersShowing: values) : ChartAxis(panel.unit, showing: values),
          curves: panel.curves.filter { !$0.points.isEmpty }.map { name, points in
            LineChart.Curve(name: name, points: points, isDotted: points.count < 30)
              .thinned(to: 400)
          }
        ).drawing)
    }
  }

  /// Curves with common axes.
  private struct Panel {
    let file, title, unit, caption: String
    let curves: [(name: String, points: [SIMD2<Double>])]
    var isLogarithmic = false
    var isKnown: Bool { curves.contains { !$0.points.isEmpty } }
  }

  private var panels: [Panel] {
    let loss = panel(
      "loss", "Training loss", "Loss", "Training loss at the logged steps.",
      ["A": \.lossA, "B": \.lossB], isLogarithmic: true)
    let reconstruction = [
      panel(
        "ssim", "Held-out reconstruction: SSIM", "SSIM", "Higher is better; 1 is identical.",
        ["A": \.ssimA, "B": \.ssimB]),
      panel(
        "psnr", "Held-out reconstruction: PSNR", "PSNR (dB)", "Higher is better.",
        ["A": \.psnrA, "B": \.psnrB]),
      panel(
        "sharpness", "Held-out reconstruction: sharpness", "Sharpness",
        "Mean gradient magnitude relative to the real faces; below 1 is blurred.",
        ["A": \.sharpnessA, "B": \.sharpnessB]),
    ]
    let adversarial = [
      panel(
        "discriminators", "Discriminator and adversarial loss", "Loss",
        "Losses of the discriminators and adversarial losses of the decoders, before weighting.",
        [
          "discriminator A": \.discriminatorLossA, "discriminator B": \.discriminatorLossB,
          "decoder A": \.adversarialLossA, "decoder B": \.adversarialLossB,
        ]),
      panel(
        "separation", "Discriminator separation", "Separation",
        "How well a discriminator separates real from generated patches: 0 is chance, 1 is perfect. One "
          + "that stays at either end gives no useful gradient.",
        ["A": \.separationA, "B": \.separationB]),
      panel(
        "evasion", "Evasion loss", "Loss",
        "Loss of swaps against the frozen detector, before weighting; 0 where they score as real.",
        ["decoder A": \.evasionLossA, "decoder B": \.evasionLossB]),
      panel(
        "fidelity", "Fidelity loss", "MAE + DSSIM",
        "Distance of the swaps from those of the initial weights, before weighting.",
        ["decoder A": \.fidelityLossA, "decoder B": \.fidelityLossB]),
    ]
    return [loss] + reconstruction + adversarial + groundTruth
  }

  private var groundTruth: [Panel] {
    [
      groundTruth("ssim", "SSIM", "SSIM", "Higher is better; 1 is identical.", \.ssim),
      groundTruth("psnr", "PSNR", "PSNR (dB)", "Higher is better.", \.psnr),
      groundTruth(
        "gradient", "gradient error", "Gray levels (of 255)",
        "Mean gradient difference over four scales; lower is better.", \.gradient),
      groundTruth(
        "landmarks", "landmark NME", "NME (%)",
        "Normalized mean error, in percent of the distance between the outer eye corners. Lower is "
          + "better; the landmark predictor's own NME is the lower bound.", \.landmarks),
      groundTruth(
        "identity", "identity", "Identity", "0: original identity, 1: swapped-in identity.",
        \.identity),
      groundTruth(
        "sharpness", "sharpness", "Sharpness",
        "Mean gradient magnitude relative to the ground truth; below 1 is blurred.", \.sharpness),
    ]
  }

  private func groundTruth<Value>(
    _ file: String, _ title: String, _ unit: String, _ caption: String,
    _ metric: KeyPath<GroundTruthMetrics, Value>
  ) -> Panel {
    panel(
      "ground-truth-\(file)", "Held-out swaps vs. ground truth: \(title)", unit, caption,
      ["A to B": \.groundTruth?.a2b[metric], "B to A": \.groundTruth?.b2a[metric]])
  }

  private func panel(
    _ file: String, _ title: String, _ unit: String, _ caption: String,
    _ metrics: KeyValuePairs<String, KeyPath<LogEntry, Double?>>, isLogarithmic: Bool = false
  ) -> Panel {
    let curves = metrics.map { name, metric in
      (
        name: name,
        points: lines.compactMap { line in
          line[keyPath: metric].map { SIMD2(line.seconds / 60, $0) }
        }
      )
    }
    return Panel(
      file: file, title: title, unit: unit, caption: caption, curves: curves,
      isLogarithmic: isLogarithmic)
  }
}

extension GroundTruthMetrics {
  /// A metric that may be missing.
  fileprivate subscript<Value>(metric: KeyPath<GroundTruthMetrics, Value>) -> Double? {
    self[keyPath: metric] as? Double
  }
}
