import Detection
import Records

/// The drawings of a duel's report.
struct DuelCharts {
  let results: DuelResults

  /// The matrix of generators and detectors as a heat map.
  func matrix(isReencoded: Bool) -> ReportChart {
    let estimates = isReencoded ? results.reencoded : results.matrix
    let lowest = estimates.flatMap { $0 }.compactMap(\.value).min() ?? 0.5
    let suffix = isReencoded ? ", re-encoded (JPEG quality 60)" : ""
    return ReportChart(
      isReencoded ? "matrix-reencoded" : "matrix",
      "ROC AUC per frame on test identities\(suffix), with 95 % CI. To the left of a generator's own "
        + "round: detectors of earlier rounds; to the right: of later rounds.",
      HeatMap(
        title: "Generator × detector matrix (ROC AUC)\(suffix)", rowLabel: "generator",
        columnLabel: "detector", rows: results.rows.map(\.title),
        columns: results.columns.map(\.name), values: estimates.map { $0.map(\.value) },
        notes: estimates.map { $0.map(DuelCharts.interval) }, range: min(lowest, 0.5)...1,
        decimals: 3
      ).drawing)
  }

  /// ROC AUC on each round's generator.
  var rounds: ReportChart {
    let roundResults = results.roundResults
    func curve(_ name: String, _ estimate: (DuelResults.Round) -> MetricEstimate?)
      -> LineChart.Curve
    {
      let known = roundResults.compactMap { round in
        estimate(round).flatMap { estimate in
          estimate.value.map { (Double(round.round), $0, estimate.interval) }
        }
      }
      let hasBand = known.allSatisfy { $0.2 != nil }
      return LineChart.Curve(
        name: name, points: known.map { SIMD2($0.0, $0.1) },
        band: hasBand ? known.map { ($0.2?.low ?? $0.1)...($0.2?.high ?? $0.1) } : nil,
        isDotted: true)
    }
    let curves = [
      curve("detector of the round", \.auc), curve("previous detector", \.previousAUC),
      curve("previous detector on control") {
        results[.control($0.round), .round($0.round - 1)]
      },
      curve("reference detector") { results[.round($0.round), .reference] },
    ].filter { !$0.points.isEmpty }
    let shown = curves.flatMap { $0.points.map(\.y) + ($0.band ?? []).map(\.lowerBound) }
    return ReportChart(
      "rounds", "ROC AUC on the generator of each round, with 95 % CI.",
      LineChart(
        title: "ROC AUC by round",
        x: ChartAxis("Round", 1...Double(max(2, roundResults.count))),
        y: ChartAxis("ROC AUC", min(shown.min() ?? 0.5, 0.5)...1), curves: curves,
        guide: ([1, 0.5], [Double(max(2, roundResults.count)), 0.5])
      ).drawing)
  }

  /// The ROC curves of each round.
  var curves: [ReportChart] {
    results.roundResults.filter { !$0.curves.isEmpty }.map { round in
      ReportChart(
        "roc-\(round.round)",
        "ROC curves of round \(round.round), per frame on test identities"
          + (results.repetitions == 1 ? "." : " of the first repetition."),
        LineChart(
          title: "ROC curves, round \(round.round)",
          x: ChartAxis("False positive rate", 0...1),
          y: ChartAxis("True positive rate", 0...1),
          curves: round.curves.map { curve in
            LineChart.Curve(
              name: "\(curve.column) on \(curve.row)",
              points: curve.points.map { SIMD2($0[0], $0[1]) })
          }, guide: ([0, 0], [1, 1])
        ).drawing)
    }
  }

  /// The quality of generators and controls.
  var quality: ReportChart? {
    let later = results.roundResults.filter { !$0.controls.isEmpty }
    guard !later.isEmpty else { return nil }
    func curve(
      _ name: String, _ metrics: (DuelResults.Round) -> [GeneratorMetrics],
      _ estimate: (GeneratorMetrics) -> Double?
    ) -> LineChart.Curve {
      LineChart.Curve(
        name: name,
        points: results.roundResults.compactMap { round in
          let values = metrics(round).compactMap(estimate)
          guard !values.isEmpty else { return nil }
          return SIMD2(Double(round.round), values.reduce(0, +) / Double(values.count))
        }, isDotted: true)
    }
    let curves = [
      curve("generator, held-out", \.generators, \.ssim),
      curve("control, held-out", \.controls, \.ssim),
      curve("generator, ground truth", \.generators) { $0.truth?.ssim },
      curve("control, ground truth", \.controls) { $0.truth?.ssim },
    ].filter { !$0.points.isEmpty }
    return ReportChart(
      "quality", "Held-out reconstruction SSIM and ground-truth SSIM, mean over test pairs.",
      LineChart(
        title: "Generator quality (SSIM)",
        x: ChartAxis("Round", 1...Double(max(2, results.rounds))),
        y: ChartAxis("SSIM", showing: curves.flatMap { $0.points.map(\.y) }), curves: curves
      ).drawing)
  }

  private static func interval(_ estimate: MetricEstimate) -> String {
    estimate.interval.map {
      "\(NumberText.fixed($0.low, 2))–\(NumberText.fixed($0.high, 2))"
    } ?? ""
  }
}
