import Faces
import Generation
import Records

extension DuelRun {
  /// Makes one split of a set: its people alone, all in this split.
  ///
  /// The test pictures of all rounds show the same faces with the same degradations, each forged by
  /// another generator, so that rounds can be compared picture by picture.
  func make(_ split: Split, of generator: DuelGenerator, _ step: DuelStep) throws {
    let (names, participants, sizes) = (
      names(step), allParticipants[step.repetition], state.settings.recipe.samples
    )
    var request = AugmentRequest()
    request.name = names.part(generator, split)
    (request.workspace, request.faces) = (workspace.path, participants.people(in: split))
    request.models =
      generator == .reference ? [] : participants[split].map { names.model(generator, $0) }
    let recipe = state.settings.recipe
    request.mixture =
      generator == .reference
      ? recipe.referenceMixture : split == .test ? recipe.testMixture : recipe.trainingMixture
    request.shares = DuelRun.all(in: split)
    (request.count, request.size) = (sizes[split], sizes.size)
    request.seed = seed(step, round: split == .test ? 0 : step.round, part: 10 + split.place)
    request.isAudited = false
    let report = report
    let outcome = try AugmentRun.make(request, interruption: interruption) { report(.augment($0)) }
    guard outcome.sheet != nil, !interruption.isAsked else { throw DuelInterrupted() }
  }

  /// Joins the splits of a set, with a part of what earlier rounds have learned from.
  func join(_ detector: DuelDetector, _ step: DuelStep) throws {
    let names = names(step)
    let generator = detector == .reference ? DuelGenerator.reference : .round(step.round)
    var parts = Split.allCases.map { split in
      JoinedSet.Part(
        path: workspace.datasets(of: names.part(generator, split)), share: 1)
    }
    if detector != .reference {
      for round in (1..<step.round).reversed() {
        parts += [Split.training, .validation].map { split in
          JoinedSet.Part(
            path: workspace.datasets(of: names.part(.round(round), split)),
            share: state.settings.replay)
        }
      }
    }
    try JoinedSet(parts).make(
      at: workspace.datasets(of: names.set(detector)), in: workspace, interruption)
  }

  private static func all(in split: Split) -> SplitRatios {
    let text = Split.allCases.map { $0 == split ? "100" : "0" }.joined(separator: "/")
    guard let shares = SplitRatios(text) else { preconditionFailure("no shares '\(text)'") }
    return shares
  }
}

extension Split {
  /// Its place among all.
  var place: Int { Split.allCases.firstIndex(of: self) ?? 0 }
}
