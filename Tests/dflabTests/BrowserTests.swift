import Foundation
import TestSupport
import Testing

/// The whole way of a new user, in a real browser.
struct BrowserTests {
  @Test(
    .enabled(
      if: TestPython.hasBrowser,
      "needs Chromium, and the Python packages playwright and axe-playwright-python"),
    .timeLimit(.minutes(15)))
  func aNewUserFindsTheWay() throws {
    let folder = try TemporaryFolder()
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Browser/walk.py")
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "dflab")
    let text = try String(contentsOf: script, encoding: .utf8)
    let output = try TestPython.run(
      text, [program.path(percentEncoded: false), "\(folder.path)/lab"])
    #expect(String(decoding: output, as: UTF8.self).contains("Everything is as it should be"))
  }
}
