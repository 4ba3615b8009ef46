import Engine

/// What the program computes with.
public enum Computing {
  /// Computes with so many threads from now on.
  public static func use(threads: Int) { Team.threads = threads }
}
