/// Options of a session that do not change the weights.
public struct SwapSessionOptions: Codable, Equatable, Sendable {
  /// Steps between evaluations on held-out faces.
  public var evaluateEvery = 100
  /// Steps between updates of the preview and the curves, rounded to a multiple of `evaluateEvery`; nil
  /// for `evaluateEvery`.
  public var previewEvery: Int?
  /// Minutes between saves.
  public var saveEvery = 3.0
  /// Steps between lines of the log.
  public var logEvery = 10
  /// The amount of sharpening of the swapped faces, 0 to 2; nil for as much as each picture's
  /// sharpness asks for.
  public var sharpen: Float?
  /// The direction of swaps; nil for both.
  public var direction: SwapDirection?
  /// Whether to write TensorBoard's file.
  public var hasBoard = false
  /// Whether to skip the swaps of all pictures.
  public var skipsSwaps = false
  /// Whether to skip ground truth.
  public var ignoresTruth = false

  /// The defaults.
  public init() {}
}
