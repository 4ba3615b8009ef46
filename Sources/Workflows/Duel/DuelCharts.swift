import Detection
import Records

/// The drawings of a duel's report.
struct DuelCharts {
  let results: DuelResults

  /// The matrix of generators and detectors as a heat map.
  func matrix(isReencoded: Bool) -> ReportChart {
    let figures = isReencoded ? results.reencoded : results.matrix
    let lowest = figures.flatMap { $0 }.compactMap(\.value).min() ?? 0.5
    let what = isReencoded ? " after JPEG of quality 60" : ""
    return ReportChart(
      isReencoded ? "matrix-reencoded" : "matrix",
      "ROC AUC per picture of test people\(what), with 95 % intervals. Below the diagonal of g and "
        + "d: detectors on generators that came later; above it: on earlier ones.",
      HeatMap(
        title: "Generators against detectors\(what): ROC AUC", rowLabel: "fakes",
        columnLabel: "detectors", rows: results.rows.map(DuelCharts.name),
        columns: results.columns, values: figures.map { $0.map(\.value) },
        notes: figures.map { $0.map(DuelCharts.interval) }, range: min(lowest, 0.5)...1,
        decimals: 3
      ).drawing)
  }

  /// How the newest detectors fare from round to round.
  var rounds: ReportChart {
    let story = results.story
    func curve(_ name: String, _ figure: (DuelResults.Round) -> MetricEstimate?) -> LineChart.Curve
    {
      let known = story.compactMap { round in
        figure(round).flatMap { figure in
          figure.value.map { (Double(round.round), $0, figure.interval) }
        }
      }
      let hasBand = known.allSatisfy { $0.2 != nil }
      return LineChart.Curve(
        name: name, points: known.map { SIMD2($0.0, $0.1) },
        band: hasBand ? known.map { ($0.2?.low ?? $0.1)...($0.2?.high ?? $0.1) } : nil,
        isDotted: true)
    }
    let curves = [
      curve("round's own detector", \.own), curve("detector before", \.before),
      curve("detector before, on the control") { results["c\($0.round)", "d\($0.round - 1)"] },
      curve("reference detector") { results["g\($0.round)", "reference"] },
    ].filter { !$0.points.isEmpty }
    let shown = curves.flatMap { $0.points.map(\.y) + ($0.band ?? []).map(\.lowerBound) }
    return ReportChart(
      "rounds", "ROC AUC on each round's generator, with 95 % intervals.",
      LineChart(
        title: "Who tells the round's swaps",
        x: ChartAxis("round", 1...Double(max(2, story.count))),
        y: ChartAxis("ROC AUC", min(shown.min() ?? 0.5, 0.5)...1), curves: curves,
        guide: ([1, 0.5], [Double(max(2, story.count)), 0.5])
      ).drawing)
  }

  /// How many fakes are found at how many false alarms, a drawing a round.
  var curves: [ReportChart] {
    results.story.filter { !$0.curves.isEmpty }.map { round in
      ReportChart(
        "roc-\(round.round)",
        "How many fakes of round \(round.round) are found at how many false alarms"
          + (results.repetitions == 1 ? "." : ", in the first repetition."),
        LineChart(
          title: "Round \(round.round): receiver operating characteristic",
          x: ChartAxis("share of reals called fake", 0...1),
          y: ChartAxis("share of fakes called fake", 0...1),
          curves: round.curves.map { curve in
            LineChart.Curve(
              name: "\(curve.column) on \(curve.row)",
              points: curve.points.map { SIMD2($0[0], $0[1]) })
          }, guide: ([0, 0], [1, 1])
        ).drawing)
    }
  }

  /// What generators and controls are worth.
  var quality: ReportChart? {
    let later = results.story.filter { !$0.controls.isEmpty }
    guard !later.isEmpty else { return nil }
    func curve(
      _ name: String, _ figures: (DuelResults.Round) -> [GeneratorMetrics],
      _ figure: (GeneratorMetrics) -> Double?
    ) -> LineChart.Curve {
      LineChart.Curve(
        name: name,
        points: results.story.compactMap { round in
          let values = figures(round).compactMap(figure)
          guard !values.isEmpty else { return nil }
          return SIMD2(Double(round.round), values.reduce(0, +) / Double(values.count))
        }, isDotted: true)
    }
    let curves = [
      curve("generator, held out", \.generators, \.ssim),
      curve("control, held out", \.controls, \.ssim),
      curve("generator, true swap", \.generators) { $0.truth?.ssim },
      curve("control, true swap", \.controls) { $0.truth?.ssim },
    ].filter { !$0.points.isEmpty }
    return ReportChart(
      "quality", "What evading costs: structural similarity of test pairs, the mean over pairs.",
      LineChart(
        title: "Quality of generators", x: ChartAxis("round", 1...Double(max(2, results.rounds))),
        y: ChartAxis("SSIM", showing: curves.flatMap { $0.points.map(\.y) }), curves: curves
      ).drawing)
  }

  /// What a row is, in words.
  static func name(_ row: String) -> String {
    switch row.first {
    case "g": "generator \(row.dropFirst())"
    case "c": "control \(row.dropFirst())"
    case "e": "external fakes"
    default: "reference's forgery"
    }
  }

  private static func interval(_ figure: MetricEstimate) -> String {
    figure.interval.map {
      "\(MetricTables.number($0.low, 2))–\(MetricTables.number($0.high, 2))"
    } ?? ""
  }
}
