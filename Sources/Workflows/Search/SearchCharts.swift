import Records

/// The part of a search's report on one phase.
struct SearchCharts {
  private let phase: SearchResults.Phase
  private let parameters: [String]

  init(_ phase: SearchResults.Phase) {
    self.phase = phase
    // The most important first.
    parameters = phase.ranges.keys.sorted { one, other in
      let (a, b) = (phase.importances[one] ?? 0, phase.importances[other] ?? 0)
      return a == b ? one < other : a > b
    }
  }

  var blocks: [ReportPage.Block] {
    let name = phase.name
    let file = name.map { $0.isLetter || $0.isNumber ? $0 : "-" }
    let best = phase.trials.first { $0.number == phase.best }
    return [
      .heading("Phase \(name)"),
      .table(
        ReportTable(
          ["parameter", "range", "best value", "importance"],
          parameters.map { parameter in
            [
              parameter, phase.ranges[parameter] ?? "", best?.values[parameter] ?? "–",
              NumberText.fixed(phase.importances[parameter] ?? 0, 2),
            ]
          })),
      .chart(
        ReportChart(
          "history-\(String(file))",
          "History of \(name): complete and pruned trials, and the best value so far. A pruned trial's value is its last report.",
          history)),
      .chart(
        ReportChart(
          "parallel-\(String(file))",
          "Parallel coordinates of \(name): each line is a complete trial; the best tenth is in orange.",
          coordinates)),
      .chart(
        ReportChart(
          "importance-\(String(file))",
          "Importance in \(name): the share of the variance of complete trials' values that each parameter explains by itself (fANOVA).",
          BarChart(
            title: "Importance: \(name)", axis: ChartAxis("share of the variance", 0...1),
            bars: parameters.map {
              BarChart.Bar(name: $0, value: phase.importances[$0] ?? 0)
            }
          ).drawing)),
    ]
  }

  private var history: SVGDrawing {
    func dots(_ state: String, _ name: String) -> LineChart.Curve {
      // A gap after each point, so that points are not connected.
      LineChart.Curve(
        name: name,
        points: phase.trials.filter { $0.state == state }.flatMap { trial in
          let x = Double(trial.number)
          return trial.value.map { [SIMD2(x, $0), SIMD2(x, .nan)] } ?? []
        }, isDotted: true)
    }
    var (best, points) = (-Double.infinity, [SIMD2<Double>]())
    for trial in phase.trials where trial.state == "complete" {
      guard let value = trial.value else { continue }
      best = max(best, value)
      points.append(SIMD2(Double(trial.number), best))
    }
    let curves = [
      dots("complete", "complete"), dots("pruned", "pruned"),
      LineChart.Curve(name: "best so far", points: points),
    ]
    return LineChart(
      title: "History: \(phase.name)",
      x: ChartAxis("Trial", showing: phase.trials.map { Double($0.number) }),
      y: ChartAxis("ROC AUC, validation", showing: phase.trials.compactMap(\.value)),
      curves: curves
    ).drawing
  }

  private var coordinates: SVGDrawing {
    let trials = phase.trials.filter { $0.state == "complete" && $0.value != nil }
    let values = trials.compactMap(\.value)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let marked = Set(
      trials.sorted { ($0.value ?? 0) > ($1.value ?? 0) }.prefix(max(1, trials.count / 10))
        .map(\.number))
    let own = parameters.map { parameter in
      // The values at the ends and in the middle, as far as trials have them.
      let known = trials.compactMap { trial in
        trial.places[parameter].flatMap { place in
          trial.values[parameter].map { (place: place, text: $0) }
        }
      }.sorted { $0.place < $1.place }
      var ticks: [(place: Double, text: String)] = []
      for tick in known where tick.place - (ticks.last?.place ?? -1) > 0.2 { ticks.append(tick) }
      return ParallelCoordinates.Axis(name: parameter, ticks: ticks)
    }
    let result = ParallelCoordinates.Axis(
      name: "ROC AUC",
      ticks: [(0, NumberText.fixed(low, 3)), (1, NumberText.fixed(high, 3))])
    return ParallelCoordinates(
      title: "Parallel coordinates: \(phase.name)", axes: own + [result],
      lines: trials.map { trial in
        let value = trial.value.map { high > low ? ($0 - low) / (high - low) : 1 }
        return ParallelCoordinates.Line(
          parameters.map { trial.places[$0] } + [value], isMarked: marked.contains(trial.number))
      }
    ).drawing
  }
}
