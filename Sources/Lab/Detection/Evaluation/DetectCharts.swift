import Detection

/// The drawings of a report about detectors.
struct DetectCharts {
  let results: DetectResults

  init(_ results: DetectResults) { self.results = results }

  var roc: ReportChart {
    let curves = results.detectors.compactMap { detector in
      detector.roc.map { points in
        LineChart.Curve(
          name: detector.name, points: points.map { SIMD2($0.falseAlarms, $0.recall) })
      }
    }
    return ReportChart(
      "roc", "How many fakes are found at how many false alarms, per picture of the test split.",
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

  func methods(of detector: DetectorFigures) -> ReportChart {
    bars(
      "methods-\(detector.name)",
      "Each forgery against all real test pictures, by \(detector.name).",
      "ROC AUC by forgery: \(detector.name)", detector.methods)
  }

  func degradations(of detector: DetectorFigures) -> ReportChart {
    bars(
      "degradations-\(detector.name)",
      "Real and fake test pictures that a degradation befell, by \(detector.name).",
      "ROC AUC by degradation: \(detector.name)", detector.degradations)
  }

  /// The validation curves of the networks.
  var learning: ReportChart {
    let kinds = Set(results.log.map(\.detector)).sorted { $0.rawValue < $1.rawValue }
    return ReportChart(
      "learning", "ROC AUC on validation pictures while the networks learnt.",
      LineChart(
        title: "ROC AUC on validation pictures",
        x: ChartAxis("minutes of training", showing: [0] + results.log.map { $0.seconds / 60 }),
        y: ChartAxis("ROC AUC", 0.4...1),
        curves: kinds.map { kind in
          LineChart.Curve(
            name: kind.rawValue,
            points: results.log.filter { $0.detector == kind }.map {
              SIMD2($0.seconds / 60, $0.auc)
            }, isDotted: true)
        }
      ).drawing)
  }

  private func bars(
    _ name: String, _ caption: String, _ title: String, _ parts: [DetectorFigures.Part]
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
