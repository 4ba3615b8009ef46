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
    #expect(try names(outcome.folder).allSatisfy { !$0.contains(".partial") })
    #expect(outcome.skipped.isEmpty && outcome.list == nil && outcome.withoutFaces == 0)
  }

  @Test func facesAreSpreadOverAVideoUnlessTheIntervalIsGiven() throws {
    try clip("real/a.mp4", person: 0)
    try clip("fake/b.mp4", person: 1)
    var spread = request()
    (spread.every, spread.maxFaces) = (nil, 4)
    let set = try LabeledDataset(reading: ImportRun.make(spread).folder)
    #expect(set.samples.map(\.frame) == [0, 3, 6, 9, 0, 3, 6, 9])
  }

  @Test func anyNumberOfThreadsGivesTheSameSet() throws {
    for person in 0..<3 {
      try clip("real/\(person).mp4", person: person)
      try picture("fake/p\(person)/1.png", person: person)
    }
    for threads in [1, 4] {
      _ = try ThreadPool.with(threads: threads) { try ImportRun.make(request("by-\(threads)")) }
    }
    for name in ["manifest.jsonl", "pictures/000001.jpg", "pictures/000009.jpg"] {
      let both = [1, 4].map {
        FileManager.default.contents(atPath: "\(workspace.datasets(of: "by-\($0)"))/\(name)")
      }
      #expect(both[0] != nil && both[0] == both[1], "\(name)")
    }
  }

  @Test func theFramesOfAFolderAreOneClip() throws {
    for frame in 0..<6 {
      try picture("original_sequences/youtube/c23/frames/000/\(frame * 10).png", person: 0)
      try picture("manipulated_sequences/Deepfakes/c23/frames/000_003/\(frame).png", person: 1)
    }
    var every = request()
    (every.every, every.maxFaces) = (nil, 3)
    let outcome = try ImportRun.make(every)
    #expect(outcome.files == 2 && outcome.faces == 6)
    let set = try LabeledDataset(reading: outcome.folder)
    #expect(set.samples.map(\.frame) == [0, 2, 4, 0, 20, 40])
    #expect(Set(set.samples.map(\.clips)) == [["ff000", "ff003"], ["ff000"]])
  }

  @Test func ofTwoPeopleTheForgedOneIsUnderTheMask() throws {
    let videos = "c23/videos"
    // The first person is larger, the second is forged.
    for path in [
      "original_sequences/youtube/\(videos)/000.mp4",
      "manipulated_sequences/FaceSwap/\(videos)/000_003.mp4",
      "original_sequences/youtube/\(videos)/003.mp4",
    ] {
      try video(path, width: 512) { picture, _ in
        picture.paste(scene(0).rendered(side: 256, isClean: false).image, x: 0, y: 0)
        picture.paste(scene(1).rendered(side: 216, isClean: false).image, x: 280, y: 16)
      }
    }
    try video("manipulated_sequences/FaceSwap/masks/videos/000_003.mp4", width: 256) { picture, _ in
      picture = Image(width: 256, height: 256, filled: Color(gray: 0))
      picture.paste(Image(width: 80, height: 90, filled: Color(gray: 255)), x: 154, y: 20)
    }
    let set = try LabeledDataset(reading: ImportRun.make(request()).folder)
    func likeness(_ method: String, _ clip: String) throws -> Double {
      let sample = try #require(
        set.samples.first { $0.method == method && $0.clips[0] == clip })
      let image = try Image(reading: set.path(of: sample))
      let faces = [0, 1].map { scene($0).rendered(side: 256, isClean: false) }
      let crops = try faces.map { face in
        try Thumbnail(
          of: face.image, landmarks: #require(FaceFinder().find(in: face.image).first).landmarks)
      }
      let own = Thumbnail(of: image, landmarks: try #require(sample.landmarks))
      return own.likeness(to: crops[1]) - own.likeness(to: crops[0])
    }
    #expect(try likeness("faceswap", "ff000") > 0.1)
    // The original is cut where its forgery is.
    #expect(try likeness("real", "ff000") > 0.1)
    // Without a mask, the largest face counts.
    #expect(try likeness("real", "ff003") < -0.1)
  }

  @Test func brokenFilesAreCountedAndNamed() throws {
    try clip("real/a.mp4", person: 0)
    try clip("fake/b.mp4", person: 1)
    try picture("fake/c/1.png", person: 2)
    let whole = try Data(contentsOf: URL(filePath: "\(data)/real/a.mp4"))
    let png = try Data(contentsOf: URL(filePath: "\(data)/fake/c/1.png"))
    for (name, bytes) in [
      ("real/cut.mp4", whole.prefix(whole.count / 2)), ("real/empty.mp4", Data()),
      ("fake/half.png", png.prefix(png.count / 2)), ("fake/text.mp4", Data("no video".utf8)),
      ("real/d.mp4.part", whole),
    ] {
      try Data(bytes).write(to: URL(filePath: "\(data)/\(name)"))
    }
    try WholeFile.write(
      try Image(width: 128, height: 128, filled: Color(gray: 90)).encoded(as: .png, mark: nil),
      to: "\(data)/fake/wall.png")
    var notes: [String] = []
    let outcome = try ImportRun.make(request()) {
      if case .noted(let note) = $0 { notes.append(note) }
    }
    #expect(outcome.isFinished && outcome.faces == 5)
    #expect(
      outcome.skipped == [
        "damaged": 2, "empty": 1, "truncated": 1, "no_face": 1, "unfinished": 1,
      ])
    #expect(outcome.withoutFaces == 1)
    let list = try String(contentsOfFile: "\(outcome.folder)/skipped.csv", encoding: .utf8)
    #expect(
      list == """
        path,reason
        "fake/half.png",truncated
        "fake/text.mp4",damaged
        "fake/wall.png",no_face
        "real/cut.mp4",damaged
        "real/d.mp4.part",unfinished
        "real/empty.mp4",empty

        """)
    #expect(notes.contains("Skipping 'real/d.mp4.part': unfinished downloads."))
    #expect(notes.contains("Skipping 'real/empty.mp4': empty (0 bytes)."))
    // The report has them, too.
    _ = try RunReport(writing: outcome.folder, workspace: workspace.path)
    let page = try String(contentsOfFile: "\(outcome.folder)/report.md", encoding: .utf8)
    #expect(page.contains("| damaged or not a picture or video | 2 |"))
  }

  @Test func aTruncatedVideoGivesTheFacesBeforeItsEnd() throws {
    try clip("real/a.mp4", person: 0)
    try clip("fake/b.mp4", person: 1)
    let portrait = scene(2).rendered(side: 224, isClean: false).image
    var chance = RandomSource(seed: 1)
    // Noise, so that each frame takes as much of the file.
    try video("real/cut.mp4", width: 256, frames: 40) { picture, _ in
      picture.paste(portrait, x: 16, y: 0)
      let noise = (0..<256 * 32 * 3).map { _ in UInt8.random(in: 0...255, using: &chance) }
      picture.paste(Image(width: 256, height: 32, pixels: noise), x: 0, y: 224)
    }
    let whole = try Data(contentsOf: URL(filePath: "\(data)/real/cut.mp4"))
    try whole.prefix(whole.count / 2).write(to: URL(filePath: "\(data)/real/cut.mp4"))
    var notes: [String] = []
    var all = request()
    all.maxFaces = 32
    let outcome = try ImportRun.make(all) {
      if case .noted(let note) = $0 { notes.append(note) }
    }
    #expect(outcome.truncated == 1 && outcome.skipped.isEmpty)
    #expect(notes == ["'real/cut.mp4' is truncated; using the frames before its end."])
  }

  @Test func aClassWithoutAnyFaceIsSaid() throws {
    try picture("real/a/1.png", person: 0)
    try RunFolder.make("\(data)/fake")
    try WholeFile.write(
      try Image(width: 128, height: 128, filled: Color(gray: 90)).encoded(as: .png, mark: nil),
      to: "\(data)/fake/1.png")
    let list = workspace.datasets(of: "set") + "/skipped.csv"
    #expect(
      throws: WorkflowError.oneClassImported(path: data, missing: "fake", files: 1, list: list)
    ) { _ = try ImportRun.make(request()) }
    #expect(FileManager.default.fileExists(atPath: list))
  }

  @Test func interruptedItGoesOnToTheSameSet() throws {
    for person in 0..<3 {
      try picture("real/p\(person)/1.png", person: person)
      try clip("fake/p\(person)/1.mp4", person: person)
    }
    _ = try ImportRun.make(request("whole"))
    let interruption = Interruption()
    let half = try ImportRun.make(request("broken"), batch: 1, interruption: interruption) {
      event in
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
    #expect(outcome.faces == 2 && notes == ["Skipping 'real/c/1.png': without a face."])
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
    let portrait = scene(person).rendered(side: 224, isClean: false).image
    try video(path, width: 256) { picture, number in
      picture.paste(portrait, x: 16 + number, y: 16)
    }
  }

  private func video(
    _ path: String, width: Int, frames: Int = 12, _ draw: (inout Image, Int) throws -> Void
  ) throws {
    try make(path)
    let info = VideoInfo(width: width, height: 256, frameRate: Rational(25, 1))
    let writer = try VideoWriter(
      path: "\(data)/\(path)", encoding: VideoEncoding(), of: info, mark: nil)
    for number in 0..<frames {
      var picture = Image(width: width, height: 256, filled: Color(90, 110, 100))
      try draw(&picture, number)
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
