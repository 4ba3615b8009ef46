import Detection
import Generation

/// What a duel's figures allow to be said.
struct DuelWords {
  let results: DuelResults

  /// Who won each round.
  var rounds: [String] { results.story.map(sentence) }

  private func sentence(_ round: DuelResults.Round) -> String {
    let own = "its own detector gets an AUC of \(round.own.text)"
    guard let before = round.before else {
      return "Round 1: nobody is opposed yet; \(own) on people whom it has not learnt from."
    }
    return "Round \(round.round): the generator faces the detector of round \(round.round - 1). "
      + "\(attack(round, before)) \(answer(round)) After learning from the round, \(own)."
  }

  /// Whether the generator has learnt to evade.
  private func attack(_ round: DuelResults.Round, _ before: Figure) -> String {
    guard let evasion = round.evasion, evasion.value != nil else {
      return "Whether it evades cannot be said."
    }
    let said = "that detector's AUC is \(before.text), lower by \(evasion.text) than on the control"
    return switch evasion.sign {
    case .above: "THE GENERATOR wins the attack: \(said)."
    case .below: "The detector wins the attack, and is even helped by it: \(said)."
    case .undecided: "The attack is undecided: \(said), an interval that holds 0."
    }
  }

  /// Whether the new detector has made up for it.
  private func answer(_ round: DuelResults.Round) -> String {
    guard let recovery = round.recovery, recovery.value != nil else { return "" }
    let said = "on the same swaps it gets \(recovery.text) more than the one before"
    return switch recovery.sign {
    case .above: "THE DETECTOR wins the answer: \(said)."
    case .below: "The new detector is worse than the one before: \(said)."
    case .undecided: "The answer is undecided: \(said), an interval that holds 0."
    }
  }

  /// What was forgotten.
  var memory: [String] {
    results.story.flatMap { round in
      round.memory.sorted { $0.key < $1.key }.compactMap { row, change -> String? in
        guard change.value != nil else { return nil }
        let what = "the detector of round \(round.round) on \(row): \(change.text)"
        return switch change.sign {
        case .above: "\(what), better than the one that first learnt it"
        case .below: "\(what), forgotten"
        case .undecided: "\(what), no more than chance allows"
        }
      }
    }
  }

  /// What evading cost.
  var costs: [String] {
    results.story.flatMap { round in
      round.costs.compactMap { cost -> String? in
        guard cost.change.value != nil, cost.change.interval != nil, cost.change.sign != .undecided
        else { return nil }
        return
          "round \(round.round), \(cost.name): \(FigureTables.number(cost.generator, 3)) instead of "
          + "\(FigureTables.number(cost.control, 3)), a change of \(cost.change.text)"
      }
    }
  }

  /// What the numbers do not allow.
  var limits: [String] {
    let people = 2 * results.recipe.pairs.test
    let seeds = results.seeds
    let certainty =
      seeds == 1
      ? "There is one repetition: the intervals are over \(people) test people's clips, and know "
        + "nothing of other people, other chance in training, other generators. --seeds 3 or more "
        + "would."
      : "Intervals are Student's over \(seeds) repetitions, each with other people and other chance: "
        + "wide where they are few, and honest only if repetitions scatter evenly."
    return [
      certainty,
      "Costs are means over \(results.recipe.pairs.test * seeds) test pairs, with Student's intervals: "
        + "two or three pairs can show a large cost alone.",
      "All fakes but the reference's are swaps of one kind of model (\(results.recipe.generator.model.rawValue)"
        + "): one fingerprint is not deepfakes in general. A detector that wins here may miss the "
        + "next program's swaps.",
      "Evasion is adversary minus control, so it is not owed to longer training. It is evasion of "
        + "this detector; the column 'reference' says how much of it carries over to one that the "
        + "generator never met.",
      "The generator learns through mean colour, resizing and mask; rounding, JPEG and the other "
        + "transfers of colour have no gradient, and come on top when the test pictures are made.",
      "Test people's swap models are trained on test people, as every swap model is on its two; no "
        + "detector, no threshold and no calibration has seen them.",
      "Synthetic people vary less than people do, and a renderer is no camera.",
    ]
  }
}

extension DuelResults {
  /// Who won each round, a sentence or two each.
  public var verdicts: [String] { DuelWords(results: self).rounds }
}
