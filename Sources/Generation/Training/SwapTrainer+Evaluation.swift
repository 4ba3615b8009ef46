import Engine

extension SwapTrainer {
  /// Judges the weights that are used, which are the averaged ones, on held-out faces.
  ///
  /// - Parameters:
  ///   - isScheduled: whether the plateau rule takes note of the score; evaluations that an
  ///     interruption brings about must not change when a training ends.
  ///   - truth: judges a model's swaps by the true ones; gives nil where these are not known.
  public mutating func evaluate(
    isScheduled: Bool, truth: (SwapModel) -> GroundTruthQuality? = { _ in nil }
  ) -> BestCheckpoint {
    let result = withUsedWeights {
      BestCheckpoint(
        iteration: $0.state.iteration, seconds: $0.state.seconds, quality: $0.heldOutQuality,
        truth: truth($0.model))
    }
    if isScheduled, let score = result.score(by: settings.selection) { state.plateau.note(score) }
    state.examined = state.iteration
    return result
  }

  /// Judges the weights at hand on held-out faces.
  public var heldOutQuality: SwapQuality { examination.figures(of: model) }

  /// How well the weights at hand reconstruct each held-out face of `SwapFaces.examined`.
  public func heldOutQuality(_ side: Side) -> ImageQuality { examination.quality(of: model, side) }

  /// Runs `body` while the model holds the weights that are judged and used.
  public mutating func withUsedWeights<Result>(_ body: (Self) throws -> Result) rethrows -> Result {
    average?.swap()
    defer { average?.swap() }
    return try body(self)
  }
}
