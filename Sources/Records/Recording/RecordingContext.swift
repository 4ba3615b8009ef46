/// Marks work whose runs are recorded; outside of it, nothing is.
public struct RecordingContext: Sendable {
  /// The parent run of steps, as `Labs/NAME`; nil for none.
  var parent: String?
  /// Receives a warning if a run cannot be recorded; a sentence.
  public let warn: @Sendable (String) -> Void

  @TaskLocal static var current: RecordingContext?

  /// Records all runs inside `body`.
  ///
  /// - Parameter warn: receives a warning if a run cannot be recorded; the run continues.
  public static func record<Result>(
    warn: @escaping @Sendable (String) -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    try $current.withValue(RecordingContext(warn: warn), operation: body)
  }

  /// The same for an asynchronous body.
  public static func record<Result>(
    warn: @escaping @Sendable (String) -> Void,
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async rethrows -> Result {
    try await $current.withValue(RecordingContext(warn: warn), operation: body)
  }

  /// Records nothing inside `body`, because it is part of a run that is recorded as a whole.
  public static func unrecorded<Result>(_ body: () throws -> Result) rethrows -> Result {
    try $current.withValue(nil, operation: body)
  }
}
