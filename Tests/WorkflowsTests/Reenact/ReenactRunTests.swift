import Engine
import Faces
import Foundation
import Generation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Two short clips of rendered people, one of whom drives the other.
@Suite(.serialized) struct ReenactRunTests {
  private let folder: TemporaryFolder
  private let workspace: Workspace
  private let driver, target: String

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
    (driver, target) = (folder.path("driver.mp4"), folder.path("target.mp4"))
  }

  /// Writes a clip of four expressions in turn, with frames without a face.
  private func write(
    _ path: String, person: UInt64, frames: Int, rate: Int, without gap: Range<Int> = 0..<0
  ) throws {
    let portraits = ThreadPool.map(4) { number in
      var scene = Scene()
      scene.identity = Identity(randomness: RandomSource(seed: person))
      scene.expression.jawOpen = Float(number) / 4
      return scene.rendered(side: 192).image
    }
    let info = VideoInfo(width: 224, height: 208, frameRate: Rational(rate, 1))
    var encoding = VideoEncoding()
    encoding.isLossless = true
    let writer = try VideoWriter(path: path, encoding: encoding, of: info, mark: nil)
    for number in 0..<frames {
      var picture = Image(width: 224, height: 208, filled: Color(90, 110, 100))
      if !gap.contains(number) {
        picture.paste(portraits[number * 4 / frames], x: 8 + number % 8, y: 8)
      }
      try writer.write(VideoFrame(picture, timestamp: number, of: info))
    }
    try writer.finish()
  }

  private func request(_ name: String = "out.mp4") -> ReenactRequest {
    var request = ReenactRequest(driver: driver, target: target, output: folder.path(name))
    (request.workspace, request.iterations) = (workspace.path, 2)
    request.encoding.isLossless = true
    return request
  }

  private func make(
    _ request: ReenactRequest, _ interruption: Interruption = Interruption(),
    report: @escaping (ReenactEvent) -> Void = { _ in }
  ) throws -> ReenactOutcome {
    try RecordingContext.record(warn: { Issue.record("\($0)") }) {
      try ReenactRun.make(request, interruption: interruption, report: report)
    }
  }

  @Test func aSlowerAndShorterDriverIsFollowedByTime() throws {
    // 2.4 seconds at 10 per second, of which 0.4 have no face, against 3 seconds at 25.
    try write(driver, person: 21, frames: 24, rate: 10, without: 8..<12)
    try write(target, person: 22, frames: 75, rate: 25)
    let outcome = try make(request())
    #expect(outcome.isFinished && outcome.iteration == 2)
    #expect(outcome.frames == 60)
    let left = try #require(outcome.facesLeft[.undriven])
    #expect((5...10).contains(left), "\(left) frames without a driver")
    #expect(outcome.reenacted + left == 60)
    #expect(outcome.notes == ["The driver ends after 2.40 s, and so does the result."])
    #expect(outcome.model == "Checkpoints/target-by-driver/best.safetensors")

    // Only the face changes, and only while there is a driver.
    let (old, new) = (try VideoReader(reading: target), try VideoReader(reading: outcome.output))
    var changed = 0
    while let after = try new.next(), let before = try old.next() {
      let (before, after) = (try before.picture(), try after.picture())
      if before != after { changed += 1 }
      for x in 0..<224 { #expect(before[x: x, y: 2] == after[x: x, y: 2]) }
    }
    #expect(changed == outcome.reenacted)
    let bytes = try Data(contentsOf: URL(filePath: outcome.output))
    #expect(bytes.range(of: Data("/compositeWithTrainedAlgorithmicMedia".utf8)) != nil)

    let home = workspace.lab(of: "reenact-out")
    #expect(outcome.report == "\(home)/report.html")
    try expectReport(in: home)
    let page = try String(contentsOfFile: "\(home)/report.md", encoding: .utf8)
    #expect(page.contains("without a face in the driver at that time | \(left)"))

    // The second result of the pair needs no training, and is the same.
    var trained = false
    let again = try make(request("again.mp4")) { event in
      if case .swap(.stepped) = event { trained = true }
    }
    #expect(!trained && again.reenacted == outcome.reenacted && again.flicker == outcome.flicker)
  }

  @Test func anInterruptedTrainingGoesOn() throws {
    try write(driver, person: 21, frames: 24, rate: 25)
    try write(target, person: 22, frames: 24, rate: 25)
    let interruption = Interruption()
    let half = try make(request(), interruption) { event in
      if case .swap(.stepped) = event { interruption.press() }
    }
    #expect(!half.isFinished && half.iteration == 1 && half.report == nil)
    #expect(!FileManager.default.fileExists(atPath: half.output))
    let whole = try make(request())
    #expect(whole.isFinished && whole.iteration == 2 && whole.frames == 24)
    #expect(whole.notes.isEmpty)
  }

  @Test func whatCannotBeReenactedIsSaid() throws {
    try write(target, person: 22, frames: 16, rate: 25)
    var same = request()
    same.driver = target
    #expect(throws: WorkflowError.sameClip(path: target)) { try ReenactRun.make(same) }
    var over = request()
    (over.driver, over.output) = (folder.path("other.mp4"), target)
    #expect(throws: WorkflowError.sameFile(path: target)) { try ReenactRun.make(over) }
    let picture = folder.path("picture.png")
    try WholeFile.write(
      try Image(width: 9, height: 9, filled: Color(gray: 1)).encoded(as: .png, mark: nil),
      to: picture)
    var still = request()
    still.driver = picture
    #expect(throws: WorkflowError.noVideo(path: picture)) { try ReenactRun.make(still) }
    try write(driver, person: 21, frames: 16, rate: 25, without: 0..<16)
    #expect(throws: WorkflowError.noFaces(inputs: [driver], frames: 16, found: 0)) {
      try ReenactRun.make(request())
    }
    #expect(
      WorkflowError.sameClip(path: "x.mp4").description
        == "'x.mp4' is both driver and target. Give two different videos.")
    #expect(
      WorkflowError.nothingReenacted(path: "x.mp4", left: [.undriven: 3, .apart: 2]).description
        == "No face in 'x.mp4' can be reenacted: 2 turned too differently from the driver, 3 without a "
        + "face in the driver at that time. Nothing was written. Use another driver or target.")
  }

  @Test func theDriverIsInterpolatedBetweenItsFrames() {
    let points = [SIMD2<Float>](repeating: .zero, count: 68)
    func face(_ value: Float) -> DrivenFace { DrivenFace(code: [value], landmarks: points) }
    let clip = DrivingClip(
      [(0, face(0)), (0.1, face(1)), (0.2, face(2)), (0.9, face(9))], spacing: 0.1)
    #expect(clip.face(at: 0.1)?.code == [1])
    #expect(clip.face(at: 0.15).map { abs($0.code[0] - 1.5) < 1e-5 } == true)
    // A frame stands for as long as it is shown, and no longer.
    #expect(clip.face(at: 0.28)?.code == [2] && clip.face(at: 0.85)?.code == [9])
    #expect(clip.face(at: 0.5) == nil && clip.face(at: 2) == nil)
  }
}
