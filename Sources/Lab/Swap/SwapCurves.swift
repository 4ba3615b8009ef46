import Media

/// The loss and the held-out quality of a run over training time.
struct SwapCurves {
  private let lines: [LogLine]

  init(_ lines: [LogLine]) { self.lines = lines }

  /// Three panels, one below the other.
  var plot: CurvePlot {
    CurvePlot(panels: [
      panel("Training loss", "loss", \.lossA, \.lossB, isLogarithmic: true),
      panel("Held-out reconstruction: structural similarity", "SSIM", \.ssimA, \.ssimB),
      panel("Held-out reconstruction: signal to noise", "PSNR, dB", \.psnrA, \.psnrB),
    ])
  }

  private func panel(
    _ title: String, _ unit: String, _ a: KeyPath<LogLine, Double?>,
    _ b: KeyPath<LogLine, Double?>, isLogarithmic: Bool = false
  ) -> CurvePlot.Panel {
    CurvePlot.Panel(
      title: title, xLabel: "minutes of training", yLabel: unit,
      series: [CurvePlot.Series("A", points(a)), CurvePlot.Series("B", points(b))],
      isLogarithmic: isLogarithmic)
  }

  private func points(_ value: KeyPath<LogLine, Double?>) -> [CurvePlot.Point] {
    lines.compactMap { line in
      line[keyPath: value].map { CurvePlot.Point(line.seconds / 60, $0) }
    }
  }
}
