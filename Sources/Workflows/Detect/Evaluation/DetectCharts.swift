import Detection
import Records

/// The drawings of a report about detectors.
struct DetectCharts {
  let results: DetectResults

  init(_ results: DetectResults) { self.results = results }

  /// How many fakes are found at how many false alarms.
  ///
  /// - Parameters:
  ///   - file: the name of the drawing's file.
  ///   - name: what a detector is called.
  static func roc(
    of detectors: [DetectorMetrics], _ file: String,
    _ name: (DetectorMetrics) -> String = \.name
  ) -> ReportChart {
    let curves = detectors.compactMap { detector in
      detector.roc.map { points in
        LineChart.Curve(
          name: name(detector), points: points.map { SIMD2($0.falseAlarms, $0.recall) })
      }
    }
    return ReportChart(
      file, "How many fakes are found at how many false alarms, picture by picture.",
      LineChart(
        title: "Receiver operating characteristic",
        x: ChartAxis("share of reals called fake", 0...1),
        y: ChartAxis("share of fakes called fake", 0...1), curves: curves, guide: ([0, 0], [1, 1])
      ).drawing)
  }

  var calibration: ReportChart {
    let curves = results.detectors.map { detector in
      LineChart.Curve(
        name: detector.name,
        points: detector.reliability.compactMap { bin in
          guard bin.count >= 5, let said = bin.meanProbability, let counted = bin.fakeShare else {
            return nil
          }
          return SIMD2(said, counted)
        }, isDotted: true)
    }
    return ReportChart(
      "calibration",
      "How often pictures called fake with some probability are fake (bins of five or more).",
      LineChart(
        title: "Calibration", x: ChartAxis("probability of fake, as said", 0...1),
        y: ChartAxis("share of fakes, as counted", 0...1), curves: curves, guide: ([0, 0], [1, 1])
      ).drawing)
  }

  func methods(of detector: DetectorMetrics) -> ReportChart {
    bars(
      "methods-\(detector.name)",
      "Each forgery against all real test pictures, by \(detector.name).",
      "ROC AUC by forgery: \(detector.name)", detector.methods)
  }

  func degradations(of detector: DetectorMetrics) -> ReportChart {
    bars(
      "degradations-\(detector.name)",
      "Real and fake test pictures that a degradation befell, by \(detector.name).",
      "ROC AUC by degradation: \(detector.name)", detector.degradations)
  }

  /// The validation curves of the networks.
  var learning: ReportChart {
    ReportChart(
      "learning", "ROC AUC on validation pictures while the networks learned.",
      LineChart(
        title: "ROC AUC on validation pictures", x: minutes,
        y: ChartAxis("ROC AUC", min(0.4, results.log.map(\.auc).min() ?? 0.4)...1),
        curves: curves(\.auc)
      ).drawing)
  }

  /// What the networks were trained to lower.
  var losses: ReportChart {
    ReportChart(
      "loss",
      "The mean training loss between two examinations; always saying one half costs 0.693.",
      LineChart(
        title: "Training loss", x: minutes,
        y: ChartAxis("cross-entropy", showing: results.log.map(\.loss)), curves: curves(\.loss)
      ).drawing)
  }

  private var minutes: ChartAxis {
    ChartAxis("minutes of training", showing: [0] + results.log.map { $0.seconds / 60 })
  }

  private func curves(_ figure: KeyPath<DetectLog.Line, Double>) -> [LineChart.Curve] {
    let kinds = Set(results.log.map(\.detector)).sorted { $0.rawValue < $1.rawValue }
    return kinds.map { kind in
      LineChart.Curve(
        name: kind.rawValue,
        points: results.log.filter { $0.detector == kind }.map {
          SIMD2($0.seconds / 60, $0[keyPath: figure])
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
            name: "\(part.name) (\(part.pictures))", value: part.auc.value ?? .nan,
            interval: part.auc.interval.map { $0.low...$0.high })
        }, guide: 0.5
      ).drawing)
  }
}
