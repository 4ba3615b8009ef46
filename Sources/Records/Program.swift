/// The program.
public enum Program {
  /// The version recorded in settings and checkpoints.
  public static let version = "0.1.0"
  /// The name and version recorded in pictures and checkpoints.
  public static let name = "dflab \(version)"
}
