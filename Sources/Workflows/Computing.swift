import Engine

/// The computing resources of the program.
public enum Computing {
  /// Sets the number of threads.
  public static func use(threads: Int) { ThreadPool.threads = threads }

  /// Runs `body` on this thread only, in parallel with the thread pool.
  static func alone<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try ThreadPool.with(threads: 1) { Swift.Result { () throws(Failure) in try body() } }.get()
  }
}
