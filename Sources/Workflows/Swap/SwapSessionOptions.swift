public import Generation

/// Options of a session that do not change the weights.
public struct SwapSessionOptions: Codable, Equatable, Sendable {
  /// Steps between evaluations on held-out faces.
  public var evaluateEvery = 100
  /// Steps between updates of the preview and the curves, rounded to a multiple of `evaluateEvery`.
  public var previewEvery = 100
  /// Minutes between saves.
  public var saveEvery = 3.0
  /// Steps between lines of the log.
  public var logEvery = 10
  /// The amount of sharpening of the swapped pictures, 0…1 and more; 0 for none.
  public var sharpen: Float = 0
  /// The mask of the swapped faces; nil for the learned mask if there is one, or the ellipse.
  public var mask: MaskShape?
  /// The direction of swaps; nil, as in older runs, for both.
  public var direction: SwapDirection?
  /// Whether to write TensorBoard's file; nil, as in older runs, for no.
  public var hasBoard: Bool?
  /// Whether to skip the swaps of all pictures; nil, as in older runs, for no.
  public var skipsSwaps: Bool?
  /// Whether to skip ground truth; nil, as in older runs, for no.
  public var ignoresTruth: Bool?

  /// The defaults.
  public init() {}
}
