/// How an adversary takes part in a training.
public struct AdversarySettings: Codable, Equatable, Sendable {
  /// What it is called, such as the name of a detector's model.
  public var name: String
  /// What its weights add up to: the SHA-256 of its file.
  public var hash = ""
  /// The share of its output in the generator's loss.
  public var weight: Float = 0.1
  /// Swaps in each direction that it is shown in a step.
  public var faces = 4
  /// What it weighs that swaps stay what the weights that training began with make of the same faces.
  ///
  /// It is the share of the mean absolute difference and of DSSIM to these; nil for nothing. Without it
  /// nothing holds a swap but the adversary, and what pleases a detector need not look like a face.
  public var fidelity: Float? = 1

  /// The usual shares and number of swaps.
  public init(_ name: String) { self.name = name }
}

/// The trained weights that a training begins with.
public struct SwapInitialization: Codable, Equatable, Sendable {
  /// The model that they are from.
  public var name: String
  /// The SHA-256 of its file.
  public var hash = ""

  /// The weights of a model.
  public init(_ name: String) { self.name = name }
}
