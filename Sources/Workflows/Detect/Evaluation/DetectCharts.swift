import Detection
import Records

/// The charts of a detector training run.
struct DetectCharts {
  let results: DetectResults

  init(_ results: DetectResults) { self.results = results }

  /// ROC curves.
  ///
  /// - Parameters:
  ///   - file: the name of the chart's file.
  ///   - name: the display name of a detector.
  static func roc(
    of detectors: [DetectorMetrics], _ file: String,
    _ name: (DetectorMetrics) -> String = \.name
  ) -> ReportChart {
    let curves = detectors.compactMap { detector in
      detector.roc.map { points in
        LineChart.Curve(
          name: name(detector),
          points: points.map { SIMD2($0.falsePositiveRate, $0.truePositiveRate) })
      }
    }
    return ReportChart(
      file, "ROC curves, per sample. Dashed line: chance.",
      LineChart(
        title: "ROC curves",
        x: ChartAxis("False positive rate", 0...1),
        y: ChartAxis("True positive rate", 0...1), curves: curves, guide: ([0, 0], [1, 1])
      ).drawing)
  }

  var calibration: ReportChart {
    let curves = results.detectors.map { detector in
      LineChart.Curve(
        name: detector.name,
        points: detector.reliability.compactMap { bin in
          guard bin.count >= 5, let predicted = bin.meanProbability, let fraction = bin.fakeShare
          else {
            return nil
          }
          return SIMD2(predicted, fraction)
        }, isDotted: true)
    }
    return ReportChart(
      "calibration",
      "Reliability diagram on the test split (bins with at least 5 samples).",
      LineChart(
        title: "Calibration", x: ChartAxis("Mean predicted probability of fake", 0...1),
        y: ChartAxis("Fraction of fakes", 0...1), curves: curves, guide: ([0, 0], [1, 1])
      ).drawing)
  }

  func methods(of detector: DetectorMetrics) -> ReportChart {
    bars(
      "methods-\(detector.name)",
      "ROC AUC of \(detector.name) for each forgery method against all real test samples, with 95 % CI. "
        + "In parentheses: number of samples.",
      "ROC AUC by forgery method: \(detector.name)", detector.methods)
  }

  func degradations(of detector: DetectorMetrics) -> ReportChart {
    bars(
      "degradations-\(detector.name)",
      "ROC AUC of \(detector.name) on test samples with each degradation, with 95 % CI. In parentheses: "
        + "number of samples.",
      "ROC AUC by degradation: \(detector.name)", detector.degradations)
  }

  /// Validation ROC AUC of the networks.
  var validation: ReportChart {
    ReportChart(
      "validation", "Validation ROC AUC, per sample, over training time.",
      LineChart(
        title: "Validation ROC AUC", x: minutes,
        y: ChartAxis("ROC AUC", min(0.4, results.log.map(\.auc).min() ?? 0.4)...1),
        curves: curves(\.auc)
      ).drawing)
  }

  /// Training loss of the networks.
  var losses: ReportChart {
    ReportChart(
      "loss",
      "Mean training loss between validations. A constant score of 0.5 has a loss of 0.693.",
      LineChart(
        title: "Training loss", x: minutes,
        y: ChartAxis("Cross-entropy", showing: results.log.map(\.loss)), curves: curves(\.loss)
      ).drawing)
  }

  private var minutes: ChartAxis {
    ChartAxis("Training time (min)", showing: [0] + results.log.map { $0.seconds / 60 })
  }

  private func curves(_ estimate: KeyPath<DetectLog.Line, Double>) -> [LineChart.Curve] {
    let kinds = Set(results.log.map(\.detector)).sorted { $0.rawValue < $1.rawValue }
    return kinds.map { kind in
      LineChart.Curve(
        name: kind.rawValue,
        points: results.log.filter { $0.detector == kind }.map {
          SIMD2($0.seconds / 60, $0[keyPath: estimate])
        }, isDotted: true)
    }
  }

  private func bars(
    _ name: String, _ caption: String, _ title: String, _ parts: [DetectorMetrics.Part]
  ) -> ReportChart {
    ReportChart(
      name, caption,
      BarChart(
        title: title, axis: ChartAxis("ROC AUC", 0...1),
        bars: parts.map { part in
          BarChart.Bar(
            name: "\(part.name) (\(part.samples))", value: part.auc.value ?? .nan,
            interval: part.auc.interval.map { $0.low...$0.high })
        }, guide: 0.5
      ).drawing)
  }
}
