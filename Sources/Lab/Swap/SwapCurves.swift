import Generation
import Media

/// The loss and the held-out quality of a run over training time.
struct SwapCurves {
  private let lines: [LogLine]

  init(_ lines: [LogLine]) { self.lines = lines }

  /// Panels one below the other: three, more where sharpness, critics and the true swap are known.
  var plot: CurvePlot {
    let reconstruction = "Held-out reconstruction: "
    let panels = [
      panel("Training loss", "loss", ["A": \.lossA, "B": \.lossB], isLogarithmic: true),
      panel(
        reconstruction + "structural similarity", "SSIM", ["A": \.ssimA, "B": \.ssimB]),
      panel(reconstruction + "signal to noise", "PSNR, dB", ["A": \.psnrA, "B": \.psnrB]),
    ]
    let more = [
      panel(
        reconstruction + "gradients beside the real faces'", "sharpness",
        ["A": \.sharpnessA, "B": \.sharpnessB]),
      panel(
        "Critics' loss, and what the generator pays", "loss",
        [
          "critic A": \.criticA, "critic B": \.criticB, "generator A": \.foolingA,
          "generator B": \.foolingB,
        ]),
      panel(
        "Patches that the critics tell apart, 0 by chance to 1 all", "separation",
        ["A": \.separationA, "B": \.separationB]),
      panel(
        "What the frozen detector makes of swaps, 0 for real", "loss",
        ["made by A": \.adversaryA, "made by B": \.adversaryB]),
      truth("structural similarity", "SSIM", \.ssim),
      truth("signal to noise", "PSNR, dB", \.psnr),
      truth("multi-scale gradient difference", "levels of 255", \.gradient),
      truth("landmarks", "% of eye distance", \.landmarks),
      truth("whose face, 0 as before to 1 swapped", "identity", \.identity),
      truth("gradients beside the truth's", "sharpness", \.sharpness),
    ]
    let known = more.filter { $0.series.contains { !$0.points.isEmpty } }
    return CurvePlot(panels: panels + known)
  }

  private func truth<Value>(
    _ title: String, _ unit: String, _ figure: KeyPath<TrueSwapFigures, Value>
  ) -> CurvePlot.Panel {
    panel(
      "Held-out swap against the true one: \(title)", unit,
      ["A to B": \.truth?.a2b[figure], "B to A": \.truth?.b2a[figure]])
  }

  private func panel(
    _ title: String, _ unit: String, _ figures: KeyValuePairs<String, KeyPath<LogLine, Double?>>,
    isLogarithmic: Bool = false
  ) -> CurvePlot.Panel {
    let series = figures.map { name, figure in
      CurvePlot.Series(
        name,
        lines.compactMap { line in
          line[keyPath: figure].map { CurvePlot.Point(line.seconds / 60, $0) }
        })
    }
    return CurvePlot.Panel(
      title: title, xLabel: "minutes of training", yLabel: unit, series: series,
      isLogarithmic: isLogarithmic)
  }
}

extension TrueSwapFigures {
  /// A figure that may be missing.
  fileprivate subscript<Value>(figure: KeyPath<TrueSwapFigures, Value>) -> Double? {
    self[keyPath: figure] as? Double
  }
}
