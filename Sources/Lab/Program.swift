/// The program.
public enum Program {
  /// The version, as settings and checkpoints record it.
  public static let version = "0.1.0"
}
