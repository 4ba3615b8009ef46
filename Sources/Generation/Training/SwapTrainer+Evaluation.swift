import Engine

extension SwapTrainer {
  /// Validates the averaged weights, which are the ones used, on held-out faces.
  ///
  /// - Parameters:
  ///   - isScheduled: whether the score counts for the plateau; evaluations caused by an
  ///     interruption must not change when training ends.
  ///   - truth: measures a model's swaps against ground truth; returns nil if it is unknown.
  public mutating func evaluate(
    isScheduled: Bool, truth: (SwapModel) -> GroundTruthQuality? = { _ in nil }
  ) -> BestCheckpoint {
    let result = withUsedWeights {
      BestCheckpoint(
        iteration: $0.state.iteration, seconds: $0.state.seconds, quality: $0.heldOutQuality,
        groundTruth: truth($0.model))
    }
    if isScheduled, let score = result.score(by: settings.selection) { state.plateau.note(score) }
    state.evaluated = state.iteration
    return result
  }

  /// Validates the current weights on held-out faces.
  public var heldOutQuality: SwapQuality { validator.metrics(of: model) }

  /// The reconstruction quality of each face in `SwapFaces.evaluated` with the current weights.
  public func heldOutQuality(_ side: Side) -> ImageQuality { validator.quality(of: model, side) }

  /// Runs `body` while the model has the weights that are validated and used.
  public mutating func withUsedWeights<Result>(_ body: (Self) throws -> Result) rethrows -> Result {
    average?.swap()
    defer { average?.swap() }
    return try body(self)
  }
}
