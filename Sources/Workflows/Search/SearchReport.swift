import Foundation
import Records

/// The report of a hyperparameter search.
struct SearchReport {
  let results: SearchResults

  /// The report of a folder; nil if it has no finished search.
  init?(reading folder: String) throws {
    guard RunReport.command(at: "\(folder)/settings.json") == SearchRequest.command else {
      return nil
    }
    guard let results = try SearchResults.read(at: "\(folder)/results.json") else {
      throw RecordsError.nothingToReport(
        name: (folder as NSString).lastPathComponent,
        reason: "its search is unfinished. Rerun 'dflab search' to resume it")
    }
    self.results = results
  }

  init(_ results: SearchResults) { self.results = results }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = []
    if !results.about.isEmpty { blocks.append(.paragraph(results.about)) }
    blocks += [
      .paragraph(results.comparison.verdict),
      .paragraph(
        "Trials of '\(results.detector)' were trained on \(results.training) samples of "
          + "'\(results.data)' and compared by ROC AUC on \(results.validation) validation samples. The "
          + "test split was not read: the values of the best trials are optimistic, because they were "
          + "selected. Program: dflab \(results.version)."),
      .heading("Winner and default"),
      .table(comparison),
      .heading("Winner"),
      .table(
        ReportTable(
          ["setting", "value"],
          results.winner.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })),
      .heading("Phases"), .table(phases),
    ]
    for phase in results.phases { blocks += SearchCharts(phase).blocks }
    blocks += [
      .heading("Study"),
      .paragraph(
        "study.sqlite is an Optuna storage with a study for each phase. Show it with "
          + "'optuna-dashboard sqlite:///study.sqlite', or open a phase in Python:"),
      .command(
        "optuna.load_study(study_name=\"\(results.phases.last?.name ?? "")\", storage=\"sqlite:///study.sqlite\")"
      ),
      .heading("Reproduce"), .command(results.line),
    ]
    return ReportPage("Search: \(results.run)", blocks)
  }

  private var comparison: ReportTable {
    let comparison = results.comparison
    func text(_ value: Double?) -> String { value.map { NumberText.fixed($0, 3) } ?? "failed" }
    var rows = comparison.seeds.enumerated().map { index, seed in
      ["seed \(seed)", text(comparison.winner[index]), text(comparison.usual[index])]
    }
    rows.append(["mean", text(comparison.winnerMean), text(comparison.usualMean)])
    return ReportTable(["ROC AUC, validation", "winner", "default"], rows)
  }

  private var phases: ReportTable {
    ReportTable(
      ["phase", "complete", "pruned", "failed", "best ROC AUC", "best trial", "hours"],
      results.phases.map { phase in
        let best = phase.trials.first { $0.number == phase.best }
        func count(_ state: String) -> String {
          "\(phase.trials.count { $0.state == state })"
        }
        let seconds = phase.trials.compactMap(\.seconds).reduce(0, +)
        return [
          phase.name, count("complete"), count("pruned"), count("failed"),
          best?.value.map { NumberText.fixed($0, 3) } ?? "–", "\(phase.best)",
          NumberText.fixed(seconds / 3600, 2),
        ]
      })
  }
}
