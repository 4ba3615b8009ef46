import Detection
import Foundation
import Records

/// The page about classifiers on a table of features.
struct CrossValidationReport {
  let result: TableCrossValidation
  /// The run's folder.
  let folder: String

  /// The report that a run's files allow; nil where the folder holds no cross-validation.
  init?(reading folder: String) throws {
    let data = try RunFolder.contents(of: "\(folder)/results.json")
    let result = data.flatMap { try? JSONDecoder().decode(TableCrossValidation.self, from: $0) }
    guard let result else { return nil }
    (self.result, self.folder) = (result, folder)
  }

  var page: ReportPage {
    let name = (result.path as NSString).lastPathComponent
    return ReportPage(
      "Classifiers on \(name)",
      [.paragraph(about)] + (result.warning.map { [.paragraph($0)] } ?? [])
        + [.heading("Accuracy"), .table(figures), .chart(chart), .paragraph(limits)]
        + SessionTiming.blocks(of: folder, unit: "samples") + [
          .heading("Settings"), .table(settings), .heading("Again"), .command(command),
        ])
  }

  private var folds: Int { result.classifiers.first?.folds.count ?? 0 }

  /// What answering the same every time gets.
  private var constant: Double {
    max(result.balance.fakeShare, 1 - result.balance.fakeShare)
  }

  private var about: String {
    """
    \(result.balance.real) real and \(result.balance.fake) fake samples of \(result.features) features \
    each, shuffled into \(folds) folds: each fold's samples are judged by what was learned from the \
    others. Nothing was chosen on the table.
    """
  }

  private let limits = """
    The intervals (95 %, bootstrap) are drawn from single samples, and are too narrow where several \
    come from one clip. Who is told apart inside of one table may be somebody else elsewhere: these \
    figures say nothing of other sources.
    """

  private var figures: ReportTable {
    ReportTable(
      ["classifier", "accuracy", "worst fold", "best fold", "ROC AUC"],
      result.classifiers.map { tried in
        [
          tried.classifier, tried.accuracy.text, text(tried.folds.min()), text(tried.folds.max()),
          text(tried.auc),
        ]
      } + [["constant answer", text(constant), "–", "–", text(0.5)]])
  }

  private var chart: ReportChart {
    let lows = result.classifiers.compactMap { $0.accuracy.interval?.low ?? $0.accuracy.value }
    return ReportChart(
      "accuracy",
      "Accuracy of each classifier with its 95 % interval; a constant answer gets the dashed line.",
      BarChart(
        title: "Accuracy",
        axis: ChartAxis("accuracy", max(0, min(constant, lows.min() ?? constant) - 0.05)...1),
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
        ["the program", Program.name],
      ])
  }

  private var command: String {
    "dflab detect --cross-validate \(ShellWord.quoted(result.path)) --folds \(folds) "
      + "--seed \(result.seed)"
  }

  private func text(_ value: Double?) -> String {
    value.map { MetricTables.number($0, 3) } ?? "–"
  }
}
