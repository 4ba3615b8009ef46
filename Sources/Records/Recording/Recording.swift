import Engine
import Foundation

/// A run's own record: `run.json`, a signed ledger, and rows of the registry.
///
/// Failures do not affect the run: they cause a warning, and the run continues unrecorded. Without
/// a workspace or a recording context, nothing is recorded.
public final class Recording {
  private let context: RecordingContext?
  private var recorder: RunRecorder?
  private var said: Set<String> = []

  /// Starts the record of a run, or of another session of it.
  ///
  /// - Parameters:
  ///   - command: the kind of the command, such as `swap`.
  ///   - request: the request and its command line, for a workspace; nil for a step without one.
  ///   - home: the folder of the record, created if necessary.
  ///   - workspace: nil if the run belongs to none.
  ///   - settings: all settings that determine the result.
  ///   - sources: the input files and folders.
  ///   - places: the output files and folders.
  ///   - startsOver: whether earlier entries are void.
  public init(
    _ command: String,
    as request: (Workspace) throws -> (tree: JSONTree, line: [String])? = { _ in nil },
    at home: @autoclosure () -> String, in workspace: Workspace?, settings: some Encodable,
    seed: UInt64? = nil, sources: [String] = [], places: [String], startsOver: Bool = false
  ) {
    context = RecordingContext.current
    guard let context, let workspace else { return }
    let home = home()
    attempt("Cannot record this run") {
      let request = try request(workspace)
      let record = RunRecord(
        command: command, request: request?.tree, line: request?.line ?? [],
        threads: ThreadPool.threads, settings: try JSONTree(encoding: settings),
        seed: seed, machine: Machine.description, sources: sources.map(workspace.relative),
        places: places.map(workspace.relative), parent: context.parent)
      recorder = try RunRecorder(record, at: home, in: workspace, startsOver: startsOver)
    }
    renewRegistry()
  }

  /// The folder of the record; nil if nothing is recorded.
  public var home: String? { recorder?.home }

  // An error after the record was started.
  deinit { if recorder != nil { close(.failed, nil) } }

  /// Does the run's work, and records its outcome and artifacts, signed.
  ///
  /// - Parameter made: artifacts with known origins; all other files in the run's places are
  ///   recorded too.
  public func around<Result>(
    _ interruption: Interruption, noting made: () throws -> [Artifact] = { [] },
    _ body: () throws -> Result
  ) throws -> Result {
    do {
      let result = try body()
      end(interruption.isAsked ? .interrupted : .done, noting: made)
      return result
    } catch {
      end(.failed, "\(error)", noting: made)
      throw error
    }
  }

  /// Records artifacts, except missing and already recorded ones.
  public func note(_ files: [Artifact]) {
    attempt("Cannot write the ledger of this run") { try recorder?.note(files) }
  }

  /// Runs steps of this run, recorded with this one as their parent.
  public func steps<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let recorder, var inner = context else { return try body() }
    inner.parent = recorder.name
    return try RecordingContext.$current.withValue(inner, operation: body)
  }

  private func end(_ end: RunEnd, _ reason: String? = nil, noting made: () throws -> [Artifact]) {
    guard let recorder else { return }
    attempt("Cannot write the ledger of this run") {
      try recorder.note(try made())
      try recorder.noteRest()
    }
    close(end, reason)
    renewRegistry()
    self.recorder = nil
  }

  private func close(_ end: RunEnd, _ reason: String?) {
    attempt("Cannot sign the ledger of this run") { try recorder?.sign() }
    attempt("Cannot record the end of this run") { try recorder?.close(end, reason) }
  }

  private func renewRegistry() {
    guard let recorder else { return }
    attempt(nil) { try Registry(in: recorder.workspace).renew(only: recorder.names) }
  }

  /// Tries an action whose failure must not affect the run.
  private func attempt(_ loss: String?, _ body: () throws -> Void) {
    do {
      try body()
    } catch {
      let sentence = loss.map { "\($0): \(error)" } ?? "\(error)"
      if said.insert(sentence).inserted { context?.warn(sentence) }
    }
  }
}
