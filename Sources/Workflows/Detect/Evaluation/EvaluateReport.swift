import Detection
import Faces
import Foundation
import Records

/// The report of an evaluation of detectors on labeled datasets.
struct EvaluateReport {
  let results: EvaluateResults
  /// The run's folder.
  let folder: String

  /// The report of a folder; nil where it holds no evaluation.
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
      blocks += [
        .table(MetricTables.metrics(set.detectors, name)),
        .list(MetricTables.points(set.detectors, name)),
        .paragraph(MetricTables.verdictsAbout),
        .table(MetricTables.verdicts(set.detectors, name)),
        .table(MetricTables.misses(set.detectors, name)),
      ]
      blocks += [.chart(DetectCharts.roc(of: set.detectors, "roc-\(file)", name))]
      blocks += [.chart(methods(of: set, file))]
      blocks += MetricTables.subgroups(set.detectors, name)
      if let sweep = set.robustness {
        blocks.append(
          .paragraph(
            "Robustness: ROC AUC on \(sweep.samples) degraded samples, the same at every strength.")
        )
        blocks += sweep.curves.map { .chart(curve($0, sweep, file)) }
      }
    }
    blocks += SessionTiming.blocks(of: folder, unit: "samples")
    blocks += [
      .heading("Settings"), .table(settings), .heading("Reproduce"), .command(results.command),
    ]
    return ReportPage("Evaluation: \((folder as NSString).lastPathComponent)", blocks)
  }

  private var settings: ReportTable {
    let models = detectors.compactMap { detector in
      detector.model.map { [$0, NumberText.fixed(detector.threshold, 3)] }
    }
    return ReportTable(
      ["setting", "value"],
      models.map { ["threshold (\($0[0]))", $0[1]] }
        + [
          ["--robustness", results.sets.contains { $0.robustness != nil } ? "yes" : "no"],
          ["program", results.program],
        ])
  }

  /// The file names of a dataset's charts.
  private func file(_ number: Int) -> String {
    let name = RunName.tamed(results.sets[number].name[...])
    return results.sets.count > 1 ? "\(number + 1)-\(name)" : name
  }

  private static func scored(_ set: EvaluateResults.DatasetMetrics) -> String {
    "Dataset '\(set.name)': \(set.about)"
      + (set.detectors.first.map { ", \($0.frames.origin)" } ?? "") + "."
  }

  private static let about = """
    Trained detectors on labeled datasets, per sample, with 95 % CI (percentile bootstrap over source \
    clips). Thresholds and limits were selected on each detector's own validation split; nothing is selected \
    here. Samples of identities in a detector's training data are excluded if these are known. \
    \(MetricTables.definitions)
    """

  private var detectors: [DetectorMetrics] { results.sets.first?.detectors ?? [] }

  private func name(_ detector: DetectorMetrics) -> String { detector.model ?? detector.name }

  private var sets: ReportChart {
    let metrics = detectors.indices.map { index in
      results.sets.map { $0.detectors[index].frames.metrics[.rocAUC] }
    }
    return map(
      "matrix", "ROC AUC of each detector on each dataset, per sample, with 95 % CI.",
      "ROC AUC by dataset",
      columns: results.sets.map(\.name),
      columnLabel: "dataset", detectors.map(name), metrics)
  }

  private func methods(of set: EvaluateResults.DatasetMetrics, _ file: String) -> ReportChart {
    map(
      "methods-\(file)",
      "ROC AUC of each detector on each forgery method of \(set.name) against all real samples, with 95 % CI.",
      "ROC AUC by forgery method", columns: set.detectors.first?.methods.map(\.name) ?? [],
      columnLabel: "method", set.detectors.map(name),
      set.detectors.map { $0.methods.map(\.auc) })
  }

  private func map(
    _ file: String, _ caption: String, _ title: String, columns: [String], columnLabel: String,
    _ rows: [String], _ metrics: [[MetricEstimate?]]
  ) -> ReportChart {
    let notes = metrics.map { row in
      row.map { metric in
        metric?.interval.map {
          "\(NumberText.fixed($0.low, 2))–\(NumberText.fixed($0.high, 2))"
        } ?? ""
      }
    }
    return ReportChart(
      file, caption,
      HeatMap(
        title: title, rowLabel: "detector", columnLabel: columnLabel, rows: rows, columns: columns,
        values: metrics.map { $0.map { $0?.value } }, notes: notes, range: 0.5...1
      ).drawing)
  }

  private func curve(
    _ curve: RobustnessSweep.Curve, _ sweep: RobustnessSweep, _ file: String
  ) -> ReportChart {
    let strongest = curve.strengths.last ?? ""
    let names = curve.areas.keys.sorted()
    let lowest =
      names.flatMap { [sweep.undegraded[$0]] + (curve.areas[$0] ?? []) }
      .compactMap { $0?.interval?.low ?? $0?.value }.min() ?? 1
    return ReportChart(
      "robustness-\(file)-\(curve.kind.rawValue)",
      "ROC AUC under \(curve.kind.title) degradation, with 95 % CI. Strength 0: none; 1 to "
        + "\(curve.strengths.count): \(curve.strengths.joined(separator: ", ")).",
      LineChart(
        title: "Robustness to \(curve.kind.title)",
        x: ChartAxis("Strength (0: none, 5: \(strongest))", 0...5),
        y: ChartAxis("ROC AUC", min(0.4, (lowest * 10).rounded(.down) / 10)...1),
        curves: names.map { name in
          let metrics = [sweep.undegraded[name]] + (curve.areas[name] ?? [])
          let points = metrics.enumerated().map { step, metric in
            SIMD2(Double(step), metric?.value ?? .nan)
          }
          let band = metrics.map { metric -> ClosedRange<Double> in
            let value = metric?.value ?? 0.5
            return metric?.interval.map { $0.low...$0.high } ?? value...value
          }
          return LineChart.Curve(name: name, points: points, band: band, isDotted: true)
        }, guide: ([0, 0.5], [5, 0.5])
      ).drawing)
  }
}
