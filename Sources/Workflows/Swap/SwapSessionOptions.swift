public import Generation

/// How a session goes about its work; nothing here changes the weights.
public struct SwapSessionOptions: Codable, Equatable, Sendable {
  /// Steps between evaluations on held-out faces.
  public var evaluateEvery = 100
  /// Steps between renewals of the preview and the curves; a multiple of `evaluateEvery` counts.
  public var previewEvery = 100
  /// Minutes between saves.
  public var saveEvery = 3.0
  /// Steps between lines of the log.
  public var logEvery = 10
  /// How much fine detail is raised in the swapped pictures, 0…1 and more; 0 for not at all.
  public var sharpen: Float = 0
  /// Where the swapped faces show; nil for the learned mask if there is one, or the ellipse.
  public var mask: MaskShape?
  /// Which swaps are made; nil, as older runs have it, for both.
  public var direction: SwapDirection?
  /// Whether TensorBoard's file is written, too; nil, as older runs have it, for no.
  public var hasBoard: Bool?
  /// Whether the swaps of all pictures are left out; nil, as older runs have it, for no.
  public var skipsSwaps: Bool?
  /// Whether swaps are not measured against the true ones; nil, as older runs have it, for no.
  public var ignoresTruth: Bool?

  /// What is usual.
  public init() {}
}
