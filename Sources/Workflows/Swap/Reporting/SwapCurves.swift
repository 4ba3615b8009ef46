import Generation
import Media
import Records

/// The loss and the held-out quality of a run over training time.
struct SwapCurves {
  private let lines: [LogEntry]

  init(_ lines: [LogEntry]) { self.lines = lines }

  /// As a picture: three panels one below the other, more where sharpness, discriminators and the true swap
  /// are known.
  var plot: CurvePlot {
    let drawn = panels.enumerated().filter { $0.offset < 3 || $0.element.isKnown }
    return CurvePlot(
      panels: drawn.map { _, panel in
        CurvePlot.Panel(
          title: panel.title, xLabel: "minutes of training", yLabel: panel.unit,
          series: panel.curves.map { name, points in
            CurvePlot.Series(name, points.map { CurvePlot.Point($0.x, $0.y) })
          }, isLogarithmic: panel.isLogarithmic)
      })
  }

  /// As drawings of a report: one for each panel that shows anything.
  var charts: [ReportChart] {
    panels.filter(\.isKnown).map { panel in
      let points = panel.curves.flatMap(\.points)
      let values = points.map(\.y)
      return ReportChart(
        "curve-\(panel.file)", panel.caption,
        LineChart(
          title: panel.title, x: ChartAxis("minutes of training", showing: [0] + points.map(\.x)),
          y: panel.isLogarithmic
            ? ChartAxis(panel.unit, powersShowing: values) : ChartAxis(panel.unit, showing: values),
          curves: panel.curves.filter { !$0.points.isEmpty }.map { name, points in
            LineChart.Curve(name: name, points: points, isDotted: points.count < 30)
              .thinned(to: 400)
          }
        ).drawing)
    }
  }

  /// Curves that share two axes.
  private struct Panel {
    let file, title, unit, caption: String
    let curves: [(name: String, points: [SIMD2<Double>])]
    var isLogarithmic = false
    var isKnown: Bool { curves.contains { !$0.points.isEmpty } }
  }

  private var panels: [Panel] {
    let held = "Held-out reconstruction: "
    let loss = panel(
      "loss", "Training loss", "loss", "What training lowers, at the steps that were logged.",
      ["A": \.lossA, "B": \.lossB], isLogarithmic: true)
    let reconstruction = [
      panel(
        "ssim", held + "structural similarity", "SSIM", "1 is the very picture.",
        ["A": \.ssimA, "B": \.ssimB]),
      panel(
        "psnr", held + "signal to noise", "PSNR, dB", "The higher the better.",
        ["A": \.psnrA, "B": \.psnrB]),
      panel(
        "sharpness", held + "gradients beside the real faces'", "sharpness",
        "1 is as sharp as the real faces, below is blurred.",
        ["A": \.sharpnessA, "B": \.sharpnessB]),
    ]
    let discriminators = [
      panel(
        "discriminators", "Discriminators' loss, and what the generator pays", "loss",
        "In the balance neither side's loss runs away.",
        [
          "discriminator A": \.discriminatorA, "discriminator B": \.discriminatorB,
          "generator A": \.adversarialA,
          "generator B": \.adversarialB,
        ]),
      panel(
        "separation", "Patches that the discriminators tell apart", "separation",
        "0 is by chance, 1 all: a discriminator who stays at either end is no rival.",
        ["A": \.separationA, "B": \.separationB]),
      panel(
        "adversary", "What the frozen detector makes of swaps", "loss",
        "0 where it calls them real.",
        ["made by A": \.adversaryA, "made by B": \.adversaryB]),
      panel(
        "fidelity", "How far opposed swaps are from those at the start", "MAE + DSSIM",
        "0 where the adversary has changed nothing.",
        ["made by A": \.fidelityA, "made by B": \.fidelityB]),
    ]
    return [loss] + reconstruction + discriminators + truths
  }

  private var truths: [Panel] {
    [
      truth("ssim", "structural similarity", "SSIM", "1 is the very picture.", \.ssim),
      truth("psnr", "signal to noise", "PSNR, dB", "The higher the better.", \.psnr),
      truth(
        "gradient", "multi-scale gradient difference", "levels of 255", "0 is perfect.",
        \.gradient),
      truth(
        "landmarks", "landmarks", "% of eye distance",
        "How far expression, pose and features are off; the predictor alone is not at 0 either.",
        \.landmarks),
      truth(
        "identity", "whose face", "identity", "0 is the person as before, 1 the one it should be.",
        \.identity),
      truth(
        "sharpness", "gradients beside the truth's", "sharpness", "1 is as sharp as the truth.",
        \.sharpness),
    ]
  }

  private func truth<Value>(
    _ file: String, _ title: String, _ unit: String, _ caption: String,
    _ figure: KeyPath<GroundTruthMetrics, Value>
  ) -> Panel {
    panel(
      "truth-\(file)", "Held-out swap against the truth: \(title)", unit, caption,
      ["A to B": \.truth?.a2b[figure], "B to A": \.truth?.b2a[figure]])
  }

  private func panel(
    _ file: String, _ title: String, _ unit: String, _ caption: String,
    _ figures: KeyValuePairs<String, KeyPath<LogEntry, Double?>>, isLogarithmic: Bool = false
  ) -> Panel {
    let curves = figures.map { name, figure in
      (
        name: name,
        points: lines.compactMap { line in
          line[keyPath: figure].map { SIMD2(line.seconds / 60, $0) }
        }
      )
    }
    return Panel(
      file: file, title: title, unit: unit, caption: caption, curves: curves,
      isLogarithmic: isLogarithmic)
  }
}

extension GroundTruthMetrics {
  /// A figure that may be missing.
  fileprivate subscript<Value>(figure: KeyPath<GroundTruthMetrics, Value>) -> Double? {
    self[keyPath: figure] as? Double
  }
}
