import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Trees in the shape of public data sets, of rendered people.
@Suite(.serialized) struct ImportRunTests {
  private let folder: TemporaryFolder
  private let workspace: Workspace
  private let data: String

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
    data = folder.path("data")
  }

  @Test func videosBecomeALabeledSetWithTheSameStepsForBothClasses() throws {
    try clip("original_sequences/youtube/c23/videos/000.mp4", person: 0)
    try clip("original_sequences/youtube/c23/videos/003.mp4", person: 1)
    try clip("manipulated_sequences/Deepfakes/c23/videos/000_003.mp4", person: 0)
    let before = try names(data)
    let outcome = try ImportRun.make(request())
    #expect(outcome.isFinished && outcome.done == 3 && outcome.faces == 6)
    let set = try LabeledDataset(reading: outcome.folder)
    #expect(
      set.samples.map(\.method) == ["deepfakes", "deepfakes", "real", "real", "real", "real"])
    #expect(set.samples[0].identities == ["ff000", "ff003"] && set.samples[0].frame == 0)
    #expect(set.samples.map(\.frame) == [0, 5, 0, 5, 0, 5])
    #expect(Set(set.samples.map(\.split)) == [.test])
    let shapes = try set.samples.map {
      FileShape(of: [UInt8](try Data(contentsOf: URL(filePath: set.path(of: $0)))))
    }
    #expect(shapes.allSatisfy { $0.width == 256 && $0.tables == shapes[0].tables })
    #expect(Set(shapes.map(\.metadata)).count == 1)
    #expect(try names(data) == before, "the data set was written to")
    #expect(try !names(outcome.folder).contains { $0.hasPrefix(".work") })
  }

  @Test func interruptedItGoesOnToTheSameSet() throws {
    for person in 0..<3 {
      try picture("real/p\(person)/1.png", person: person)
      try clip("fake/p\(person)/1.mp4", person: person)
    }
    _ = try ImportRun.make(request("whole"))
    let interruption = Interruption()
    let half = try ImportRun.make(request("broken"), interruption: interruption) { event in
      if case .advanced = event { interruption.press() }
    }
    #expect(!half.isFinished && half.sheet == nil && half.done == 1)
    // Killed between the pictures of a file and the note on it.
    let manifest = URL(filePath: workspace.datasets(of: "broken") + "/manifest.jsonl")
    let text = try Data(contentsOf: manifest)
    try (text + text.prefix(50)).write(to: manifest)
    var events: [ImportEvent] = []
    _ = try ImportRun.make(request("broken")) { events.append($0) }
    #expect(
      events.first
        == .started(
          folder: workspace.datasets(of: "broken"), layout: "folders 'real' and 'fake'", done: 1,
          of: 6))
    for name in ["manifest.jsonl", "sheet.png", "pictures/000003.jpg"] {
      let both = ["whole", "broken"].map {
        FileManager.default.contents(atPath: "\(workspace.datasets(of: $0))/\(name)")
      }
      #expect(both[0] != nil)
      if name != "sheet.png" { #expect(both[0] == both[1], "\(name)") }
    }
  }

  @Test func aFileWithoutAFaceIsNamed() throws {
    try picture("real/a/1.png", person: 0)
    try picture("fake/b/1.png", person: 1)
    try RunFolder.make("\(data)/real/c")
    try WholeFile.write(
      try Image(width: 128, height: 128, filled: Color(gray: 90)).encoded(as: .png, mark: nil),
      to: "\(data)/real/c/1.png")
    var notes: [String] = []
    let outcome = try ImportRun.make(request()) {
      if case .noted(let note) = $0 { notes.append(note) }
    }
    #expect(outcome.faces == 2 && notes == ["No face found in 'real/c/1.png'."])
  }

  @Test func aSetWithoutAnyFaceIsSaid() throws {
    for name in ["real/a", "fake/b"] {
      try RunFolder.make("\(data)/\(name)")
      try WholeFile.write(
        try Image(width: 128, height: 128, filled: Color(gray: 90)).encoded(as: .png, mark: nil),
        to: "\(data)/\(name)/1.png")
    }
    #expect(throws: WorkflowError.nothingImported(path: data, files: 2)) {
      _ = try ImportRun.make(request())
    }
  }

  @Test func anotherDataSetUnderTheNameIsRefused() throws {
    try picture("real/a/1.png", person: 0)
    try picture("fake/b/1.png", person: 1)
    _ = try ImportRun.make(request())
    var other = request()
    other.seed = 5
    #expect(
      throws: WorkflowError.importInTheWay(
        path: workspace.datasets(of: "set"),
        reason: "it has another source folder or other settings (see import.json)")
    ) { try ImportRun.make(other) }
  }

  @Test func splitsThatLeakAreRefusedBeforeAnythingIsDone() throws {
    for path in [
      "train/real/a_1.png", "train/fake/b_1.png", "test/real/a_2.png", "test/fake/c_1.png",
    ] {
      try picture(path, person: 0)
    }
    #expect(throws: FacesError.self) { try ImportRun.make(request()) }
    #expect(!FileManager.default.fileExists(atPath: workspace.datasets(of: "set")))
  }

  private func request(_ name: String = "set") -> ImportRequest {
    var request = ImportRequest(folder: data, name: name)
    (request.workspace, request.every, request.maxFaces) = (workspace.path, 5, 2)
    request.shares = SplitRatios("0/0/100") ?? .usual
    return request
  }

  private func scene(_ person: Int) -> Scene {
    SceneSource(seed: 3, person: person, kind: .portraits, poses: PoseRange(degrees: 5, 3, 2))
      .scene(0)
  }

  private func picture(_ path: String, person: Int) throws {
    try make(path)
    let image = scene(person).rendered(side: 256, isClean: false).image
    try WholeFile.write(try image.encoded(as: .png, mark: nil), to: "\(data)/\(path)")
  }

  private func clip(_ path: String, person: Int) throws {
    try make(path)
    let portrait = scene(person).rendered(side: 224, isClean: false).image
    let info = VideoInfo(width: 256, height: 256, frameRate: Rational(25, 1))
    let writer = try VideoWriter(
      path: "\(data)/\(path)", encoding: VideoEncoding(), of: info, mark: nil)
    for number in 0..<12 {
      var picture = Image(width: 256, height: 256, filled: Color(90, 110, 100))
      picture.paste(portrait, x: 16 + number, y: 16)
      try writer.write(VideoFrame(picture, timestamp: number, of: info))
    }
    try writer.finish()
  }

  private func make(_ path: String) throws {
    try RunFolder.make(("\(data)/\(path)" as NSString).deletingLastPathComponent)
  }

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }
}
