public import Engine

extension SwapTrainer {
  /// Judges the averaged weights on held-out faces, and takes note for `best` and the plateau rule.
  ///
  /// - Returns: the figures, and whether they are the best so far.
  public mutating func evaluate() -> (quality: SwapQuality, isBest: Bool) {
    let figures = withUsedWeights { $0.quality.figures(of: $0.model) }
    let isBest = figures.score > state.best?.quality.score ?? -.infinity
    if isBest {
      state.best = SwapBest(iteration: state.iteration, seconds: state.seconds, quality: figures)
    }
    state.plateau.note(figures.score)
    return (figures, isBest)
  }

  /// Runs `body` while the model holds the weights that are judged and used: the averaged ones.
  public mutating func withUsedWeights<Result>(_ body: (Self) throws -> Result) rethrows -> Result {
    average?.exchange()
    defer { average?.exchange() }
    return try body(self)
  }
}
