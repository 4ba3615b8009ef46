import Detection
import Faces
import Foundation
import Generation
import Records

/// The page about a duel: who won, then the figures, then what they rest on.
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
    let (words, charts) = (VerdictText(results: results), DuelCharts(results: results))
    var blocks: [ReportPage.Block] = [
      .paragraph(about), .heading("Who won"),
    ]
    blocks += words.hedge.map { [.paragraph($0)] } ?? []
    blocks += [
      .list(words.rounds), .chart(charts.rounds),
      .heading("Generators against detectors"), .paragraph(DuelReport.howMeasured),
      .chart(charts.matrix(isReencoded: false)), .table(table),
    ]
    blocks += pictures.sheet.map { [.picture($0)] } ?? []
    blocks += charts.curves.map { .chart($0) }
    if !words.retention.isEmpty {
      blocks += [
        .heading("What was forgotten"), .paragraph(DuelReport.retention), .list(words.retention),
      ]
    }
    blocks += cost(words, charts)
    blocks += [
      .heading("Controls"), .paragraph(DuelReport.controls), .list(evasion + words.reencoded),
      .chart(charts.matrix(isReencoded: true)), .paragraph(shortcuts),
      .heading("What the numbers allow, and what not"), .list(words.limits),
      .heading("Who played"), .table(people), .heading("Settings"), .table(settings),
    ]
    blocks += timings.map { [.heading("Timings"), .table($0)] } ?? []
    blocks += [
      .heading("Again"), .paragraph(DuelReport.again), .command(results.command),
    ]
    return ReportPage("Duel '\(results.run)': generator against detector", blocks)
  }

  private var about: String {
    let recipe = results.recipe
    let repeated =
      results.repetitions == 1
      ? ""
      : ", \(results.repetitions) times with \(results.isNamed ? "the pairs divided anew" : "other people")"
    return """
      \(results.rounds) rounds\(repeated), by \(results.program). In each round the swap model \
      '\(recipe.generator.model.rawValue)' learns \(recipe.pairs.count) pairs of people \
      (\(recipe.generator.steps) steps of 2×\(recipe.generator.batch) faces in the first round, \
      \(recipe.generator.steps(in: 2)) in each later one), from round 2 on with the newest detector's \
      opinion of its swaps in the loss, weight \(recipe.generator.adversaryWeight). Then \
      '\(recipe.detector.network.rawValue)' learns from \(recipe.set.training) new pictures of the \
      round and \(Int((results.replay * 100).rounded())) % of those of each earlier one \
      (\(recipe.detector.steps) steps of \(recipe.detector.batch)). All figures are on test people, \
      whom no detector has learned from in any round.
      """
  }

  private static let howMeasured = """
    A row is who made the fakes: g the generators of a round, c their controls, trained alike with \
    the adversary off. A column is who told them: d the detector of a round, 'reference' a \
    detector that learned another forgery in round 1 and never again. The real pictures are the same \
    in every row of g and c. Nothing was chosen on these people.
    """

  private static let retention = """
    What the new detector gets on an earlier generator minus what the detector of that round got, \
    on the same pictures; below 0 something was forgotten.
    """

  private static let controls = """
    Evasion is the control's AUC minus the generator's, for the same detector on the same faces: what \
    is left of it when the adversary is off is not evasion but training. Encoded again, all \
    test pictures, real and fake, went through JPEG of quality 60 once more.
    """

  private static let again = """
    Steps, not minutes: on the same machine this gives the same bits. The recipe lies beside this \
    page, the state of the duel in duel.json.
    """

  private var table: ReportTable {
    ReportTable(
      ["AUC (recall)"] + results.columns,
      zip(results.rows, zip(results.matrix, results.recalls)).map { row, both in
        [DuelCharts.name(row)]
          + zip(both.0, both.1).map { figure, recall in
            figure.text + (recall.map { ", \(MetricTables.number($0, 2))" } ?? "")
          }
      })
  }

  private func cost(_ words: VerdictText, _ charts: DuelCharts) -> [ReportPage.Block] {
    let rows = results.story.flatMap { round in
      round.costs.map { cost in
        [
          "round \(round.round)", cost.name, cost.first.map { MetricTables.number($0, 3) } ?? "–",
          MetricTables.number(cost.generator, 3), MetricTables.number(cost.control, 3),
          cost.change.text,
        ]
      }
    }
    guard !rows.isEmpty else { return [] }
    return [.heading("What evading costs"), .paragraph(words.costs)]
      + (charts.quality.map { [.chart($0)] } ?? [])
      + [
        .table(
          ReportTable(["", "figure", "in round 1", "generator", "control", "change"], rows)),
        .paragraph(DuelReport.costs),
      ]
  }

  private static let costs = """
    Means over the test pairs, with Student's intervals over pairs. 'In round 1' is what the same pairs' \
    generators were before anybody opposed them; the change is what the round added to that of the \
    rounds before it. Held-out SSIM and PSNR: each face \
    reconstructed by its own decoder. True swap: against the scene rendered with the other person in \
    it; identity is 1 for the one it should be, landmarks are the error of expression and pose in \
    percent of the distance of the eyes (synthetic people alone).
    """

  private var evasion: [String] {
    results.story.compactMap { round in
      guard let evasion = round.evasion else { return nil }
      let reference = round.evasionOfReference.map { "; of the reference \($0.text)" } ?? ""
      return "Round \(round.round): evasion of the detector of round \(round.round - 1) "
        + "\(evasion.text)\(reference)"
    }
  }

  private var shortcuts: String {
    let open = results.story.flatMap { round in
      round.openShortcuts.compactMap { $0 }.flatMap { $0 }.map { "round \(round.round): \($0)" }
    }
    let known = results.story.contains { $0.openShortcuts.contains { $0 != nil } }
    guard known else { return "Shortcuts were not looked for." }
    return open.isEmpty
      ? "Classifiers that see no face are within three points of chance on every round's set."
      : "OPEN shortcuts, which a detector may have learned instead of forgeries: "
        + "\(open.joined(separator: "; "))."
  }

  private var people: ReportTable {
    ReportTable(
      ["repetition", "split", "people"],
      results.people.enumerated().flatMap { seed, splits in
        Split.allCases.map { split in
          let names = (splits[split.rawValue] ?? []).map { path in
            path.split(separator: "/").suffix(2).joined(separator: "/")
          }
          return ["\(seed + 1)", split.rawValue, names.joined(separator: ", ")]
        }
      })
  }

  /// What decided the duel, as its recipe and its options name it.
  private var settings: ReportTable {
    let (recipe, generator, detector) = (
      results.recipe, results.recipe.generator, results.recipe.detector
    )
    func text(_ sizes: some NumbersBySplit) -> String {
      "\(sizes.training) training, \(sizes.validation) validation, \(sizes.test) test"
    }
    let forgeries = ForgeryMethod.allCases.filter { recipe.forgeries[$0] > 0 }
      .map { "\($0.rawValue) \(MetricTables.number(recipe.forgeries[$0], 2))" }
    let steps = "\(generator.steps(in: 1)), then \(generator.steps(in: 2))"
    return ReportTable(
      ["setting", "value"],
      [
        ["--rounds", "\(results.rounds)"], ["--repetitions", "\(results.repetitions)"],
        ["--seed", "\(results.seed)"], ["--replay", "\(results.replay)"],
        ["--external", results.external ?? "none"], ["pairs", text(recipe.pairs)],
        ["pictures of a round", "\(text(recipe.set)); \(recipe.set.side) pixels"],
        ["generator", generator.model.rawValue],
        ["its steps", "\(steps), of 2×\(generator.batch) faces"],
        ["it begins", generator.afresh ? "each round afresh" : "with the round before"],
        ["adversaryWeight", "\(generator.adversaryWeight)"],
        ["adversaryBatch", "\(generator.adversaryBatch)"],
        ["adversaryFidelity", "\(generator.adversaryFidelity)"],
        ["forgeries learned", forgeries.joined(separator: ", ")],
        ["degradation", "\(recipe.degradation)"],
        ["detector", "\(detector.network.rawValue), \(detector.steps) steps of \(detector.batch)"],
        ["reference learns", recipe.reference.rawValue], ["the program", results.program],
      ])
  }

  /// Minutes by round and kind of step; nil where nobody has noted any.
  private var timings: ReportTable? {
    let rounds = results.story.filter { !$0.seconds.isEmpty }
    guard !rounds.isEmpty else { return nil }
    func minutes(_ seconds: Double) -> String { MetricTables.number(seconds / 60, 1) }
    let rows = rounds.map { round in
      ["round \(round.round)"]
        + DuelResults.Work.allCases.map { minutes(round.seconds[$0] ?? 0) }
        + [minutes(round.seconds.values.reduce(0, +))]
    }
    let whole = minutes(rounds.flatMap { $0.seconds.values }.reduce(0, +))
    let last =
      ["all"]
      + DuelResults.Work.allCases.map { work in
        minutes(rounds.reduce(0) { $0 + ($1.seconds[work] ?? 0) })
      } + [whole]
    return ReportTable(
      ["minutes"] + DuelResults.Work.allCases.map(\.rawValue) + ["all"], rows + [last])
  }
}
