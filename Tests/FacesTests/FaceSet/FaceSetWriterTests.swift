import Foundation
import TestSupport
import Testing

@testable import Faces

@Suite struct FaceSetWriterTests {
  @Test func aKilledRunGoesOn() throws {
    let folder = try TemporaryFolder()
    let lines = (1...4).map { FaceEntry.full("\($0).jpg") }
    for line in lines { try folder.write([1], as: line.file) }
    try FaceSetWriter(in: folder.path).append(Array(lines[..<2]))
    let manifest = folder.path(FaceSet.manifestName)
    let whole = try Data(contentsOf: URL(filePath: manifest))
    try (whole + Data(try lines[2].json.prefix(300))).write(to: URL(filePath: manifest))

    let writer = try FaceSetWriter(in: folder.path)
    #expect(writer.earlier == Array(lines[..<2]))
    #expect(try Data(contentsOf: URL(filePath: manifest)) == whole)
    try writer.append([lines[2]])
    try writer.append([lines[3]])
    #expect(try FaceSet(reading: folder.path).lines == lines)
  }

  @Test func aLineThatLacksItsEndGetsIt() throws {
    let folder = try TemporaryFolder()
    try folder.write(try FaceEntry.full("a.jpg").json.dropLast(), as: FaceSet.manifestName)
    try FaceSetWriter(in: folder.path).append([.full("b.jpg")])
    #expect(try FaceSetWriter(in: folder.path).earlier.map(\.file) == ["a.jpg", "b.jpg"])
  }

  @Test func aBrokenLineInTheMiddleIsNeverWrittenOver() throws {
    let folder = try TemporaryFolder()
    let bytes = Array("{}\n".utf8) + (try FaceEntry.full("a.jpg").json)
    try folder.write(bytes, as: FaceSet.manifestName)
    #expect(throws: FacesError.self) { _ = try FaceSetWriter(in: folder.path) }
    #expect(
      try Data(contentsOf: URL(filePath: folder.path(FaceSet.manifestName))) == Data(bytes))
  }

  @Test func aFolderThatIsNotThereIsSaid() {
    #expect(
      throws: FacesError.unwritableManifest(
        path: "/no/such/faces.jsonl", reason: "the file doesn’t exist")
    ) { _ = try FaceSetWriter(in: "/no/such") }
  }
}
