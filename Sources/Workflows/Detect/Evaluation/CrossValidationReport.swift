import Detection
import Foundation
import Records

/// The report of a cross-validation of classifiers on a table of features.
struct CrossValidationReport {
  let result: TableCrossValidation
  /// The run's folder.
  let folder: String

  /// The report of a folder; nil if it has no cross-validation.
  init?(reading folder: String) throws {
    let data = try RunFolder.contents(of: "\(folder)/results.json")
    let result = data.flatMap { try? JSONDecoder().decode(TableCrossValidation.self, from: $0) }
    guard let result else { return nil }
    (self.result, self.folder) = (result, folder)
  }

  var page: ReportPage {
    ReportPage(
      "Cross-validation: \((folder as NSString).lastPathComponent)",
      [.paragraph(about)] + (result.warning.map { [.paragraph($0)] } ?? [])
        + [.heading("Accuracy"), .table(metrics), .chart(chart), .paragraph(limitations)]
        + SessionTiming.blocks(of: folder, unit: "samples") + [
          .heading("Settings"), .table(settings), .heading("Reproduce"), .command(command),
        ])
  }

  private var folds: Int { result.classifiers.first?.folds.count ?? 0 }

  /// The accuracy of always predicting the larger class.
  private var constant: Double {
    max(result.balance.fakeShare, 1 - result.balance.fakeShare)
  }

  private var about: String {
    """
    \(folds)-fold cross-validation on '\((result.path as NSString).lastPathComponent)': \(result.balance.real) real and \(result.balance.fake) fake samples \
    with \(result.features) features each. Samples are shuffled before they are divided into folds; no \
    hyperparameter was selected on the table.
    """
  }

  private let limitations = """
    95 % CI by bootstrap over single samples: too narrow if several samples are from one clip. Folds do \
    not separate identities or clips, so the accuracy may not generalize to others.
    """

  private var metrics: ReportTable {
    ReportTable(
      ["classifier", "accuracy (95 % CI)", "lowest fold", "highest fold", "ROC AUC"],
      result.classifiers.map { tried in
        [
          tried.classifier, tried.accuracy.text, text(tried.folds.min()), text(tried.folds.max()),
          text(tried.auc),
        ]
      } + [["constant baseline", text(constant), "–", "–", text(0.5)]])
  }

  private var chart: ReportChart {
    let lows = result.classifiers.compactMap { $0.accuracy.interval?.low ?? $0.accuracy.value }
    return ReportChart(
      "accuracy",
      "Accuracy with 95 % CI. Dashed line: constant baseline.",
      BarChart(
        title: "Accuracy",
        axis: ChartAxis("Accuracy", max(0, min(constant, lows.min() ?? constant) - 0.05)...1),
        bars: result.classifiers.map { tried in
          BarChart.Bar(
            name: tried.classifier, value: tried.accuracy.value ?? .nan,
            interval: tried.accuracy.interval.map { $0.low...$0.high })
        }, guide: constant
      ).drawing)
  }

  private var settings: ReportTable {
    ReportTable(
      ["setting", "value"],
      [
        ["table", result.path], ["folds", "\(folds)"], ["seed", "\(result.seed)"],
        ["program", Program.name],
      ])
  }

  private var command: String {
    var request = CrossValidationRequest(table: result.path)
    (request.folds, request.seed) = (folds, result.seed)
    return request.shown()
  }

  private func text(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, 3) } ?? "–"
  }
}
