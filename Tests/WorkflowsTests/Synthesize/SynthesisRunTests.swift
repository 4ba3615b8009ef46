import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Faces
@testable import Records
@testable import Synthesis
@testable import Workflows

@Suite struct SynthesisRunTests {
  private let folder: TemporaryFolder
  private var out: String { folder.path("out") }

  init() throws { folder = try TemporaryFolder() }

  @Test func aPersonBecomesAFaceSet() throws {
    let outcome = try make(people: 2, count: 20)
    #expect(outcome.people == ["\(out)/p001", "\(out)/p002"])
    #expect(outcome.rendered == 40 && outcome.pictures == 40)
    let faces = try FaceFolder(at: "\(out)/p002")
    #expect(faces.pictures.map(\.name).first == "000001.jpg")
    #expect(faces.pictures.count == 20 && faces.notes.isEmpty && faces.skipped.isEmpty)
    let line = try #require(faces.pictures[3].line)
    let scene = SceneSource(
      seed: 7, person: 1, kind: .portraits, poses: PoseRange(degrees: 30, 12, 8)
    ).scene(3)
    #expect(line.scene == scene && line.identity == "seed7-p002")
    #expect(line.frame == nil && line.source == nil)
    #expect(line.mask == "masks/000004.png" && line.depth == "depth/000004.png")
    for file in [line.mask, line.depth] {
      let image = try Image(reading: "\(out)/p002/\(try #require(file))")
      #expect(image.width == 64 && image.height == 64)
    }
    let sheet = try Image(reading: try #require(outcome.sheet))
    #expect(sheet.width > 8 * 128 && sheet.height > 2 * 128)
  }

  @Test func theFramesOfASequenceHaveTheirTimes() throws {
    try make(count: 3, sequence: true)
    let lines = try FaceSet(reading: "\(out)/p001").lines
    #expect(lines.map(\.frame) == [0, 1, 2])
    #expect(lines.map(\.time) == [0, 0.04, 0.08])
  }

  @Test func aClipIsRecordedWithItsSignals() throws {
    try make(count: 3, sequence: true)
    let clip = try #require(
      SynthesisClip.reading("p001", in: SynthesisFolder(path: out)))
    let source = SceneSource(
      seed: 7, person: 0, kind: .sequence, poses: PoseRange(degrees: 30, 12, 8))
    let truth = source.signals(frames: 3)
    #expect(clip.identity == "seed7-p001" && clip.pictures == "p001" && clip.video == nil)
    #expect(clip.rate == 25 && clip.frames == 3 && clip.size == 64)
    #expect(clip.blinks == truth.blinks && clip.sensor == truth.sensor)
    #expect(clip.pulse == truth.pulse && clip.pulse != nil)
    // More frames have more heartbeats.
    try make(count: 60, sequence: true)
    let longer = try #require(SynthesisClip.reading("p001", in: SynthesisFolder(path: out)))
    #expect(longer.frames == 60 && (longer.pulse?.beats.count ?? 0) > 1)
  }

  @Test func aVideoHasTheFramesOfItsPictures() throws {
    let outcome = try film(count: 12)
    #expect(outcome.videos == ["\(out)/p001.mp4"])
    let lines = try FaceSet(reading: "\(out)/p001").lines
    #expect(lines.map(\.file).first == "000001.png" && lines.count == 12)
    #expect(lines.map(\.time)[3] == 0.1)
    #expect(lines.allSatisfy { $0.scene?.camera.sensor?.camera == 4 && $0.scene?.pulse != nil })
    #expect(lines.allSatisfy { $0.scene?.camera.jpegQuality == nil })
    let reader = try VideoReader(reading: "\(out)/p001.mp4")
    #expect(reader.info.codec == "h264" && reader.info.frameRate?.value == 30)
    var number = 0
    while let frame = try reader.next() {
      let (seen, picture) = (
        try frame.picture(), try Image(reading: "\(out)/p001/\(lines[number].file)")
      )
      #expect(abs(frame.time - Double(number) / 30) < 1e-6)
      let error = zip(seen.pixels, picture.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(error) / Double(seen.pixels.count) < 6)
      number += 1
    }
    #expect(number == 12)
    let bytes = try Data(contentsOf: URL(filePath: "\(out)/p001.mp4"))
    #expect(bytes.range(of: Data("Rendered without a trained model".utf8)) != nil)
    #expect(bytes.range(of: Data("digitalsourcetype/algorithmicMedia".utf8)) != nil)
    try expectReport(in: out)
    let page = try String(contentsOfFile: "\(out)/report.md", encoding: .utf8)
    #expect(page.contains("one clip per identity at 30 fps") && page.contains("| p001.mp4 |"))
    #expect(page.contains("heartbeats per minute"))
  }

  @Test func aVideoIsTheSameHoweverItCameAbout() throws {
    try film(count: 30)
    let whole = try contents()
    // On one thread.
    try film(count: 30, isForced: true, threads: 1)
    #expect(try contents() == whole)
    // Interrupted in the video.
    try FileManager.default.removeItem(atPath: out)
    let interruption = Interruption()
    let half = try film(count: 30, interruption: interruption) { event in
      if case .encoding = event { interruption.press() }
    }
    #expect(half.videos.isEmpty && half.sheet == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(out)/p001.mp4"))
    try film(count: 30)
    #expect(try contents() == whole)
    // With fewer frames first.
    try FileManager.default.removeItem(atPath: out)
    try film(count: 20)
    try film(count: 30)
    #expect(try contents() == whole)
    var events: [SynthesisEvent] = []
    try film(count: 30) { events.append($0) }
    #expect(!events.contains(.encoding("p001.mp4")))
  }

  @discardableResult
  private func film(
    count: Int, isForced: Bool = false, threads: Int = 2,
    interruption: Interruption = Interruption(),
    report: @escaping (SynthesisEvent) -> Void = { _ in }
  ) throws -> SynthesisOutcome {
    var request = SynthesisRequest()
    (request.out, request.isForced, request.size, request.seed) = (out, isForced, 64, 7)
    (request.people, request.count, request.video, request.rate) = (1, count, true, 30)
    (request.masks, request.depth, request.camera) = (false, false, 4)
    return try ThreadPool.with(threads: threads) {
      try SynthesisRun.make(
        request, interruption: interruption, report: report, render: SynthesisRunTests.flat)
    }
  }

  @Test func strangersPeopleAreNotTakenAway() throws {
    try RunFolder.make("\(out)/p001")
    try Data("mine".utf8).write(to: URL(filePath: "\(out)/p001/face.txt"))
    var request = SynthesisRequest()
    (request.out, request.people, request.count, request.isForced) = (out, 1, 1, true)
    #expect(throws: WorkflowError.otherThings(path: out, name: "p001")) {
      _ = try SynthesisRun.make(request)
    }
    #expect(FileManager.default.fileExists(atPath: "\(out)/p001/face.txt"))
  }

  @Test func masksAndDepthMayBeLeftOut() throws {
    try make(count: 1, masks: false, depth: false)
    let line = try #require(try FaceSet(reading: "\(out)/p001").lines.first)
    #expect(line.mask == nil && line.depth == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(out)/p001/masks"))
  }

  @Test func everyPictureSaysThatAnAlgorithmMadeIt() throws {
    try make(count: 1)
    for name in ["000001.jpg", "masks/000001.png", "depth/000001.png", "../sheet.png"] {
      let bytes = try Data(contentsOf: URL(filePath: "\(out)/p001/\(name)"))
      #expect(bytes.range(of: Data("digitalsourcetype/algorithmicMedia".utf8)) != nil, "\(name)")
    }
  }

  @Test func aPageTellsWhoWasRenderedAndWhatWasDrawn() throws {
    let outcome = try make(people: 2, count: 5, sequence: true, depth: false)
    #expect(outcome.report == "\(out)/report.html")
    try expectReport(in: out)
    let page = try String(contentsOfFile: "\(out)/report.md", encoding: .utf8)
    let scenes = try (1...2).flatMap { try FaceSet(reading: "\(out)/p00\($0)").lines }
      .compactMap(\.scene)
    let yaws = scenes.map { Double($0.pose.yaw) * 180 / .pi }.sorted()
    let spread = [yaws[0], yaws[5], yaws[9]].map { MetricTables.number($0, 0) }
    #expect(page.contains("| yaw (degrees) | \(spread.joined(separator: " | ")) |"))
    let looks = scenes[5].identity
    #expect(
      page.contains("| p002 | 5 | \(MetricTables.number(Double(looks.age), 2)) |")
        && page.contains(" \(looks.hair.rawValue) | "))
    for words in [
      "10 pictures of 64×64 pixels, one clip per identity at 25 fps", "p001/masks",
      "![Sample pictures of the first identities",
      "dflab faces synthesize --people 2 --count 5 --seed 7 --shared-scenes 1 --out \(out)-repeat --sequence "
        + "--no-video --quality 18 --rate 25 --no-lossless "
        + "--yaw 30.0 --pitch 12.0 --roll 8.0 --size 64 --masks --no-depth",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains("p001/depth"))
  }

  @Test func whatIsNotWholeHasNoPage() throws {
    let interruption = Interruption()
    let half = try make(people: 2, count: 20, interruption: interruption) { event in
      if case .rendered(20, _) = event { interruption.press() }
    }
    #expect(half.report == nil && !FileManager.default.fileExists(atPath: "\(out)/report.html"))
    let refusal = RecordsError.nothingToReport(
      name: "out",
      reason: "its rendering is unfinished. Rerun 'dflab faces synthesize' to resume it")
    #expect(throws: refusal) { try RunReport(in: out) }
    // People who are rendered anew take the page of the old ones with them.
    try make(people: 2, count: 20)
    let another = Interruption()
    another.press()
    try make(count: 20, seed: 8, isForced: true, interruption: another)
    #expect(!FileManager.default.fileExists(atPath: "\(out)/report.html"))
  }

  @Test func threadsChangeNoBit() throws {
    try make(count: 9)
    let first = try contents()
    try FileManager.default.removeItem(atPath: out)
    try ThreadPool.with(threads: 1) { _ = try make(count: 9) }
    #expect(try contents() == first)
  }

  @Test func anInterruptedRunGoesOnAndEndsTheSame() throws {
    try make(people: 2, count: 20)
    let whole = try contents()
    try FileManager.default.removeItem(atPath: out)
    let interruption = Interruption()
    let half = try make(people: 2, count: 20, interruption: interruption) { event in
      if case .rendered(20, _) = event { interruption.press() }
    }
    #expect(half.rendered == 20 && half.sheet == nil)
    var events: [SynthesisEvent] = []
    try make(people: 2, count: 20) { events.append($0) }
    #expect(events.first == .started(folder: out, done: 20, of: 40))
    #expect(try contents() == whole)
  }

  @Test func whatAKillHasTornIsMadeWhole() throws {
    try make(count: 20)
    let whole = try contents()
    // Killed between a picture and its line, in the middle of a line; a mask got lost as well.
    let manifest = URL(filePath: "\(out)/p001/faces.jsonl")
    try Data(contentsOf: manifest).dropLast(900).write(to: manifest)
    try FileManager.default.removeItem(atPath: "\(out)/p001/masks/000002.png")
    try make(count: 20)
    #expect(try contents() == whole)
  }

  @Test func morePicturesLeaveTheOthersAsTheyAre() throws {
    try make(people: 1, count: 4)
    let few = try contents()
    try make(people: 2, count: 6)
    let many = try contents()
    for (name, bytes) in few where name.hasSuffix(".jpg") || name.hasSuffix("0001.png") {
      #expect(many[name] == bytes, "\(name)")
    }
    try FileManager.default.removeItem(atPath: out)
    try make(people: 2, count: 6)
    #expect(try contents() == many)
  }

  @Test func anotherRecipeIsRefusedUnlessForced() throws {
    try make(people: 2, count: 2, seed: 7)
    let before = try contents()
    #expect(throws: inTheWay("it was created with --seed 7, not 8")) { try make(count: 2, seed: 8) }
    #expect(throws: inTheWay("it was created with --people 2, more than 1")) {
      try make(people: 1, count: 2)
    }
    #expect(try contents() == before)
    try make(people: 1, count: 2, seed: 8, isForced: true)
    let people = try FileManager.default.contentsOfDirectory(atPath: out).filter {
      $0.hasPrefix("p")
    }
    #expect(people == ["p001"])
    #expect(try FaceSet(reading: "\(out)/p001").lines.first?.identity == "seed8-p001")
  }

  @Test func othersThingsAreNotTouched() throws {
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: "\(out)/notes.txt"))
    #expect(throws: inTheWay("it contains other files, such as 'notes.txt'")) { try make(count: 1) }
    try make(count: 1, isForced: true)
    #expect(try String(contentsOfFile: "\(out)/notes.txt", encoding: .utf8) == "mine")
    // Now it is ours, and the same command goes on.
    try make(count: 2)
  }

  @Test func aFileIsNoFolder() throws {
    try Data().write(to: URL(filePath: out))
    #expect(throws: RecordsError.unwritable(path: out, reason: "it is a file, not a folder")) {
      try make(count: 1)
    }
  }

  @Test func twoProcessesAreKeptApart() throws {
    try make(count: 1)
    let lock = try RunLock(at: "\(out)/.lock") { .folderInUse(path: out, process: $0) }
    let process = "number \(ProcessInfo.processInfo.processIdentifier)"
    #expect(throws: RecordsError.folderInUse(path: out, process: process)) { try make(count: 1) }
    withExtendedLifetime(lock) {}
  }

  @Test func aMillionIsRefusedWithWhatItWouldTake() throws {
    #expect(throws: WorkflowError.self) { try make(people: 1, count: 1_000_000) }
    do {
      try make(people: 999, count: .max)
      Issue.record("not refused")
    } catch let error as WorkflowError {
      #expect(error.description.contains("the maximum is 200000"))
    }
    #expect(!FileManager.default.fileExists(atPath: out))
    let need = SynthesisDiskSpace(1_000_000, of: SynthesisRecipe()).description
    #expect(need.contains("GB") && need.contains("14 hours"))
  }

  @Test func withoutAFolderTheWorkspaceIsTaken() throws {
    let workspace = try testWorkspace(in: folder)
    var request = SynthesisRequest()
    (request.workspace, request.count, request.size) = (workspace.path, 1, 64)
    let outcome = try SynthesisRun.make(request, render: SynthesisRunTests.flat)
    #expect(outcome.folder == "\(workspace.path)/Datasets/people")
    request.recipe = "demo"
    #expect(try request.folder(in: workspace) == "\(workspace.path)/Datasets/demo")
    #expect(throws: RecordsError.self) { try request.folder(in: nil) }
  }

  private func inTheWay(_ reason: String) -> WorkflowError {
    .folderInTheWay(path: out, reason: reason)
  }

  @discardableResult
  private func make(
    people: Int = 1, count: Int, seed: UInt64 = 7, sequence: Bool = false, masks: Bool = true,
    depth: Bool = true, isForced: Bool = false, interruption: Interruption = Interruption(),
    report: @escaping (SynthesisEvent) -> Void = { _ in }
  ) throws -> SynthesisOutcome {
    var request = SynthesisRequest()
    (request.out, request.isForced, request.size) = (out, isForced, 64)
    (request.people, request.count, request.seed) = (people, count, seed)
    (request.sequence, request.masks, request.depth) = (sequence, masks, depth)
    return try SynthesisRun.make(
      request, interruption: interruption, report: report, render: SynthesisRunTests.flat)
  }

  /// The files below the folder; all bytes count.
  private func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: out)
    where !name.hasPrefix(".") {
      contents[name] = FileManager.default.contents(atPath: "\(out)/\(name)")
    }
    return contents
  }

  /// A quick picture that depends on the scene.
  private static let flat: SynthesisRun.Render = { scene, side in
    let shade = UInt8(128 + scene.pose.yaw * 100)
    return Portrait(
      image: Image(width: side, height: side, filled: Color(shade, 90, 60)),
      landmarks: (0..<68).map {
        Landmark(position: SIMD2(Float($0), scene.pose.pitch), isVisible: true)
      },
      mask: [UInt8](repeating: shade, count: side * side),
      depth: [Float](repeating: 100, count: side * side))
  }
}
