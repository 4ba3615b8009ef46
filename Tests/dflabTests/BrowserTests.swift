import Foundation
import TestSupport
import Testing

/// The server from outside: the whole way of a new user in a real browser, and attacks.
struct BrowserTests {
  @Test(
    .enabled(
      if: TestPython.hasBrowser,
      "needs Chromium, and the Python packages playwright and axe-playwright-python"),
    .timeLimit(.minutes(30)))
  func aNewUserFindsTheWay() throws {
    try expectAllWell("walk.py", [])
  }

  @Test(.enabled(if: TestPython.isThere, "needs Python"), .timeLimit(.minutes(15)))
  func noRequestEndsTheServerOrReachesOut() throws {
    try expectAllWell("attack.py", ["2000"])
  }

  @Test(.enabled(if: TestPython.isThere, "needs Python"), .timeLimit(.minutes(10)))
  func onlyWhatMayBeDownloadedIs() throws {
    try expectAllWell("fetch.py", [])
  }

  @Test(
    .enabled(
      if: TestPython.hasBrowser && TestPython.hasDownloader,
      "needs Chromium, and the Python packages playwright, axe-playwright-python and yt-dlp"),
    .timeLimit(.minutes(15)))
  func videosOfPagesAreScored() throws {
    try expectAllWell("pages.py", [])
  }

  @Test(.enabled(if: TestPython.isThere, "needs Python"), .timeLimit(.minutes(15)))
  func pagesOfAGrownWorkspaceAreQuick() throws {
    // Small, and with patience: the numbers of a large one are measured by hand.
    try expectAllWell("growth.py", ["200", "2000", "2000"])
  }

  /// Runs a script beside this file with the program and a folder to work in.
  private func expectAllWell(_ name: String, _ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Browser/\(name)")
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "dflab")
    let text = try String(contentsOf: script, encoding: .utf8)
    let output = try TestPython.run(
      text, [program.path(percentEncoded: false), "\(folder.path)/lab"] + arguments)
    #expect(String(decoding: output, as: UTF8.self).contains("Everything is as it should be"))
  }
}
