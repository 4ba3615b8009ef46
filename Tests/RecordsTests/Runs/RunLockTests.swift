import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct RunLockTests {
  @Test func aSecondHolderIsRefusedUntilTheFirstIsGone() throws {
    let folder = try TemporaryFolder()
    let run = try testRun(in: folder)
    var first: RunLock? = try RunLock(run)
    let holder = "number \(ProcessInfo.processInfo.processIdentifier)"
    #expect(throws: RecordsError.runInUse(name: "r", process: holder)) { _ = try RunLock(run) }
    withExtendedLifetime(first) {}
    first = nil
    _ = try RunLock(run)
  }

  @Test func anotherProcessIsKeptOut() throws {
    let folder = try TemporaryFolder()
    let run = try testRun(in: folder)
    let lock = try RunLock(run)
    #expect(try status(ofLocking: run.lock) == 1)
    withExtendedLifetime(lock) {}
  }

  @Test func anotherProcessKeepsUsOut() throws {
    let folder = try TemporaryFolder()
    let run = try testRun(in: folder)
    let other = Process()
    other.executableURL = URL(filePath: "/usr/bin/flock")
    other.arguments = ["-n", run.lock, "-c", "echo; read line"]
    let (output, input) = (Pipe(), Pipe())
    other.standardOutput = output
    other.standardInput = input
    try other.run()
    // It has the lock as soon as it says something.
    _ = try output.fileHandleForReading.read(upToCount: 1)
    #expect(throws: RecordsError.runInUse(name: "r", process: "just started")) {
      _ = try RunLock(run)
    }
    try input.fileHandleForWriting.close()
    other.waitUntilExit()
  }

  private func status(ofLocking path: String) throws -> Int32 {
    let other = Process()
    other.executableURL = URL(filePath: "/usr/bin/flock")
    other.arguments = ["-n", path, "-c", "true"]
    try other.run()
    other.waitUntilExit()
    return other.terminationStatus
  }
}
