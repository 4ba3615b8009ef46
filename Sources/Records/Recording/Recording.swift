import Foundation

/// What a run leaves behind about itself: `run.json`, a signed ledger, and rows of the registry.
///
/// Trouble with any of these costs a run nothing: it is said in a sentence, and the run goes on
/// unrecorded. Without a workspace, or without a command on whose behalf it runs, nothing is recorded.
public final class Recording {
  private let context: RecordingContext?
  private var book: RunRecorder?
  private var said: Set<String> = []

  /// Begins the record of a run, or of a further session of it.
  ///
  /// - Parameters:
  ///   - command: the kind of the command, such as `swap`.
  ///   - home: the folder that holds the record; made where it is missing.
  ///   - workspace: nil where the run belongs to none.
  ///   - option: how the command is told what to call what it makes.
  ///   - settings: all that decides what comes out.
  ///   - sources: files and folders that it is made from.
  ///   - places: files and folders that it makes.
  ///   - isAnew: whether what an earlier session has noted is void.
  public init(
    _ command: String, at home: @autoclosure () -> String, in workspace: Workspace?,
    option: String = "--name", settings: some Encodable, seed: UInt64? = nil,
    sources: [String] = [], places: [String], isAnew: Bool = false
  ) {
    context = RecordingContext.current
    guard let context, let workspace else { return }
    let home = home()
    attempt("Cannot record this run") {
      let record = RunRecord(
        command: command, line: context.line, folder: context.folder, option: option,
        settings: try JSONDecoder().decode(JSONTree.self, from: JSONEncoder().encode(settings)),
        seed: seed, machine: Machine.description, sources: sources.map(workspace.relative),
        places: places.map(workspace.relative), parent: context.parent)
      book = try RunRecorder(record, at: home, in: workspace, isAnew: isAnew)
    }
    renewRegistry()
  }

  /// The folder of the record; nil where nothing is recorded.
  public var home: String? { book?.home }

  // What was refused after the record was begun.
  deinit { if book != nil { close(.failed, nil) } }

  /// Does the run's work, and notes how it ended, what it made, and whose signature stands below.
  ///
  /// - Parameter made: files of which more is known than that they are there; all others in the run's
  ///   places are noted too.
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

  /// Notes files that were made; those that are noted or not there are left out.
  public func note(_ files: [Artifact]) {
    attempt("Cannot write the ledger of this run") { try book?.note(files) }
  }

  /// Runs steps of this run: each is recorded with this one as its parent.
  public func steps<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let book, var inner = context else { return try body() }
    inner.parent = book.name
    return try RecordingContext.$current.withValue(inner, operation: body)
  }

  private func end(_ end: RunEnd, _ reason: String? = nil, noting made: () throws -> [Artifact]) {
    guard let book else { return }
    attempt("Cannot write the ledger of this run") {
      try book.note(try made())
      try book.noteRest()
    }
    close(end, reason)
    renewRegistry()
    self.book = nil
  }

  private func close(_ end: RunEnd, _ reason: String?) {
    attempt("Cannot sign the ledger of this run") { try book?.sign() }
    attempt("Cannot record the end of this run") { try book?.close(end, reason) }
  }

  private func renewRegistry() {
    guard let book else { return }
    attempt(nil) { try Registry(in: book.workspace).renew(only: book.names) }
  }

  /// Tries what must not cost the run anything.
  private func attempt(_ loss: String?, _ body: () throws -> Void) {
    do {
      try body()
    } catch {
      let sentence = loss.map { "\($0): \(error)" } ?? "\(error)"
      if said.insert(sentence).inserted { context?.warn(sentence) }
    }
  }
}
