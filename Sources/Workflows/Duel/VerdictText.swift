import Detection
import Generation

/// What a duel's figures allow to be said.
struct VerdictText {
  let results: DuelResults

  /// Fewer test people, each of whom is a clip, give intervals that are too narrow.
  private static let fewest = Evaluation<Frames>.fewClips

  /// How many people one repetition is tested on.
  private var testPeople: Int { 2 * results.recipe.pairs.test }
  /// Whether intervals are wide enough to be taken at their word.
  private var isCertain: Bool { results.repetitions > 1 || testPeople >= VerdictText.fewest }
  private var wins: String { isCertain ? "wins" : "seems to win" }

  /// Why verdicts are hedged; nil where they are not.
  var hedge: String? {
    guard !isCertain else { return nil }
    return
      "One repetition with \(testPeople) test people: intervals over so few are too narrow, so that "
      + "it is only said who seems to win. From \(VerdictText.fewest) test people or two repetitions on "
      + "(--repetitions) verdicts are given."
  }

  /// Who won each round.
  var rounds: [String] { results.story.map(sentence) }

  private func sentence(_ round: DuelResults.Round) -> String {
    let own = "its own detector gets an AUC of \(round.own.text)"
    guard let before = round.before else {
      return "Round 1: nobody is opposed yet; \(own) on people whom it has not learned from."
    }
    return "Round \(round.round): the generator faces the detector of round \(round.round - 1). "
      + "\(attack(round, before))\(price(round)) \(answer(round)) After learning from the round, \(own)."
  }

  /// Whether the generator has learned to evade.
  private func attack(_ round: DuelResults.Round, _ before: MetricEstimate) -> String {
    guard let evasion = round.evasion, evasion.value != nil else {
      return "Whether it evades cannot be said."
    }
    let auc = "that detector's AUC is \(before.text)"
    return switch evasion.sign {
    case .above:
      "THE GENERATOR \(wins) the attack: \(auc), lower by \(evasion.text) than on the control."
    case .below:
      "The detector \(wins) the attack, and is even helped by it: \(auc), higher by "
        + "\(evasion.negated.text) than on the control."
    case .undecided:
      "The attack is undecided: \(auc), and its AUC on the control minus this is \(evasion.text), an interval "
        + "that holds 0 or is not known."
    }
  }

  /// What its swaps are worth beside the control's, where the true ones are known.
  private func price(_ round: DuelResults.Round) -> String {
    guard let cost = round.costs.first(where: { $0.name == DuelResults.Cost.trueSSIM }) else {
      return ""
    }
    return
      " Its swaps' SSIM against the true ones is \(MetricTables.number(cost.generator, 3)), the "
      + "control's \(MetricTables.number(cost.control, 3))."
  }

  /// Whether the new detector has made up for it.
  private func answer(_ round: DuelResults.Round) -> String {
    guard let recovery = round.recovery, recovery.value != nil else { return "" }
    return switch recovery.sign {
    case .above:
      "THE DETECTOR \(wins) the answer: on the same swaps it gets \(recovery.text) more than the one "
        + "before."
    case .below:
      "The new detector is worse than the one before: on the same swaps it gets "
        + "\(recovery.negated.text) less."
    case .undecided:
      "The answer is undecided: on the same swaps the new detector's AUC minus that of the one before is "
        + "\(recovery.text), an interval that holds 0 or is not known."
    }
  }

  /// What was forgotten.
  var retention: [String] {
    results.story.flatMap { round in
      round.retention.sorted { $0.key < $1.key }.compactMap { row, change -> String? in
        guard change.value != nil else { return nil }
        let what = "the detector of round \(round.round) on \(row): \(change.text)"
        return switch change.sign {
        case .above: "\(what), better than the one that first learned it"
        case .below: "\(what), \(isCertain ? "forgotten" : "it seems, forgotten")"
        case .undecided:
          change.interval == nil
            ? "\(what), without an interval" : "\(what), no more than chance allows"
        }
      }
    }
  }

  /// What evading cost, in a sentence or two.
  var costs: String {
    let known = results.story.flatMap { round in round.costs.map { (round.round, $0) } }
    guard known.contains(where: { $0.1.change.interval != nil }) else {
      return "One test pair alone says what evading cost these two people, and nothing of others."
    }
    let clear = known.filter { $0.1.change.sign != .undecided }.map { round, cost in
      "round \(round), \(cost.name): \(MetricTables.number(cost.generator, 3)) instead of "
        + "\(MetricTables.number(cost.control, 3)), a change of \(cost.change.text)"
    }
    return clear.isEmpty
      ? "No cost is larger than chance allows; of few pairs only large ones could be."
      : "Larger than chance allows: \(clear.joined(separator: "; "))."
  }

  /// How the detector that was opposed fares when all pictures are encoded again.
  var reencoded: [String] {
    results.story.compactMap { round in
      let before = "d\(round.round - 1)"
      guard
        let generator = results.reencodedFigure("g\(round.round)", before), generator.value != nil,
        let control = results.reencodedFigure("c\(round.round)", before)
      else { return nil }
      return "Round \(round.round), encoded again: that detector gets \(generator.text) on the "
        + "generator (\(round.before?.text ?? "–") as they were) and \(control.text) on the control"
    }
  }

  /// What the numbers do not allow.
  var limits: [String] {
    let repetitions = results.repetitions
    let others =
      results.isNamed
      ? "each with the same pairs divided anew, so that they depend on each other: intervals are too narrow"
      : "each with other people and other chance: wide where they are few, and honest only if "
        + "repetitions scatter evenly"
    let certainty =
      repetitions == 1
      ? "There is one repetition: the intervals are over \(testPeople) test people's clips, and know "
        + "nothing of other people, other chance in training, other generators. --repetitions 3 or more "
        + "would."
      : "Intervals are Student's over \(repetitions) repetitions, \(others)."
    return [
      certainty,
      "Costs are means over \(results.recipe.pairs.test * repetitions) test pairs, with Student's intervals: "
        + "two or three pairs can show a large cost alone.",
      "All fakes but the reference's are swaps of one kind of model (\(results.recipe.generator.model.rawValue)"
        + "): one fingerprint is not deepfakes in general. A detector that wins here may miss the "
        + "next program's swaps.",
      fidelity,
      "A round's control begins with the generator of the round before, which was opposed already: "
        + "evasion and cost are what one round adds, and not owed to longer training. It is evasion of "
        + "this detector; the column 'reference' says how much of it carries over to one that the "
        + "generator never met.",
      "The generator learns through mean color, resizing and mask; rounding, JPEG and the other "
        + "transfers of color have no gradient, and come on top when the test pictures are made.",
      "Test people's swap models are trained on test people, as every swap model is on its two; no "
        + "detector, no threshold and no calibration has seen them.",
      "Synthetic people vary less than people do, and a renderer is no camera.",
    ]
  }
}

extension VerdictText {
  /// How swaps were held to be swaps.
  private var fidelity: String {
    let generator = results.recipe.generator
    return generator.adversaryFidelity > 0 && !generator.afresh
      ? "Swaps were held to what the generator of the round before makes of the same faces "
        + "(adversaryFidelity \(generator.adversaryFidelity)); a freer generator evades more, and its swaps "
        + "are worth less."
      : "Nothing but the adversary held a swap (no adversaryFidelity): what evades here need not look like "
        + "a face. Look at the sheet."
  }
}

extension DuelResults {
  /// Who won each round, a sentence or two each.
  public var verdicts: [String] {
    let words = VerdictText(results: self)
    return words.rounds + (words.hedge.map { [$0] } ?? [])
  }
}
