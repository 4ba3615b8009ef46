import Detection
import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct MesoNetImportTests {
  static var madeUp: String {
    URL(filePath: #filePath).appending(path: "../../../DetectionTests/Golden/mesonet")
      .standardizedFileURL.path
  }

  @Test func eachModelOfTheFolderBecomesADetector() throws {
    let folder = try TemporaryFolder()
    for part in Workspace.parts {
      try FileManager.default.createDirectory(
        atPath: folder.path(part), withIntermediateDirectories: true)
    }
    let paths = try MesoNetImport.run(folder: Self.madeUp, name: "meso", workspace: folder.path)
    #expect(
      paths.map { $0.split(separator: "/").suffix(2).joined(separator: "/") } == [
        "meso-meso4-x/best.safetensors", "meso-mesoinception-x/best.safetensors",
      ])
    let detectors = try paths.map { try TrainedDetector(reading: $0) }
    #expect(detectors.map(\.detector.kind) == [.meso4, .mesoinception4])
    #expect(
      detectors.allSatisfy {
        $0.program == Program.name && $0.operatingPoint == OperatingPoint(threshold: 0.5)
      })
  }

  @Test func aNameThatLeadsElsewhereIsRefused() throws {
    let folder = try TemporaryFolder()
    let workspace = try testWorkspace(in: folder)
    #expect(throws: RecordsError.badRunName(name: "../x-meso4-x", reason: "it starts with '.'")) {
      try MesoNetImport.run(folder: Self.madeUp, name: "../x", workspace: workspace.path)
    }
    #expect(try RunFolder.names(in: "\(workspace.path)/Labs") == [])
  }
}
