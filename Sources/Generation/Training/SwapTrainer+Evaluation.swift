import Engine

extension SwapTrainer {
  /// Judges the weights that are used, which are the averaged ones, on held-out faces.
  ///
  /// - Parameter isScheduled: whether the plateau rule takes note of the score; evaluations that
  ///   an interruption brings about must not change when a training ends.
  public mutating func evaluate(isScheduled: Bool) -> SwapQuality {
    let figures = withUsedWeights { $0.examination.figures(of: $0.model) }
    if isScheduled { state.plateau.note(figures.score) }
    state.examined = state.iteration
    return figures
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
