import Foundation

/// On whose behalf runs are recorded; where there is none, nothing is.
public struct RecordingContext: Sendable {
  /// The words of the command, without the program's name.
  let line: [String]
  /// The folder that it was called in.
  let folder: String
  /// The run that others are steps of, as `Labs/NAME`; nil for none.
  var parent: String?
  /// Is told, in a sentence, when a run cannot be recorded.
  public let warn: @Sendable (String) -> Void

  @TaskLocal static var current: RecordingContext?

  /// Records all runs inside of `body` as those of a command.
  ///
  /// - Parameters:
  ///   - line: the words of the command, without the program's name.
  ///   - warn: is told, in a sentence, when a run cannot be recorded; the run goes on.
  public static func record<Result>(
    _ line: [String], warn: @escaping @Sendable (String) -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    try $current.withValue(RecordingContext(line: line, warn: warn), operation: body)
  }

  /// The same for a body that waits.
  public static func record<Result>(
    _ line: [String], warn: @escaping @Sendable (String) -> Void,
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async rethrows -> Result {
    try await $current.withValue(RecordingContext(line: line, warn: warn), operation: body)
  }

  /// Records nothing of what `body` runs: it is a part of a run that is recorded as a whole.
  public static func unrecorded<Result>(_ body: () throws -> Result) rethrows -> Result {
    try $current.withValue(nil, operation: body)
  }

  private init(line: [String], warn: @escaping @Sendable (String) -> Void) {
    (self.line, self.warn) = (line, warn)
    folder = FileManager.default.currentDirectoryPath
  }
}
