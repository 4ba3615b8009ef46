/// Settings of training against a frozen adversary.
public struct AdversarySettings: Codable, Equatable, Sendable {
  /// The adversary's name, such as that of a detector's checkpoint.
  public var name: String
  /// The SHA-256 of its file.
  public var hash = ""
  /// The weight of the evasion loss in the generator's loss.
  public var weight: Float = 0.1
  /// Swaps per direction that it scores in a step.
  public var batch = 4
  /// The weight of the fidelity loss: the distance to the swaps of the initial weights.
  ///
  /// The fidelity loss is the mean absolute difference plus DSSIM; nil for none. Without it only
  /// the adversary constrains the swaps, and what evades a detector need not look like a face.
  public var fidelity: Float? = 1

  /// The default weights and number of swaps.
  public init(_ name: String) { self.name = name }
}

/// The trained weights that initialize training.
public struct SwapInitialization: Codable, Equatable, Sendable {
  /// The name of the model.
  public var name: String
  /// The SHA-256 of its file.
  public var hash = ""

  /// The weights of a model.
  public init(_ name: String) { self.name = name }
}
