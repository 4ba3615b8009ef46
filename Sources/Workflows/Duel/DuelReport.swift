import Detection
import Faces
import Foundation
import Generation
import Records

/// The report of a duel.
struct DuelReport {
  private let results: DuelResults
  private let pictures: GeneratorComparisonSheet

  init(_ results: DuelResults, pictures: GeneratorComparisonSheet) {
    (self.results, self.pictures) = (results, pictures)
  }

  /// The report of the duel in a folder; nil where there is none.
  init?(reading folder: String) throws {
    guard FileManager.default.fileExists(atPath: "\(folder)/duel.json"),
      let results = try DuelResults.read(at: "\(folder)/results.json")
    else { return nil }
    self.init(results, pictures: try GeneratorComparisonSheet(in: folder))
  }

  func page() -> ReportPage {
    let (text, charts) = (VerdictText(results: results), DuelCharts(results: results))
    var blocks: [ReportPage.Block] = [
      .paragraph(about), .heading("Results by round"),
    ]
    blocks += text.caveat.map { [.paragraph($0)] } ?? []
    blocks += [
      .list(text.rounds), .chart(charts.rounds),
      .heading("Generator × detector matrix"), .paragraph(DuelReport.matrix),
      .chart(charts.matrix(isReencoded: false)), .table(table),
    ]
    blocks += pictures.sheet.map { [.picture($0)] } ?? []
    blocks += charts.curves.map { .chart($0) }
    if !text.retention.isEmpty {
      blocks += [
        .heading("Forgetting"), .paragraph(DuelReport.retention), .list(text.retention),
      ]
    }
    blocks += cost(text, charts)
    blocks += [
      .heading("Controls"), .paragraph(DuelReport.controls), .list(evasion + text.reencoded),
      .chart(charts.matrix(isReencoded: true)), .paragraph(shortcuts),
      .heading("Limitations"), .list(text.limitations),
      .heading("Participants"), .table(people), .paragraph(names),
      .heading("Settings"), .table(settings),
    ]
    blocks += timings.map { [.heading("Timing"), .table($0)] } ?? []
    blocks += [
      .heading("Reproduce"), .command(results.command), .paragraph(DuelReport.reproduction),
    ]
    return ReportPage("Duel: \(results.run)", blocks)
  }

  private var about: String {
    let recipe = results.recipe
    let repeated =
      results.repetitions == 1
      ? ""
      : ", \(results.repetitions) repetitions with "
        + (results.isNamed ? "new splits of the same pairs" : "other identities")
    return """
      \(results.rounds) rounds\(repeated). In each round, a swap model \
      ('\(recipe.generator.model.rawValue)') is trained for each of \(recipe.pairs.count) pairs of \
      identities: \(recipe.generator.steps(in: 1)) steps of 2×\(recipe.generator.batch) faces in round 1, \
      \(recipe.generator.steps(in: 2)) in later rounds. From round 2 on, the loss includes an evasion \
      loss against the newest detector (weight \(recipe.generator.adversaryWeight)). A detector \
      ('\(recipe.detector.network.rawValue)') is then trained for \(recipe.detector.steps) steps of \
      \(recipe.detector.batch) on \(recipe.samples.training) new samples and \
      \(MetricTables.percent(results.replay)) of those of each earlier round (replay). All metrics are \
      measured on test identities that no detector was trained on. Program: \(results.program).
      """
  }

  private static let matrix = """
    Rows are fakes: those of the generators of each round (gN for round N), of their controls, which are \
    trained without the adversary (cN), and of the reference detector's forgery method. Columns are \
    detectors: that of each round (dN), and 'reference', trained in round 1 on another forgery method and \
    never updated. All rows of generators and controls share the same real samples. Nothing was selected \
    on these identities.
    """

  private static let retention = """
    ROC AUC of a round's detector (dN) on an earlier round's generators (gN) minus that of the earlier \
    round's own detector, on the same samples. Negative values mean forgetting.
    """

  private static let controls = """
    Evasion is the control's ROC AUC minus the generator's, by the same detector on the same faces. \
    The control is trained in the same way without the adversary, so evasion excludes the effect of longer \
    training. Re-encoded samples, real and fake, are saved once more as JPEG of quality 60.
    """

  private static let reproduction = """
    The budget is in steps: on the same machine and with the same number of threads, the command gives \
    the same bits, even if it is interrupted and resumed. The recipe is recipe.json in this folder; \
    duel.json holds the duel's state.
    """

  private var table: ReportTable {
    ReportTable(
      ["ROC AUC (95 % CI), recall"] + results.columns.map(\.name),
      zip(results.rows, zip(results.matrix, results.recalls)).map { row, both in
        [row.title]
          + zip(both.0, both.1).map { estimate, recall in
            estimate.text + (recall.map { ", \(NumberText.fixed($0, 2))" } ?? "")
          }
      })
  }

  private func cost(_ text: VerdictText, _ charts: DuelCharts) -> [ReportPage.Block] {
    let rows = results.roundResults.flatMap { round in
      round.costs.map { cost in
        [
          "round \(round.round)", cost.name,
          cost.firstRound.map { NumberText.fixed($0, 3) } ?? "–",
          NumberText.fixed(cost.generator, 3), NumberText.fixed(cost.control, 3),
          cost.change.text + (cost.change.interval == nil ? " (n/a, one pair)" : ""),
        ]
      }
    }
    guard !rows.isEmpty else { return [] }
    return [.heading("Cost of evasion"), .paragraph(text.costs)]
      + (charts.quality.map { [.chart($0)] } ?? [])
      + [
        .table(
          ReportTable(
            ["", "metric", "round 1", "generator", "control", "generator − control"], rows)),
        .paragraph(DuelReport.costs),
      ]
  }

  private static let costs = """
    Means over test pairs, with Student's t intervals over pairs (n/a for one pair). Round 1: the same \
    pairs' generators before any adversary. Generator − control: the effect of one round. Held-out SSIM, \
    PSNR and sharpness are of faces reconstructed by their own decoders. Ground truth (synthetic \
    identities only) is the scene rendered with the other identity. Identity is 0 for the original \
    identity and 1 for the swapped-in identity; the landmark NME (normalized mean error) is in percent of \
    the distance between the outer eye corners.
    """

  private var evasion: [String] {
    results.roundResults.compactMap { round in
      guard let evasion = round.evasion else { return nil }
      let reference = round.referenceEvasion.map { "; of the reference: \($0.text)" } ?? ""
      return "Round \(round.round): evasion of d\(round.round - 1): \(evasion.text)\(reference)"
    }
  }

  /// What the names of the duel's files mean.
  private var names: String {
    """
    Models and datasets are named after repetition, generator or detector, and pair: \
    '\(results.run)-s1-g2-test1' is the generator of round 2 (g2; c2 is its control) for the first test pair \
    (test1) in repetition 1 (s1), and '\(results.run)-s1-d2-…' the detector of round 2.
    """
  }

  private var shortcuts: String {
    let leaks = results.roundResults.compactMap { round in
      let names = round.leaks.compactMap { $0 }.flatMap { $0 }
      return names.isEmpty ? nil : "round \(round.round): \(names.joined(separator: ", "))"
    }
    let known = results.roundResults.contains { $0.leaks.contains { $0 != nil } }
    guard known else { return "Shortcut baselines: not measured." }
    return leaks.isEmpty
      ? "All shortcut baselines are \(AuditReport.chance) on the dataset of every round."
      : "Shortcut baselines: LEAK: \(leaks.joined(separator: "; ")). A detector may rely on these "
        + "instead of the forgery."
  }

  private var people: ReportTable {
    ReportTable(
      ["repetition", "split", "identities"],
      results.people.enumerated().flatMap { repetition, splits in
        Split.allCases.map { split in
          let names = (splits[split.rawValue] ?? []).map { path in
            path.split(separator: "/").suffix(2).joined(separator: "/")
          }
          return ["\(repetition + 1)", split.rawValue, names.joined(separator: ", ")]
        }
      })
  }

  /// The settings, as the recipe and the options name them.
  private var settings: ReportTable {
    let (recipe, generator, detector) = (
      results.recipe, results.recipe.generator, results.recipe.detector
    )
    func text(_ sizes: some NumbersBySplit) -> String {
      "\(sizes.training) training, \(sizes.validation) validation, \(sizes.test) test"
    }
    let forgeries = recipe.forgeries.methods
      .map { "\($0.name) \(NumberText.fixed(recipe.forgeries[$0], 2))" }
    let steps = "\(generator.steps(in: 1)) in round 1, \(generator.steps(in: 2)) in later rounds"
    return ReportTable(
      ["setting", "value"],
      [
        ["--rounds", "\(results.rounds)"], ["--repetitions", "\(results.repetitions)"],
        ["--seed", "\(results.seed)"], ["--replay", "\(results.replay)"],
        ["--external", results.external ?? "none"], ["pairs", text(recipe.pairs)],
        [
          "samples per round",
          "\(text(recipe.samples)); \(recipe.samples.size)×\(recipe.samples.size) pixels",
        ],
        ["generator", generator.model.rawValue],
        ["generator steps", "\(steps); batch 2×\(generator.batch)"],
        [
          "generator's initial weights",
          generator.reinitialize ? "random in each round" : "those of the previous round",
        ],
        ["evasion loss weight", "\(generator.adversaryWeight)"],
        ["swaps scored by the adversary", "\(generator.adversaryBatch) per direction and step"],
        ["fidelity loss weight", "\(generator.adversaryFidelity)"],
        ["forgery weights (training)", forgeries.joined(separator: ", ")],
        ["degradation", "\(recipe.degradation)"],
        [
          "detector",
          "\(detector.network.rawValue), \(detector.steps) steps, batch \(detector.batch)",
        ],
        ["reference forgery", recipe.reference.name], ["program", results.program],
      ])
  }

  /// Minutes by round and kind of step; nil where none are recorded.
  private var timings: ReportTable? {
    let rounds = results.roundResults.filter { !$0.seconds.isEmpty }
    guard !rounds.isEmpty else { return nil }
    func minutes(_ seconds: Double) -> String { NumberText.fixed(seconds / 60, 1) }
    let rows = rounds.map { round in
      ["round \(round.round)"]
        + DuelResults.Work.allCases.map { minutes(round.seconds[$0] ?? 0) }
        + [minutes(round.seconds.values.reduce(0, +))]
    }
    let whole = minutes(rounds.flatMap { $0.seconds.values }.reduce(0, +))
    let last =
      ["total"]
      + DuelResults.Work.allCases.map { work in
        minutes(rounds.reduce(0) { $0 + ($1.seconds[work] ?? 0) })
      } + [whole]
    return ReportTable(
      ["minutes"] + DuelResults.Work.allCases.map(\.rawValue) + ["total"], rows + [last])
  }
}
