import Foundation

/// A session: one process's exclusive, recorded work on a run.
///
/// A workflow opens a session once it knows the folder, decides under its lock what to resume,
/// describes the run with `record`, and does its work within `perform`.
public final class RunSession {
  /// The user's request to stop.
  public let interruption: Interruption
  private let lock: RunLock?
  /// The folder that this session created; nil if it existed.
  private let created: String?
  private var recording: Recording?
  private var begun = ContinuousClock.now

  /// Locks a run, creating its lab folder if needed.
  public init(_ run: RunFolder, _ interruption: Interruption) throws(RecordsError) {
    created = Workspace.isFolder(run.lab) ? nil : run.lab
    try RunFolder.make(run.lab)
    lock = try RunLock(run)
    self.interruption = interruption
  }

  /// Locks a folder that a run writes, creating it if needed.
  public init(in folder: String, _ interruption: Interruption) throws(RecordsError) {
    created = Workspace.isFolder(folder) ? nil : folder
    try RunFolder.make(folder)
    lock = try RunLock(at: RunSession.lock(of: folder)) { .folderInUse(path: folder, process: $0) }
    self.interruption = interruption
  }

  /// A session without a lock, for output that another lock covers or that is written atomically.
  public init(unlocked interruption: Interruption) {
    (lock, created) = (nil, nil)
    self.interruption = interruption
  }

  /// Removes a folder in which nothing was made but the lock.
  deinit {
    guard let created, (try? RunFolder.names(in: created))?.allSatisfy({ $0 == ".lock" }) == true
    else { return }
    try? RunFolder.remove(created)
  }

  /// The lock file of a folder.
  public static func lock(of folder: String) -> String { "\(folder)/.lock" }

  /// Starts the run's record, or that of another session of the run.
  ///
  /// - Parameters:
  ///   - request: what is carried out, with the values of earlier sessions; its paths are as the current
  ///     folder has them.
  ///   - home: the folder of the record; created if needed.
  ///   - workspace: nil if the run belongs to none.
  ///   - settings: all settings that determine the result.
  ///   - sources: the input files and folders.
  ///   - places: the output files and folders.
  ///   - startsOver: whether to discard the records of earlier sessions.
  public func record<Request: RunRequest>(
    _ request: Request, at home: @autoclosure () -> String, in workspace: Workspace?,
    settings: some Encodable, seed: UInt64? = nil, sources: [String] = [], places: [String],
    startsOver: Bool = false
  ) {
    recording = Recording(
      Request.command,
      as: { workspace in
        let request = request.recorded(in: workspace)
        return (try JSONTree(encoding: request), request.line)
      }, at: home(), in: workspace, settings: settings, seed: seed, sources: sources,
      places: places, startsOver: startsOver)
  }

  /// Starts the record of a step that has no command of its own, and cannot be repeated by itself.
  public func record(
    step command: String, at home: @autoclosure () -> String, in workspace: Workspace?,
    settings: some Encodable, sources: [String] = [], places: [String]
  ) {
    recording = Recording(
      command, as: { _ in nil }, at: home(), in: workspace, settings: settings, sources: sources,
      places: places)
  }

  /// The folder of the record; nil if the run is not recorded.
  public var home: String? { recording?.home }

  /// Does the run's work, and records its outcome and the files that it wrote.
  ///
  /// - Parameter made: files with a known origin; all other files in the run's places are recorded
  ///   too.
  public func perform<Result>(
    noting made: () throws -> [Artifact] = { [] }, _ body: () throws -> Result
  ) throws -> Result {
    begun = .now
    guard let recording else { return try body() }
    return try recording.around(interruption, noting: made, body)
  }

  /// Records files, except those already recorded or missing.
  public func note(_ files: [Artifact]) { recording?.note(files) }

  /// Runs steps of this run; each is recorded with this run as its parent.
  public func steps<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let recording else { return try body() }
    return try recording.steps(body)
  }

  /// Seconds since the work started.
  public var seconds: Double { begun.duration(to: .now) / .seconds(1) }

  /// Adds this session to the timings of a folder, unless nothing was done.
  ///
  /// - Parameters:
  ///   - done: pictures, frames or samples of this session.
  ///   - startsOver: whether to discard the timings of earlier sessions.
  public func time(_ done: Int, in folder: String, startsOver: Bool = false) throws {
    let path = "\(folder)/\(SessionTiming.name)"
    if startsOver, FileKind.isThere(path) { try RunFolder.remove(path) }
    if done > 0 { try SessionTiming(seconds: seconds, done: done).note(in: folder) }
  }
}
