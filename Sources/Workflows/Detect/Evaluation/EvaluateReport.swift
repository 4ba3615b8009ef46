import Detection
import Faces
import Foundation
import Records

/// The page about detectors on several sets.
struct EvaluateReport {
  let results: EvaluateResults
  /// The run's folder.
  let folder: String

  /// The report that a run's files allow; nil where the folder holds no test of detectors.
  init?(reading folder: String) throws {
    guard RunReport.command(at: "\(folder)/settings.json") == nil,
      let results = try EvaluateResults.read(at: "\(folder)/results.json")
    else { return nil }
    (self.results, self.folder) = (results, folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(EvaluateReport.about)]
    if results.sets.count > 1 { blocks.append(.chart(sets)) }
    for (number, set) in results.sets.enumerated() {
      let file = self.file(number)
      blocks += [.heading(set.name), .paragraph(EvaluateReport.scored(set))]
      blocks += set.detectors.first?.frames.warning.map { [.paragraph($0)] } ?? []
      blocks += [.table(MetricTables.metrics(set.detectors, name))]
      blocks += [.chart(DetectCharts.roc(of: set.detectors, "roc-\(file)", name))]
      blocks += [.chart(methods(of: set, file))]
      if let sweep = set.sweep {
        blocks.append(
          .paragraph(
            "Degraded pictures: \(sweep.pictures) of them, the same at every strength."))
        blocks += sweep.curves.map { .chart(curve($0, sweep, file)) }
      }
    }
    blocks += SessionTiming.blocks(of: folder, unit: "pictures")
    blocks += [
      .heading("Settings"), .table(settings), .heading("Again"), .command(results.command),
    ]
    return ReportPage("Detectors on \(results.sets.map(\.name).joined(separator: ", "))", blocks)
  }

  private var settings: ReportTable {
    let models = detectors.compactMap { detector in
      detector.model.map { [$0, MetricTables.number(detector.threshold, 3)] }
    }
    return ReportTable(
      ["setting", "value"],
      models.map { ["threshold of \($0[0])", $0[1]] }
        + [
          ["degraded in five strengths", results.sets.contains { $0.sweep != nil } ? "yes" : "no"],
          ["the program", results.program],
        ])
  }

  /// What the files of a set's drawings are called.
  private func file(_ number: Int) -> String {
    let name = RunName.tamed(results.sets[number].name[...])
    return results.sets.count > 1 ? "\(number + 1)-\(name)" : name
  }

  private static func scored(_ set: EvaluateResults.DatasetMetrics) -> String {
    "Scored: \(set.about)" + (set.detectors.first.map { ", \($0.frames.origin)" } ?? ".")
  }

  private static let about = """
    Trained detectors on labeled sets, per picture, with 95 % intervals (bootstrap over source \
    clips). Thresholds are those that each detector's own validation pictures chose; nothing was \
    chosen here. Pictures of people of whom a detector is known to have learned are left out.
    """

  private var detectors: [DetectorMetrics] { results.sets.first?.detectors ?? [] }

  private func name(_ detector: DetectorMetrics) -> String { detector.model ?? detector.name }

  private var sets: ReportChart {
    let figures = detectors.indices.map { index in
      results.sets.map { $0.detectors[index].frames.figures[.rocAUC] }
    }
    return map(
      "matrix", "ROC AUC of each detector on each set.", "ROC AUC",
      columns: results.sets.map(\.name),
      columnLabel: "set", detectors.map(name), figures)
  }

  private func methods(of set: EvaluateResults.DatasetMetrics, _ file: String) -> ReportChart {
    map(
      "methods-\(file)",
      "ROC AUC of each detector on each forgery of \(set.name), against all reals.",
      "ROC AUC by forgery", columns: set.detectors.first?.methods.map(\.name) ?? [],
      columnLabel: "forgery", set.detectors.map(name),
      set.detectors.map { $0.methods.map(\.auc) })
  }

  private func map(
    _ file: String, _ caption: String, _ title: String, columns: [String], columnLabel: String,
    _ rows: [String], _ figures: [[MetricEstimate?]]
  ) -> ReportChart {
    let notes = figures.map { row in
      row.map { figure in
        figure?.interval.map {
          "\(MetricTables.number($0.low, 2))–\(MetricTables.number($0.high, 2))"
        } ?? ""
      }
    }
    return ReportChart(
      file, caption,
      HeatMap(
        title: title, rowLabel: "detector", columnLabel: columnLabel, rows: rows, columns: columns,
        values: figures.map { $0.map { $0?.value } }, notes: notes, range: 0.5...1
      ).drawing)
  }

  private func curve(
    _ curve: RobustnessSweep.Curve, _ sweep: RobustnessSweep, _ file: String
  ) -> ReportChart {
    let strongest = curve.strengths.last ?? ""
    let names = curve.areas.keys.sorted()
    let lowest =
      names.flatMap { [sweep.untouched[$0]] + (curve.areas[$0] ?? []) }
      .compactMap { $0?.interval?.low ?? $0?.value }.min() ?? 1
    return ReportChart(
      "robustness-\(file)-\(curve.kind.rawValue)",
      "ROC AUC as pictures are degraded by \(curve.kind.title): untouched, then "
        + curve.strengths.joined(separator: ", ") + ".",
      LineChart(
        title: "Degraded by \(curve.kind.title)",
        x: ChartAxis("strength, 0 untouched to 5 (\(strongest))", 0...5),
        y: ChartAxis("ROC AUC", min(0.4, (lowest * 10).rounded(.down) / 10)...1),
        curves: names.map { name in
          let figures = [sweep.untouched[name]] + (curve.areas[name] ?? [])
          let points = figures.enumerated().map { step, figure in
            SIMD2(Double(step), figure?.value ?? .nan)
          }
          let band = figures.map { figure -> ClosedRange<Double> in
            let value = figure?.value ?? 0.5
            return figure?.interval.map { $0.low...$0.high } ?? value...value
          }
          return LineChart.Curve(name: name, points: points, band: band, isDotted: true)
        }, guide: ([0, 0.5], [5, 0.5])
      ).drawing)
  }
}
