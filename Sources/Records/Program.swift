/// The program.
public enum Program {
  /// The version, as settings and checkpoints record it.
  public static let version = "0.1.0"
  /// The name and the version, as pictures and checkpoints record who made them.
  public static let name = "dflab \(version)"
}
