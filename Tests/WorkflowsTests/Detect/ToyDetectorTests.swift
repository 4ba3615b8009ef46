import Detection
import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// A detector in one file: fakes flicker more from frame to frame than reals.
private struct FlickerDetector: Detector {
  /// What lies midway between real and fake clips, in gray levels.
  let middle: Float

  let kind = DetectorKind("flicker")
  let requirements = DetectorRequirements(frames: 4)

  func scores(ofSufficient clips: [FaceClip]) -> [DetectorScore] {
    clips.map { .clip(FlickerDetector.flicker(of: $0) - Double(middle)) }
  }

  func evidence(on clip: FaceClip) throws(DetectionError) -> [DetectorEvidence] {
    guard requirements.lack(of: clip) == nil else { return [] }
    return [.clip(FlickerEvidence(flicker: FlickerDetector.flicker(of: clip)))]
  }

  func checkpoint() -> Checkpoint {
    Checkpoint(tensors: [("middle", Tensor(shape: [1], values: [middle]))])
  }

  /// The mean change of a pixel between successive frames.
  static func flicker(of clip: FaceClip) -> Double {
    let changes = zip(clip.frames, clip.frames.dropFirst()).map { first, second in
      let sum = zip(first.crop.pixels, second.crop.pixels).reduce(0) {
        $0 + abs(Int($1.0) - Int($1.1))
      }
      return Double(sum) / Double(first.crop.pixels.count)
    }
    return changes.reduce(0, +) / Double(changes.count)
  }
}

/// What the toy measured.
private struct FlickerEvidence: ClipEvidence {
  let flicker: Double

  let title = "Flicker"
  func sentence(of who: String) -> String { "Flicker: \(who) changes by some gray levels." }
  var measurements: [EvidenceMeasurement] { [EvidenceMeasurement("gray levels", flicker)] }
  let caption = "One bar."
  func drawn() throws(MediaError) -> Image {
    try BarChart(title: title, bars: [BarChart.Bar("flicker", flicker)]).drawn()
  }
}

/// A detector of single frames that says how bright they are.
private struct BrightnessDetector: FrameDetector {
  let kind = DetectorKind("brightness")
  func logits(of faces: [Image]) -> [Double] { faces.map { Double($0.pixels[0]) / 100 } }
  func checkpoint() -> Checkpoint { Checkpoint(tensors: []) }
}

@Suite struct FaceScoringTests {
  @Test func aScoreOfASingleFrameStandsForThoseThatAreLeftOut() throws {
    let model = StoredDetector(
      name: "brightness", path: "", trained: TrainedDetector(BrightnessDetector()))
    var scoring = FaceScoring(
      models: [model], ensemble: .mean, of: .video("video.mp4"), thinning: 3)
    let seen = (0..<8).map { number in
      var frame = FaceClip.Frame(
        crop: Image(width: 256, height: 256, filled: Color(gray: UInt8(20 * number))))
      (frame.number, frame.time) = (number, Double(number) / 25)
      // The last is another person's.
      return FaceClip([frame], rate: 25, track: number < 7 ? 0 : 1)
    }
    try scoring.add(Array(seen[..<5]))
    try scoring.add(Array(seen[5...]))
    try scoring.finish()
    let scored = [0, 0, 0, 3, 3, 3, 6, 7].map { 1 / (1 + exp(-0.2 * Double($0))) }
    for (face, score) in zip(scoring.faces, scored) {
      #expect(abs((face.scores[0] ?? 0) - score) < 1e-9)
    }
  }
}

extension DetectorDefinition {
  /// The toy in the registry.
  fileprivate static let flicker = DetectorDefinition(
    DetectorKind("flicker"), summary: "The mean change between successive frames.",
    load: { file throws(DetectionError) in
      guard let middle = try? file.tensor("middle", shape: [1]).values[0] else {
        throw .unusableDetector(path: file.path, reason: "it has no 'middle'")
      }
      return FlickerDetector(middle: middle)
    },
    train: { context, _ in
      try context.report(.started(iteration: 0))
      let clips = context.training
      func mean(_ label: Label) -> Double {
        let own = (0..<clips.count).filter {
          clips.labels[$0] == label && clips.lengths[$0] >= 4
        }
        let values = own.map { FlickerDetector.flicker(of: clips[$0]) }
        return values.reduce(0, +) / Double(values.count)
      }
      try context.keep(FlickerDetector(middle: Float((mean(.real) + mean(.fake)) / 2)))
    })
}

/// Scores files, and tells of each verdict.
private func infer(
  _ request: InferenceRequest, knowing registry: DetectorRegistry = .standard,
  _ body: (FileVerdict, Explanation?) throws -> Void
) throws {
  try FileInference.run(request, knowing: registry) {
    if case .scored(let verdict, let explanation, _) = $0 { try body(verdict, explanation) }
  }
}

/// A detector of clips goes the ways of all others: trained, saved, loaded, scored, evaluated.
@Suite struct ToyDetectorTests {
  private let registry = DetectorRegistry.standard.adding(.flicker)
  private let shop: StripedWorkshop
  private let flicker = DetectorKind("flicker")

  init() throws {
    shop = try StripedWorkshop()
    try shop.addClips()
  }

  private var request: DetectRequest {
    var request = shop.request
    request.detectors = [flicker, .spectrum]
    return request
  }

  @Test func aToyIsTrainedSavedLoadedAndEvaluated() throws {
    let outcome = try DetectRun.train(request, knowing: registry)
    let results = try #require(outcome.results)
    #expect(results.detectors.map(\.name) == ["flicker", "spectrum", "ensemble"])
    let toy = results.detectors[0]
    // Four clips of 4 frames in the test split; its twelve stills have no score.
    #expect(toy.frames.balance.count == 16 && toy.frames[.rocAUC] == 1)
    #expect(toy.notApplicable == ["the clip has 1 of the 4 consecutive frames needed": 12])
    #expect(toy.clips?.balance.count == 4 && toy.clips?[.rocAUC] == 1)
    #expect(
      results.detectors[1].frames.balance.count == 28 && results.detectors[1].notApplicable == nil)
    // Clips that are samples stand alone; stills of one clip, made in one way, stand together.
    #expect(results.detectors[1].clips?.balance.count == 4 + 2 * 3)
    try expectReport(in: outcome.lab)

    let path = "\(shop.workspace.checkpoints(of: "quick-flicker"))/best.safetensors"
    let loaded = try TrainedDetector(reading: path, as: flicker, from: registry)
    let rates = try #require(loaded.operatingPoint?.rates)
    #expect(rates.falseAlarms == Proportion(0, of: 1), "a clip is one video")
    #expect(rates.misses == Proportion(0, of: 1) && rates.data == "validation split of 'striped'")
    #expect(
      throws: DetectionError.noDetector(
        path: path, reason: "unknown detector 'flicker'")
    ) { _ = try TrainedDetector(reading: path) }
    #expect(try DetectRun.train(request, knowing: registry).wasDone)
  }

  @Test func aToyIsTestedOnSetsAndTheirDegradations() throws {
    _ = try DetectRun.train(request, knowing: registry)
    var test = EvaluateRequest()
    (test.workspace, test.detectors, test.isSwept) = (shop.workspace.path, ["flicker"], true)
    // Other people, of whom the detector has not learned.
    let samples = try LabeledDataset(reading: shop.path).samples
    try shop.write(
      samples.map { sample in
        var other = sample
        other.identities = sample.identities.map { "q\($0)" }
        return other
      })
    let outcome = try #require(try EvaluateRun.test(test, knowing: registry))
    let set = try #require(outcome.results.sets.first)
    #expect(set.detectors.map(\.model) == ["quick-flicker"])
    #expect(set.detectors[0].frames[.rocAUC] == 1)
    #expect(set.robustness?.curves.count == 7)
    #expect(throws: WorkflowError.self) { _ = try EvaluateRun.test(test) }
  }

  @Test func aSetThatADetectorCannotScoreIsRefusedInWords() throws {
    _ = try DetectRun.train(request, knowing: registry)
    try shop.write(
      LabeledDataset(reading: shop.path).samples.filter { !$0.isClip }.map { sample in
        var other = sample
        other.identities = sample.identities.map { "q\($0)" }
        return other
      })
    var test = EvaluateRequest()
    (test.workspace, test.detectors) = (shop.workspace.path, ["flicker"])
    #expect(
      throws: DetectionError.notApplicable(
        detector: "quick-flicker", reason: "the clip has 1 of the 4 consecutive frames needed")
    ) { _ = try EvaluateRun.test(test, knowing: registry) }
  }

  @Test func aToyScoresVideosClipByClipAndPicturesNotAtAll() throws {
    _ = try DetectRun.train(request, knowing: registry)
    let path = try video(frames: 10)
    let still = shop.folder.path("face.png")
    try WholeFile.write(shop.portrait.encoded(as: .png, mark: .rendered(by: "test")), to: still)

    var request = InferenceRequest(inputs: [path])
    (request.workspace, request.detectors) = (shop.workspace.path, ["flicker", "quick-spectrum"])
    var verdicts: [FileVerdict] = []
    for input in [path, still] {
      request.inputs = [input]
      try infer(request, knowing: registry) { verdict, _ in
        verdicts.append(verdict)
      }
    }
    let person = try #require(verdicts[0].people.first)
    #expect(person.scores.map(\.frame) == Array(0..<10), "clips need every frame")
    #expect(person.scores.map { $0.each[0] != nil } == (0..<10).map { $0 < 8 })
    #expect(person.detectors[0].score ?? 1 < 0.5, "a still face does not flicker")
    let alone = try #require(verdicts[1].people.first)
    #expect(alone.detectors[0].score == nil)
    #expect(
      alone.detectors[0].text
        == "not applicable: the clip has 1 of the 4 consecutive frames needed")
    #expect(alone.score == alone.detectors[1].score)
    #expect(alone.operatingPoint == alone.detectors[1].operatingPoint)

    (request.inputs, request.detectors) = ([still], ["flicker"])
    try infer(request, knowing: registry) { verdict, _ in
      #expect(verdict.verdict == .notApplicable && verdict.people.isEmpty)
      #expect(
        verdict.notes == [
          "Identity 1 was not scored: the clip has 1 of the 4 consecutive frames needed."
        ])
    }
  }

  /// A video of a still face.
  private func video(frames: Int) throws -> String {
    let path = shop.folder.path("face.mp4")
    let info = VideoInfo(width: 256, height: 256, frameRate: Rational(25, 1))
    let writer = try VideoWriter(
      path: path, encoding: VideoEncoding(), of: info, mark: .rendered(by: "test"))
    for number in 0..<frames {
      try writer.write(VideoFrame(shop.portrait, timestamp: number, of: info))
    }
    try writer.finish()
    return path
  }

  @Test func whatAToyMeasuredOnAClipIsExplained() throws {
    _ = try DetectRun.train(request, knowing: registry)
    var request = InferenceRequest(inputs: [try video(frames: 10)])
    (request.workspace, request.detectors) = (shop.workspace.path, ["flicker", "quick-spectrum"])
    (request.isExplained, request.out) = (true, shop.folder.path("explained"))
    let folder = shop.folder.path("explained")
    let picture = "\(folder)/evidence-quick-flicker-1.png"
    try infer(request, knowing: registry) { _, explanation in
      let explanation = try #require(explanation)
      #expect(explanation.sentences.last == "Flicker: the face changes by some gray levels.")
      let evidence = try #require(explanation.evidence.first)
      #expect(evidence.frequencies != nil, "stills have theirs as before")
      let figure = try #require(evidence.figures.first)
      #expect(evidence.figures.count == 1 && figure.model == "quick-flicker")
      #expect(figure.measurements.map(\.name) == ["gray levels"])
      #expect(figure.picture == "evidence-quick-flicker-1.png")
    }
    #expect(try Image(reading: picture).width == 900)
    let page = try String(contentsOfFile: "\(folder)/report.html", encoding: .utf8)
    #expect(page.contains("Flicker of identity 1") && page.contains("One bar."))
    try expectReport(in: folder)

    request.isExplained = false
    try infer(request, knowing: registry) { _, _ in }
    #expect(!FileManager.default.fileExists(atPath: picture))
  }

  @Test func clipsAreVerifiedAndShownWithTheirSet() throws {
    let check = try SetCheck(of: shop.path, workspace: nil)
    #expect(check.isWhole && check.pictures == 36 + 6 * 2 * 4)
    let survey = try LabeledDatasetSummary(of: shop.path, workspace: nil)
    #expect(survey.contents == "48 samples, 12 of them clips (48 frames)")
    #expect(FileManager.default.fileExists(atPath: survey.sheet))
    let frame = "\(shop.path)/clips/5-0/2.png"
    let other = try gradientPictures(1, side: 64, seed: 99)[0].encoded(as: .png, mark: nil)
    try WholeFile.write(other, to: frame)
    #expect(try SetCheck(of: shop.path, workspace: nil).changed == ["clips/5-0/2.png"])
    #expect(throws: WorkflowError.changedSample(path: frame)) {
      _ = try DetectRun.train(request, knowing: registry)
    }
  }
}
