import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct FaceSetTests {
  @Test func aManifestComesBackAsWritten() throws {
    let folder = try TemporaryFolder()
    let lines = ["000002.jpg", "000001.jpg"].map(FaceEntry.full)
    for line in lines { try folder.write([1], as: line.file) }
    try FaceSet.write(lines, to: folder.path)
    let set = try FaceSet(reading: folder.path)
    #expect(set.lines == lines)
    #expect(set.skipped.isEmpty)
  }

  @Test func aMissingPictureIsSkippedByName() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], as: "b.jpg")
    try FaceSet.write([.full("a.jpg"), .full("b.jpg")], to: folder.path)
    let set = try FaceSet(reading: folder.path)
    #expect(set.lines.map(\.file) == ["b.jpg"])
    #expect(set.skipped.map(\.description) == ["'a.jpg' is not in the folder"])
  }

  @Test(arguments: [
    ("{", "invalid JSON"),
    ("[]", "not a JSON object"),
    ("{}", "'file' is missing"),
    (#"{"file":5}"#, "'file' has the wrong type"),
    (#"{"file":"../x.jpg"}"#, "'file' must be the name of a picture in the folder"),
    (#"{"file":"x.jpg"}"#, "'landmarks' is missing"),
    (#"{"file":"x.jpg","landmarks":[[1,2]]}"#, "it has 1 landmarks, not 68"),
    (
      #"{"file":"x.jpg","landmarks":[[1,"y"]]}"#,
      "'landmarks.0.1' has the wrong type"
    ),
    (
      #"{"file":"x.jpg","landmarks":[[1e99,2]]}"#, "invalid JSON"
    ),
  ])
  func aBrokenLineIsNamed(line: String, reason: String) throws {
    try expect(line, isRefusedFor: reason)
  }

  @Test(arguments: [
    (#""mask":"/etc/passwd""#, "'mask' must be a path inside the folder"),
    (#""depth":"a/../../b.png""#, "'depth' must be a path inside the folder"),
    (#""box":[1,2,3]"#, "'box' must hold 4 numbers"),
    (#""box":[1,2,0,5]"#, "'box' is empty: [x, y, width, height]"),
    (#""matrix":[1,2,3]"#, "'matrix' must hold 6 numbers"),
    (#""matrix":[1,2,3,2,4,6]"#, "'matrix' has no inverse"),
    (#""pose":[0]"#, "'pose' must hold 3 numbers"),
    (#""visible":[true]"#, "'visible' must say true or false for each landmark"),
    (#""scene":{"pose":5}"#, "'scene.identity' is missing"),
  ])
  func whatDoesNotFitIsNamed(field: String, reason: String) throws {
    let text = String(
      decoding: try FaceEntry(file: "x.jpg", landmarks: .diagonal).json, as: UTF8.self)
    try expect(text.dropLast(2) + "," + field + "}", isRefusedFor: reason)
  }

  @Test func scenesBeyondAllPicturesAreRefused() throws {
    let faults: [(inout Scene) -> Void] = [
      { $0.camera.jpegQuality = 0 }, { $0.camera.jpegQuality = 101 }, { $0.camera.distance = 1 },
      { $0.camera.zoom = 0 }, { $0.camera.blur = 1e4 }, { $0.identity.noseLength = 1e20 },
      { $0.expression.jawOpen = -1e9 }, { $0.pose.yaw = 100 }, { $0.light.exposure = 1e30 },
      { $0.backdrop.color.x = 1e5 }, { $0.camera.sensor?.pattern = 1 },
      { $0.camera.sensor?.lines = -1 }, { $0.pulse?.phase = 2 }, { $0.pulse?.period = 0 },
      { $0.pulse?.strength = 1 },
    ]
    for fault in faults {
      var scene = Scene()
      (scene.pulse, scene.camera.sensor) = (Pulse(), Sensor(camera: 1))
      fault(&scene)
      var line = FaceEntry.full("x.jpg")
      line.scene = scene
      try expect(line, isRefusedFor: "'scene' has an invalid number")
    }
  }

  @Test func nestingIsBounded() throws {
    let deep = #"{"file":"# + String(repeating: "[", count: 60_000)
    try expect(deep, isRefusedFor: "invalid JSON")
  }

  @Test func longLinesAreRefusedUnread() throws {
    try expect(
      String(repeating: "x", count: FaceEntry.longestLine + 1),
      isRefusedFor: "it is longer than 65536 bytes")
  }

  @Test func onePictureHasOneLine() throws {
    let line = String(decoding: try FaceEntry.full("a.jpg").json, as: UTF8.self)
    try expect("\n" + line + line, isRefusedFor: "it names the same picture as line 2", at: 3)
  }

  @Test func aTornLastLineIsLeftOut() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], as: "a.jpg")
    let whole = try FaceEntry.full("a.jpg").json
    try folder.write(whole + whole.prefix(200), as: FaceSet.manifestName)
    #expect(try FaceSet(reading: folder.path).lines == [.full("a.jpg")])
    // A line that only lacks its end is whole.
    try folder.write(whole.dropLast(), as: FaceSet.manifestName)
    #expect(try FaceSet(reading: folder.path).lines == [.full("a.jpg")])
  }

  @Test func aFolderIsNoManifest() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("faces.jsonl")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(throws: FacesError.unreadableManifest(path: path, reason: "is a directory")) {
      _ = try FaceSet(reading: folder.path)
    }
  }

  private func expect(_ line: FaceEntry, isRefusedFor reason: String) throws {
    try expect(String(decoding: try line.json.dropLast(), as: UTF8.self), isRefusedFor: reason)
  }

  private func expect(
    _ text: some StringProtocol, isRefusedFor reason: String, at line: Int = 1
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(text.utf8) + [0x0A], as: FaceSet.manifestName)
    #expect(
      throws: FacesError.brokenManifest(
        path: folder.path("faces.jsonl"), line: line, reason: reason)
    ) {
      _ = try FaceSet(reading: folder.path)
    }
  }
}
