import CModels

/// A trained model that the program carries with it, so that it is at hand in every workspace.
///
/// The files are those that the repository keeps in `Checkpoints`, under the same names.
public enum CarriedModel: String, CaseIterable, Sendable {
  /// A swap model of the two synthetic people of the recipe `demo`.
  case demo
  /// A detector that has learned forgeries of many synthetic people, for trainings to begin with.
  case base = "base-efficientnet-b0"

  /// Its safetensors file.
  public var bytes: [UInt8] {
    var count = 0
    let start =
      switch self {
      case .demo: unsafe dflab_model_demo(&count)
      case .base: unsafe dflab_model_base(&count)
      }
    return unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }
}
