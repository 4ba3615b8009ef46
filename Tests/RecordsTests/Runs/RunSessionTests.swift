import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct RunSessionTests {
  @Test func oneProcessWorksOnARun() throws {
    let folder = try TemporaryFolder()
    let run = RunFolder(try RunName("r"), in: try testWorkspace(in: folder))
    let holder = "number \(ProcessInfo.processInfo.processIdentifier)"
    var first: RunSession? = try RunSession(run, Interruption())
    #expect(FileManager.default.fileExists(atPath: run.lock))
    #expect(throws: RecordsError.runInUse(name: "r", process: holder)) {
      _ = try RunSession(run, Interruption())
    }
    #expect(throws: RecordsError.folderInUse(path: run.lab, process: holder)) {
      _ = try RunSession(in: run.lab, Interruption())
    }
    #expect(try first?.perform { 7 } == 7, "work without a record")
    first = nil
    _ = try RunSession(run, Interruption())
  }

  @Test func aSessionThatMadeNothingLeavesNoFolder() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("set")
    var session: RunSession? = try RunSession(in: path, Interruption())
    #expect(try session?.perform { Workspace.isFolder(path) } == true)
    session = nil
    #expect(!FileKind.isThere(path))
    session = try RunSession(in: path, Interruption())
    try Data().write(to: URL(filePath: "\(path)/made"))
    session = nil
    #expect(FileKind.isThere("\(path)/made"))
    try FileManager.default.removeItem(atPath: "\(path)/made")
    session = try RunSession(in: path, Interruption())
    session = nil
    #expect(Workspace.isFolder(path), "the folder was there before")
  }

  @Test func sessionsAreTimedUnlessNothingWasDone() throws {
    let folder = try TemporaryFolder()
    let session = try RunSession(in: folder.path("set"), Interruption())
    for done in [3, 0, 4] { try session.perform { try session.time(done, in: folder.path("set")) } }
    #expect(SessionTiming.all(in: folder.path("set")).map(\.done) == [3, 4])
    try session.time(5, in: folder.path("set"), startsOver: true)
    #expect(SessionTiming.all(in: folder.path("set")).map(\.done) == [5])
  }

  @Test func anEventIsALineOfJSON() throws {
    #expect(try Event.idle.json == #"{"event":"idle"}"#)
    #expect(try Event.made(3, of: 4).json == #"{"event":"made","of":4,"value":3}"#)
    #expect(try Event.pair("a", .nan).json == #"{"event":"pair","value":"a","value2":"nan"}"#)
    #expect(
      try Outer.step(.made(1, of: 2)).json
        == #"{"event":"step","value":{"event":"made","of":2,"value":1}}"#)
  }

  private enum Event: RunEvent {
    case idle
    case made(Int, of: Int)
    case pair(String, Double)
  }

  private enum Outer: RunEvent {
    case step(Event)

    var passedOn: (any RunEvent)? {
      switch self {
      case .step(let event): event
      }
    }
  }
}
