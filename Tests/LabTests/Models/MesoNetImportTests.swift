import Detection
import Foundation
import TestSupport
import Testing

@testable import Lab

@Suite struct MesoNetImportTests {
  private static var madeUp: String {
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
    #expect(detectors.allSatisfy { $0.program == Program.name && $0.threshold == 0.5 })
  }
}
