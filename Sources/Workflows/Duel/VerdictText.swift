import Detection
import Generation
import Records

/// The conclusions that a duel's metrics support.
struct VerdictText {
  let results: DuelResults

  /// Fewer test identities, each of whom is a clip, give intervals that are too narrow.
  private static let fewest = Evaluation<Frames>.fewClips

  /// How many people one repetition is tested on.
  private var testPeople: Int { 2 * results.recipe.pairs.test }
  /// Whether intervals are wide enough to be taken at face value.
  private var isCertain: Bool { results.repetitions > 1 || testPeople >= VerdictText.fewest }
  private var tentative: String { isCertain ? "" : " (tentative)" }

  /// Why verdicts are tentative; nil where they are not.
  var caveat: String? {
    guard !isCertain else { return nil }
    return
      "One repetition with \(testPeople) test identities: confidence intervals over so few are too "
      + "narrow, so verdicts are marked as tentative. Use at least \(VerdictText.fewest) test "
      + "identities or --repetitions 3."
  }

  /// The result of each round.
  var rounds: [String] { results.roundResults.map(sentence) }

  private func sentence(_ round: DuelResults.Round) -> String {
    let number = round.round
    guard let previous = round.previousAUC else {
      return
        "Round 1, no adversary: d1 reaches ROC AUC \(round.auc.text) on g1 (unseen identities)."
    }
    return "Round \(number): \(evasion(round, previous)) \(recovery(round))\(quality(round))"
  }

  /// Whether the generator evades the detector that it was trained against.
  private func evasion(_ round: DuelResults.Round, _ previous: MetricEstimate) -> String {
    let (generator, detector) = (
      DuelGenerator.round(round.round), DuelDetector.round(round.round - 1)
    )
    guard let evasion = round.evasion, evasion.value != nil else {
      return "Evasion of \(detector): not measured."
    }
    let auc = "ROC AUC \(previous.text) on \(generator)"
    return switch evasion.sign {
    case .above:
      "\(generator) evades \(detector)\(tentative): \(auc), \(evasion.text) lower than on the control."
    case .below:
      "\(generator) does not evade \(detector)\(tentative): \(auc), \(evasion.negated.text) higher "
        + "than on the control."
    case .undecided:
      "Evasion of \(detector) is undecided: \(auc); control minus generator is "
        + "\(VerdictText.undecided(evasion))."
    }
  }

  /// Whether the round's detector detects what evades the previous one.
  private func recovery(_ round: DuelResults.Round) -> String {
    let (detector, previous) = (
      DuelDetector.round(round.round), DuelDetector.round(round.round - 1)
    )
    let auc = "ROC AUC \(round.auc.text) on g\(round.round)"
    guard let recovery = round.recovery, recovery.value != nil else {
      return "\(detector): \(auc)."
    }
    return switch recovery.sign {
    case .above:
      "\(detector) recovers\(tentative): \(auc), \(recovery.text) higher than \(previous)."
    case .below:
      "\(detector) does not recover\(tentative): \(auc), \(recovery.negated.text) lower than "
        + "\(previous)."
    case .undecided:
      "Recovery of \(detector) is undecided: \(auc); \(detector) minus \(previous) is "
        + "\(VerdictText.undecided(recovery))."
    }
  }

  /// The generator's ground-truth SSIM and its control's, where the ground truth is known.
  private func quality(_ round: DuelResults.Round) -> String {
    guard let cost = round.costs.first(where: { $0.name == DuelResults.Cost.groundTruthSSIM })
    else { return "" }
    return " Ground-truth SSIM: generator \(NumberText.fixed(cost.generator, 3)), control "
      + "\(NumberText.fixed(cost.control, 3))."
  }

  private static func undecided(_ difference: MetricEstimate) -> String {
    difference.interval == nil
      ? "\(difference.text), without an interval"
      : "\(difference.text), whose interval contains 0"
  }

  /// How each new detector does on the generators of earlier rounds.
  var retention: [String] {
    results.roundResults.flatMap { round in
      (1..<round.round).compactMap { earlier -> String? in
        let generator = DuelGenerator.round(earlier)
        guard let change = round.retention[generator], change.value != nil else { return nil }
        let measured = "\(DuelDetector.round(round.round)) on \(generator): \(change.text)"
        return switch change.sign {
        case .above: "\(measured), improved\(tentative)"
        case .below: "\(measured), forgotten\(tentative)"
        case .undecided:
          change.interval == nil
            ? "\(measured), without an interval" : "\(measured), not significant"
        }
      }
    }
  }

  /// Which differences between generators and controls are significant.
  var costs: String {
    let known = results.roundResults.flatMap { round in round.costs.map { (round.round, $0) } }
    guard known.contains(where: { $0.1.change.interval != nil }) else {
      return "There is one test pair: the cost of evasion has no interval."
    }
    let clear = known.filter { $0.1.change.sign != .undecided }.map { round, cost in
      "round \(round), \(cost.name): \(NumberText.fixed(cost.generator, 3)) instead of "
        + "\(NumberText.fixed(cost.control, 3)), a change of \(cost.change.text)"
    }
    return clear.isEmpty
      ? "No change is significant; with few pairs, only large changes can be."
      : "Significant changes: \(clear.joined(separator: "; "))."
  }

  /// ROC AUC of the evaded detector after re-encoding.
  var reencoded: [String] {
    results.roundResults.compactMap { round in
      let previous = DuelDetector.round(round.round - 1)
      guard
        let generator = results.reencodedMetric(.round(round.round), previous),
        generator.value != nil,
        let control = results.reencodedMetric(.control(round.round), previous)
      else { return nil }
      return "Round \(round.round), re-encoded: ROC AUC of \(previous) is \(generator.text) on the "
        + "generator (\(round.previousAUC?.text ?? "–") before re-encoding) and \(control.text) on the "
        + "control"
    }
  }

  /// What the metrics do not show.
  var limitations: [String] {
    let repetitions = results.repetitions
    let others =
      results.isNamed
      ? "each with a new split of the same pairs: repetitions are not independent, and the intervals "
        + "are too narrow"
      : "each with other identities and another seed"
    let confidence =
      repetitions == 1
      ? "There is one repetition. Intervals cover the clips of \(testPeople) test identities, not the "
        + "choice of identities or the random seed. Use --repetitions 3 or more to cover these."
      : "Confidence intervals are Student's t over \(repetitions) repetitions, \(others)."
    return [
      confidence,
      costLimits,
      "All fakes except the reference's are swaps of one architecture "
        + "(\(results.recipe.generator.model.rawValue)). A detector that recovers here may miss the swaps of "
        + "other programs.",
      fidelity,
      "A control starts from the previous round's generator, from round 3 on one that was itself trained "
        + "against a detector. Evasion and cost are therefore what one round adds, at equal training "
        + "length. Evasion is of one detector; the column 'reference' shows how far it transfers to a "
        + "detector that the generator was not trained against.",
      "The adversary's gradient passes through mean color transfer, resizing and mask. Rounding, JPEG and "
        + "the other color transfers have no gradient; they are applied when the test samples are made.",
      "The swap models of test identities are trained on those identities. Detectors, thresholds and "
        + "calibrations are fitted without them.",
      "Synthetic identities vary less than real ones, and rendering omits much of what a camera does.",
    ]
  }
}

extension VerdictText {
  /// What the number of test pairs says about costs.
  private var costLimits: String {
    let pairs = results.recipe.pairs.test * results.repetitions
    return pairs == 1
      ? "The cost of evasion is that of one test pair, without an interval."
      : "Costs are means over \(pairs) test pairs with Student's t intervals: two or three pairs reveal only "
        + "large costs."
  }

  /// How far adversarial swaps may move from the initial weights' swaps.
  private var fidelity: String {
    let generator = results.recipe.generator
    return generator.adversaryFidelity > 0 && !generator.reinitialize
      ? "The fidelity loss keeps swaps close to those of the previous round's generator "
        + "(weight \(generator.adversaryFidelity)); a lower weight allows more evasion at lower quality."
      : "There is no fidelity loss: swaps that evade need not resemble a face. Check the sample sheet."
  }
}

extension DuelResults {
  /// The result of each round, a sentence or two each.
  public var verdicts: [String] {
    let text = VerdictText(results: self)
    return text.rounds + (text.caveat.map { [$0] } ?? [])
  }
}
