import Engine

/// What the program computes with.
public enum Computing {
  /// Computes with so many threads from now on.
  public static func use(threads: Int) { ThreadPool.threads = threads }

  /// Runs `body` on this thread alone, beside whatever the thread pool does.
  static func alone<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try ThreadPool.with(threads: 1) { Swift.Result { () throws(Failure) in try body() } }.get()
  }
}
