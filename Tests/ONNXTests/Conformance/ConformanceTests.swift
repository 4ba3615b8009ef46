import Foundation
import TestSupport
import Testing

@testable import ONNX

struct ConformanceTests {
  /// The tests that pass; the number may only grow, and stands in the README.
  static let passing = 1464

  /// The folder that holds Package.swift.
  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test(.enabled(if: TestPython.hasONNX, "no onnx in Python: DFLAB_PYTHON names one that has it"))
  func onnxOwnNodeTestsPassOrAreRefusedByName() throws {
    let folder = try TemporaryFolder()
    let script = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "export.py"), encoding: .utf8)
    _ = try TestPython.run(script, [folder.path])
    let place = URL(filePath: folder.path)
    let tests = try NodeTest.all(in: place)
    #expect(tests.count > 1800)
    var passed = 0
    for test in tests {
      switch test.outcome(in: place) {
      case .passed: passed += 1
      case .refused: break
      case .failed(let reason): Issue.record("\(test.name): \(reason)")
      }
    }
    #expect(passed >= ConformanceTests.passing, "\(passed) of \(tests.count) pass")
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains("\(ConformanceTests.passing) of ONNX's \(tests.count) node tests"))
  }
}
