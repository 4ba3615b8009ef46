import Foundation

/// One process's work on a run: it alone works in the run's folder, and the run is recorded.
///
/// A workflow opens a session once it knows the folder, decides under its lock what to resume, states
/// what the run is with `record`, and does its work within `perform`.
public final class RunSession {
  /// The request to end early.
  public let interruption: Interruption
  private let lock: RunLock?
  private var recording: Recording?
  private var begun = ContinuousClock.now

  /// Takes the lock of a run, whose lab folder is created where it is missing.
  public init(_ run: RunFolder, _ interruption: Interruption) throws(RecordsError) {
    try RunFolder.make(run.lab)
    lock = try RunLock(run)
    self.interruption = interruption
  }

  /// Takes the lock of a folder that a run writes, which is created where it is missing.
  public init(in folder: String, _ interruption: Interruption) throws(RecordsError) {
    try RunFolder.make(folder)
    lock = try RunLock(at: RunSession.lock(of: folder)) { .folderInUse(path: folder, process: $0) }
    self.interruption = interruption
  }

  /// A session without a lock of its own: another lock covers what it writes, or each file is whole at once.
  public init(unlocked interruption: Interruption) {
    lock = nil
    self.interruption = interruption
  }

  /// The file that the process at work in a folder holds locked.
  public static func lock(of folder: String) -> String { "\(folder)/.lock" }

  /// Begins the run's record, or that of a further session of it.
  ///
  /// - Parameters:
  ///   - command: the kind of the command, such as `swap`.
  ///   - home: the folder that holds the record; created where it is missing.
  ///   - workspace: nil where the run belongs to none.
  ///   - option: the option by which the command names what it makes.
  ///   - settings: all that decides what comes out.
  ///   - sources: files and folders that the run reads.
  ///   - places: files and folders that it writes.
  ///   - isAnew: whether what an earlier session has recorded is void.
  public func record(
    _ command: String, at home: @autoclosure () -> String, in workspace: Workspace?,
    option: String = "--name", settings: some Encodable, seed: UInt64? = nil,
    sources: [String] = [], places: [String], isAnew: Bool = false
  ) {
    recording = Recording(
      command, at: home(), in: workspace, option: option, settings: settings, seed: seed,
      sources: sources, places: places, isAnew: isAnew)
  }

  /// The folder of the record; nil where nothing is recorded.
  public var home: String? { recording?.home }

  /// Does the run's work, and records how it ended and which files it wrote.
  ///
  /// - Parameter made: files with a known origin; all others in the run's places are recorded too.
  public func perform<Result>(
    noting made: () throws -> [Artifact] = { [] }, _ body: () throws -> Result
  ) throws -> Result {
    begun = .now
    guard let recording else { return try body() }
    return try recording.around(interruption, noting: made, body)
  }

  /// Records files; those that are recorded already, or not there, are skipped.
  public func note(_ files: [Artifact]) { recording?.note(files) }

  /// Runs steps of this run: each is recorded with this one as its parent.
  public func steps<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let recording else { return try body() }
    return try recording.steps(body)
  }

  /// Seconds since the work began.
  public var seconds: Double { begun.duration(to: .now) / .seconds(1) }

  /// Adds this session to the timings of a folder; nothing is added for no work.
  ///
  /// - Parameters:
  ///   - done: pictures, frames or samples of this session.
  ///   - isAnew: whether the timings of earlier sessions are void.
  public func time(_ done: Int, in folder: String, isAnew: Bool = false) throws {
    let path = "\(folder)/\(SessionTiming.name)"
    if isAnew, FileKind.isThere(path) { try RunFolder.remove(path) }
    if done > 0 { try SessionTiming(seconds: seconds, done: done).note(in: folder) }
  }
}
