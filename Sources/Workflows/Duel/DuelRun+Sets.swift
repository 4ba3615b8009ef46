import Engine
import Faces
import Foundation
import Generation
import Records

extension DuelRun {
  /// The recipes of a duel's labeled sets, as files that `dflab augment` takes.
  private func recipe(_ name: String) -> String { "\(folder.lab)/\(name).json" }

  /// Writes the recipes: of what detectors learn, of what they are tested on, and of the reference.
  func writeForgeries() throws {
    let recipe = state.settings.recipe
    var none = recipe.forgeries
    (none.swap, none.sbi, none.xray, none.warp, none.upsample, none.gan) = (0, 0, 0, 0, 0, 0)
    var (swaps, reference) = (none, none)
    swaps.swap = 1
    switch recipe.reference {
    case .swap, .gan: preconditionFailure("a reference without a model: \(recipe.reference)")
    case .sbi: reference.sbi = 1
    case .xray: reference.xray = 1
    case .warp: reference.warp = 1
    case .upsample: reference.upsample = 1
    }
    try WholeFile.write(try JSONText.pretty(recipe), to: self.recipe("recipe"))
    for (name, methods) in [
      ("learned", recipe.forgeries), ("tested", swaps), ("reference", reference),
    ] {
      var forgeries = AugmentRecipe()
      forgeries.methods = methods
      for chance in [
        \DegradationDraw.jpeg, \.h264, \.resize, \.blur, \.noise, \.color,
      ] { forgeries.degradations[keyPath: chance].probability *= recipe.degradation }
      try WholeFile.write(try JSONText.pretty(forgeries), to: self.recipe(name))
    }
  }

  /// Makes one split of a set: its people alone, all in this split.
  ///
  /// The test pictures of all rounds show the same faces with the same degradations, each forged by
  /// another generator, so that rounds can be compared picture by picture.
  func make(_ split: Split, _ forgers: DuelStep.Forgers, _ step: DuelStep) throws {
    let (names, cast, sizes) = (names(step), casts[step.repetition], state.settings.recipe.set)
    var request = AugmentRequest()
    request.name = names.part(step.round, split, forgers)
    (request.workspace, request.faces) = (workspace.path, cast.people(in: split))
    request.models =
      forgers == .reference
      ? []
      : cast[split].map { names.generator(step.round, $0, isControl: forgers == .controls) }
    request.recipe = recipe(
      forgers == .reference ? "reference" : split == .test ? "tested" : "learned")
    request.shares = DuelRun.all(in: split)
    (request.count, request.size) = (sizes[split], sizes.side)
    request.seed = seed(step, round: split == .test ? 0 : step.round, part: 10 + split.place)
    request.isAudited = false
    let report = report
    let outcome = try AugmentRun.make(request, interruption: interruption) { report(.augment($0)) }
    guard outcome.sheet != nil, !interruption.isAsked else { throw DuelInterrupted() }
  }

  /// Joins the splits of a set, with a part of what earlier rounds have learned from.
  func join(_ forgers: DuelStep.Forgers, _ step: DuelStep) throws {
    let names = names(step)
    var parts = Split.allCases.map { split in
      JoinedSet.Part(
        path: workspace.datasets(of: names.part(step.round, split, forgers)), share: 1)
    }
    if forgers == .generators {
      for round in (1..<step.round).reversed() {
        parts += [Split.training, .validation].map { split in
          JoinedSet.Part(
            path: workspace.datasets(of: names.part(round, split, forgers)),
            share: state.settings.replay)
        }
      }
    }
    try JoinedSet(parts).make(
      at: workspace.datasets(of: names.set(step.round, forgers)), in: workspace, interruption)
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
