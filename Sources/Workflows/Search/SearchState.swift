import Search

/// What earlier phases of a search have found.
struct SearchState {
  /// The best values so far, by parameter, and those that the recipe fixes.
  private(set) var values: [String: SearchValue]
  /// The distributions of earlier phases, by parameter; the widest ones.
  private(set) var space: SearchSpace = [:]
  /// The importance of each in its phase.
  private(set) var importances: [String: Double] = [:]
  private(set) var phases: [SearchResults.Phase] = []

  init(recipe: SearchRecipe) { values = recipe.fixed }

  /// Takes in what a phase has found.
  ///
  /// - Parameter isNarrowed: whether the phase searched parts of earlier ranges.
  mutating func add(
    _ phase: SearchResults.Phase, best: SearchTrial, in space: SearchSpace, isNarrowed: Bool
  ) {
    values.merge(best.values) { $1 }
    self.space.merge(space) { isNarrowed ? $0 : $1 }
    if !isNarrowed { importances.merge(phase.importances) { $1 } }
    phases.append(phase)
  }

  /// The most important parameters so far, in narrower ranges around their best values.
  func narrowed(_ narrowing: SearchPhase.Narrowing) -> SearchSpace {
    let numeric = space.filter { name, distribution in
      if case .categorical = distribution { false } else { !distribution.isSingle }
    }
    let ranked = numeric.sorted { one, other in
      let (a, b) = (importances[one.key] ?? 0, importances[other.key] ?? 0)
      return a == b ? one.key < other.key : a > b
    }
    return ranked.prefix(narrowing.count).reduce(into: [:]) { narrow, parameter in
      guard let center = values[parameter.key].flatMap(parameter.value.number) else { return }
      narrow[parameter.key] = parameter.value.narrowed(around: center, share: narrowing.share)
    }
  }
}
