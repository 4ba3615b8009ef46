import Detection
import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Finite weights may well give what is no number.
private struct MadDetector: Detector {
  let kind = DetectorKind.shallow
  func scores(of faces: [Image]) -> [Double] { faces.indices.map { $0 == 0 ? 1 : .nan } }
}

@Suite struct DetectRunTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  @Test func aDatasetBecomesDetectorsMetricsAndAReport() throws {
    let outcome = try DetectRun.train(shop.request)
    let results = try #require(outcome.results)
    #expect(results.detectors.map(\.name) == ["shallow", "spectrum", "ensemble"])
    #expect(results.splits["test"] == DetectResults.Part(real: 6, fake: 6, identities: 2, clips: 2))
    let spectrum = results.detectors[1]
    #expect(spectrum.frames[.rocAUC] ?? 0 > 0.9, "stripes are plain in a spectrum")
    #expect(spectrum.methods.map(\.name) == ["lines", "stripes"])
    #expect(spectrum.degradations.map(\.name) == ["none", "jpeg"])
    #expect(results.validation.keys.sorted() == ["ensemble", "shallow", "spectrum"])
    #expect(results.sharpness == nil, "without landmarks nothing is known of the face's edge")
    let page = try String(contentsOfFile: "\(outcome.lab)/report.html", encoding: .utf8)
    #expect(page.contains("<h2>Test metrics</h2>") && page.contains("class=\"chart\""))
    #expect(
      page.contains(
        "12 test samples from 2 source clips (fewer than 10: intervals are too narrow)."))
    try expectReport(in: outcome.lab)
    let cell = "<td class=\"number\">\(try #require(spectrum.frames.figures[.rocAUC]).text)</td>"
    #expect(page.contains(cell), "the report has the metrics of results.json")
    for kind in [DetectorKind.shallow, .spectrum] {
      let path = "\(shop.workspace.checkpoints(of: "quick-\(kind.rawValue)"))/best.safetensors"
      let trained = try TrainedDetector(reading: path, as: kind)
      #expect(trained.threshold != nil && trained.calibration?.method == .platt)
    }
  }

  @Test func theSameCommandFindsEverythingDone() throws {
    _ = try DetectRun.train(shop.request)
    let again = try DetectRun.train(shop.request) { _ in Issue.record("there was nothing to do") }
    #expect(again.wasDone)
    var other = shop.request
    other.seed = 2
    #expect(
      throws: RecordsError.differentSetting(run: "quick", setting: "--seed", has: "1", asked: "2")
    ) { _ = try DetectRun.train(other) }
    other.isForced = true
    #expect(try DetectRun.train(other).wasDone == false)
  }

  @Test func optionsThatAreNotGivenAreTheRunsOwn() throws {
    var request = shop.request
    (request.seed, request.methods) = (5, ["stripes"])
    _ = try DetectRun.train(request)
    var bare = DetectRequest()
    (bare.workspace, bare.name) = (shop.workspace.path, "quick")
    #expect(try DetectRun.train(bare).wasDone)
    bare.minutes = 3
    #expect(
      throws: RecordsError.differentSetting(
        run: "quick", setting: "--minutes", has: "10.0", asked: "3.0")
    ) { _ = try DetectRun.train(bare) }
    (bare.minutes, bare.detectors) = (nil, [.spectrum])
    #expect(
      throws: RecordsError.differentSetting(
        run: "quick", setting: "--detectors", has: "shallow,spectrum", asked: "spectrum")
    ) { _ = try DetectRun.train(bare) }
  }

  @Test func trainingAnewTakesAwayTheDetectorsThatAreNotTrainedAgain() throws {
    _ = try DetectRun.train(shop.request)
    var other = shop.request
    (other.isForced, other.detectors) = (true, [.shallow])
    _ = try DetectRun.train(other)
    #expect(
      try DetectorModels(in: shop.workspace).models(named: []).map(\.name) == ["quick-shallow"])
  }

  @Test func anInterruptedTrainingEndsWithTheSameBits() throws {
    let whole = try DetectRun.train(shop.request)
    var request = shop.request
    request.name = "broken"
    let interruption = Interruption()
    let half = try DetectRun.train(request, interruption: interruption) { event in
      if case .stepped(_, let step, _) = event, step.iteration == 5 { interruption.press() }
    }
    #expect(half.results == nil)
    let rest = try DetectRun.train(request)
    for (one, other) in zip(
      try #require(whole.results).detectors, try #require(rest.results).detectors)
    {
      #expect(one.frames == other.frames, "\(one.name)")
    }
  }

  @Test func learningFromOneForgeryIsTestedOnAll() throws {
    var request = shop.request
    (request.methods, request.detectors) = (["stripes"], [.spectrum])
    let results = try #require(try DetectRun.train(request).results)
    #expect(results.detectors[0].methods.map(\.name) == ["lines", "stripes"])
    request.methods = ["strips"]
    request.name = "other"
    #expect(throws: WorkflowError.unknownForgery(name: "strips", known: ["lines", "stripes"])) {
      _ = try DetectRun.train(request)
    }
    // What was refused has not begun a run that the right word would not fit.
    request.methods = ["stripes"]
    #expect(try DetectRun.train(request).results != nil)
  }

  @Test func aTrainingMayBeginWithATrainedDetector() throws {
    var request = shop.request
    (request.detectors, request.name) = ([.shallow], "first")
    _ = try DetectRun.train(request)
    let first = try #require(
      try DetectorModels(in: shop.workspace).models(named: ["first-shallow"]).first)
    #expect(first.trained.people == ["p0", "p1", "p2", "p3"], "those of training and validation")
    // The same people in the same splits: nobody of the test is known.
    let samples = try LabeledDataset(reading: shop.path).samples
    (request.initialModel, request.name, request.iterations) = ("first-shallow", "second", 1)
    #expect(
      throws: WorkflowError.badStart(
        name: "first-shallow",
        reason:
          "its training data contains 'p3', an identity in the validation or test split of '\(shop.path)'"
      )
    ) { _ = try DetectRun.train(request) }
    try shop.write(
      samples.map { sample in
        var other = sample
        other.identities = sample.identities.map { "q\($0)" }
        return other
      })
    _ = try DetectRun.train(request)
    let second = try #require(
      try DetectorModels(in: shop.workspace).models(named: ["second-shallow"]).first)
    #expect(
      second.trained.people
        == ["p0", "p1", "p2", "p3", "qp0", "qp1", "qp2", "qp3"])
    // One step from a trained detector lies nearer to it than to fresh weights.
    (request.initialModel, request.name, request.seed) = ("none", "fresh", 2)
    _ = try DetectRun.train(request)
    let fresh = try #require(
      try DetectorModels(in: shop.workspace).models(named: ["fresh-shallow"]).first)
    func distance(_ model: DetectorModels.Model) throws -> Float {
      let (one, other) = (try Checkpoint(reading: first.path), try Checkpoint(reading: model.path))
      return zip(one.tensors, other.tensors).reduce(0) { sum, pair in
        sum + zip(pair.0.tensor.values, pair.1.tensor.values).reduce(0) { $0 + abs($1.0 - $1.1) }
      }
    }
    #expect(try distance(second) < 0.2 * distance(fresh))
  }

  @Test func aStartOfAnotherNetworkIsRefused() throws {
    var request = shop.request
    (request.detectors, request.name) = ([.shallow, .spectrum], "first")
    _ = try DetectRun.train(request)
    (request.initialModel, request.name) = ("first-spectrum", "second")
    #expect(
      throws: WorkflowError.badStart(
        name: "first-spectrum",
        reason: "it is a 'spectrum' detector, not a network selected for training")
    ) { _ = try DetectRun.train(request) }
  }

  @Test func theDetectorThatTheProgramCarriesIsLaidOutAndBegunWith() throws {
    var request = shop.request
    (request.detectors, request.iterations, request.batch) = ([.efficientnetB0], 1, 4)
    _ = try DetectRun.train(request)
    let path = "\(shop.workspace.checkpoints(of: "base-efficientnet-b0"))/best.safetensors"
    let carried = try TrainedDetector(reading: path, as: .efficientnetB0)
    #expect(try #require(carried.people).contains { $0.hasPrefix("seed501-") })
    let record = try #require(
      try DetectRecord.read(at: RunFolder(name: "quick", in: shop.workspace).settings))
    #expect(record.initialization?.name == "base-efficientnet-b0")
    #expect(record.initialization?.hash == (try FileHash.ofFile(path)))
  }

  @Test func theBoardHoldsEveryPointOnce() throws {
    var request = shop.request
    (request.hasBoard, request.detectors) = (true, [.shallow])
    let interruption = Interruption()
    _ = try DetectRun.train(request, interruption: interruption) { event in
      if case .stepped(_, let step, _) = event, step.iteration == 5 { interruption.press() }
    }
    _ = try DetectRun.train(request)
    let run = RunFolder(name: "quick", in: shop.workspace)
    let records = try boardRecords(of: run)
    let lines = try DetectLog(at: run.log).lines
    #expect(lines.map(\.iteration) == Array(1...12))
    #expect(records.count == 2 + 12, "the version, the start, and a record an examination")
  }

  @Test func aChangedPictureIsNamed() throws {
    let path = "\(shop.path)/pictures/0-0.png"
    try WholeFile.write(
      try gradientPictures(1, side: 64, seed: 99)[0].encoded(as: .png, mark: nil), to: path)
    #expect(throws: WorkflowError.changedSample(path: path)) {
      _ = try DetectRun.train(shop.request)
    }
  }

  @Test func aMissingPictureIsNamed() throws {
    try FileManager.default.removeItem(atPath: "\(shop.path)/pictures/5-1.png")
    #expect(
      throws: WorkflowError.missingSamples(path: shop.path, first: "pictures/5-1.png", count: 1)
    ) { _ = try DetectRun.train(shop.request) }
  }

  @Test func aSplitOfOneClassIsRefused() throws {
    let samples = try LabeledDataset(reading: shop.path).samples
    try shop.write(samples.filter { $0.split != .validation || $0.label == .real })
    #expect(throws: WorkflowError.oneClassSplit(path: shop.path, split: "validation")) {
      _ = try DetectRun.train(shop.request)
    }
  }

  @Test func detectorsAreFoundByNameKindAndBeginning() throws {
    let models = try DetectorModels(in: shop.workspace)
    #expect(throws: WorkflowError.noDetectors(ofDuel: nil)) { _ = try models.models(named: []) }
    _ = try DetectRun.train(shop.request)
    let trained = try DetectorModels(in: shop.workspace)
    #expect(
      Set(try trained.models(named: []).map(\.name)) == ["quick-shallow", "quick-spectrum"])
    for word in ["spec", "spectrum", "quick-spectrum"] {
      #expect(try trained.models(named: [word]).map(\.kind) == [.spectrum])
    }
    #expect(throws: WorkflowError.noDetector(name: "meso4", nearest: nil, isKnown: true)) {
      _ = try trained.models(named: ["meso4"])
    }
  }

  @Test func detectorsOfDuelsAreTakenOnlyByTheirNames() throws {
    var request = shop.request
    (request.detectors, request.name) = ([.spectrum], "duel-s1-d2")
    _ = try DetectRun.train(request)
    #expect(
      try DetectorModels(in: shop.workspace).models(named: []).map(\.name)
        == ["duel-s1-d2-spectrum"], "where there is no duel, names say nothing")
    try RunFolder.make(shop.workspace.lab(of: "duel"))
    let duel = RunFolder(name: "duel", in: shop.workspace).duel
    try Data("{}".utf8).write(to: URL(filePath: duel))
    let parts = try DetectorModels(in: shop.workspace)
    #expect(throws: WorkflowError.noDetectors(ofDuel: "duel-s1-d2-spectrum")) {
      _ = try parts.models(named: [])
    }
    #expect(
      try parts.models(named: ["duel-s1-d2-spectrum"]).map(\.name) == ["duel-s1-d2-spectrum"])
    for word in ["spectrum", "spec"] {
      #expect(throws: WorkflowError.noDetectors(ofDuel: "duel-s1-d2-spectrum")) {
        _ = try parts.models(named: [word])
      }
    }
    request.name = "own"
    _ = try DetectRun.train(request)
    // The newest run is the duel's, and still left out.
    let older = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -1000)]
    try FileManager.default.setAttributes(
      older, ofItemAtPath: "\(shop.workspace.checkpoints(of: "own-spectrum"))/best.safetensors")
    for words in [[], ["spectrum"], ["spec"]] {
      #expect(
        try DetectorModels(in: shop.workspace).models(named: words).map(\.name) == ["own-spectrum"])
    }
  }

  @Test func aModelsNameGoesBeforeAKindOfTheSameName() throws {
    var request = shop.request
    request.detectors = [.spectrum]
    _ = try DetectRun.train(request)
    let (own, other) = (
      shop.workspace.checkpoints(of: "quick-spectrum"), shop.workspace.checkpoints(of: "spectrum")
    )
    try FileManager.default.copyItem(atPath: own, toPath: other)
    let older = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -1000)]
    try FileManager.default.setAttributes(
      older, ofItemAtPath: "\(other)/best.safetensors")
    #expect(
      try DetectorModels(in: shop.workspace).models(named: ["spectrum"]).map(\.name) == ["spectrum"]
    )
  }

  @Test func aScoreThatIsNoNumberIsSaid() throws {
    let model = DetectorModels.Model(
      name: "mad", path: "/mad", trained: TrainedDetector(MadDetector()))
    #expect(
      throws: DetectionError.unusableDetector(
        path: "/mad", reason: "its score of a picture is not a number")
    ) { _ = try model.scores(of: gradientPictures(2, seed: 1)) }
  }

  @Test func aFaceIsJudgedAndExplainedAndAnEmptyPictureIsNot() throws {
    _ = try DetectRun.train(shop.request)
    let face = shop.folder.path("face.png")
    let empty = shop.folder.path("empty.png")
    let mark = Mark.rendered(by: "test")
    try WholeFile.write(
      try Scene().rendered(side: 256).image.encoded(as: .png, mark: mark), to: face)
    try WholeFile.write(
      try Image(width: 200, height: 200, filled: Color(gray: 90)).encoded(as: .png, mark: mark),
      to: empty)
    var request = InferenceRequest(inputs: [face])
    request.workspace = shop.workspace.path
    (request.out, request.isExplained) = (shop.folder.path("judged"), true)
    var judgments: [FileVerdict] = []
    var reasons: [Explanation] = []
    try FileInference.judge(request) { judgment, explanation, _ in
      judgments.append(judgment)
      if let explanation { reasons.append(explanation) }
    }
    let person = try #require(judgments.first?.people.first)
    #expect(
      person.faces == 1
        && person.detectors.map(\.model).sorted() == ["quick-shallow", "quick-spectrum"])
    #expect((0...1).contains(person.probability))
    let sentences = try #require(reasons.first?.sentences)
    #expect(sentences[0].hasPrefix("The face is called \(person.verdict.rawValue): "))
    #expect(sentences.contains { $0.hasPrefix("Spectrum of the face: the band from ") })
    try expectReport(in: shop.folder.path("judged"))
    // The reliability diagram is that of these detectors, and of no others.
    #expect(
      sentences.contains {
        $0.contains("validation samples with a score") || $0.hasPrefix("No validation")
      })
    (request.ensemble, reasons) = (.vote, [])
    try FileInference.judge(request) { _, explanation, _ in
      if let explanation { reasons.append(explanation) }
    }
    let votes = try #require(reasons.first?.sentences)
    #expect(votes[0].contains("the threshold is half of the detectors, 0.50"))
    #expect(!votes.contains { $0.contains("validation samples with") })
    request.isExplained = false
    try FileInference.judge(request) { _, _, _ in }
    #expect(
      throws: RecordsError.nothingToReport(
        name: "judged",
        reason: "its verdict has no explanation. Run 'dflab detect FILE --explain'")
    ) { try RunReport(in: shop.folder.path("judged")) }
    (request.inputs, request.isExplained) = ([empty], true)
    try FileInference.judge(request) { judgment, _, _ in
      #expect(judgment.verdict == .noFace && judgment.people.isEmpty)
    }
  }

  @Test func aFilmOfOneFaceAtATimeIsOnePersons() throws {
    _ = try DetectRun.train(shop.request)
    let portraits = [21, 22].map { (seed: UInt64) in
      var scene = Scene()
      scene.identity = Identity(randomness: RandomSource(seed: seed))
      return scene.rendered(side: 256).image
    }
    // Two looks that nothing joins: other faces in other places.
    func film(_ name: String, together: Bool) throws -> String {
      let path = shop.folder.path(name)
      let info = VideoInfo(width: 520, height: 280, frameRate: Rational(25, 1))
      let writer = try VideoWriter(
        path: path, encoding: VideoEncoding(), of: info, mark: .rendered(by: "test"))
      for number in 0..<16 {
        var picture = Image(width: 520, height: 280, filled: Color(gray: 120))
        for (index, portrait) in portraits.enumerated()
        where together || index == number / 8 {
          picture.paste(portrait, x: 4 + 256 * index, y: 12)
        }
        try writer.write(VideoFrame(picture, timestamp: number, of: info))
      }
      try writer.finish()
      return path
    }
    func people(_ path: String, tracked: Bool) throws -> [Int] {
      var request = InferenceRequest(inputs: [path])
      (request.workspace, request.findsAllFaces) = (shop.workspace.path, tracked)
      (request.detectors, request.every) = (["quick-shallow"], 1)
      var faces: [Int] = []
      try FileInference.judge(request) { judgment, _, _ in faces = judgment.people.map(\.faces) }
      return faces
    }
    #expect(
      [63, 125, 64, 32, 5, 0].map { VideoFaceReader.stride(frames: $0, most: 32) } == [
        2, 4, 2, 1, 1, 1,
      ])
    let alone = try film("alone.mp4", together: false)
    #expect(try people(alone, tracked: false) == [16])
    #expect(try people(alone, tracked: true).sorted() == [8, 8])
    // Matroska whose length is made a gap: it is counted, and looked at to its end.
    let silent = try film("silent.mkv", together: false)
    var bytes = try Data(contentsOf: URL(filePath: silent))
    let length = try #require(bytes.range(of: Data([0x44, 0x89, 0x88])))
    bytes[length.lowerBound] = 0xEC
    try bytes.write(to: URL(filePath: silent))
    #expect(try VideoReader(reading: silent).info.frames == nil)
    var request = InferenceRequest(inputs: [silent])
    (request.workspace, request.detectors) = (shop.workspace.path, ["quick-shallow"])
    request.maxFrames = 5
    try FileInference.judge(request) { judgment, _, _ in
      #expect(judgment.people.first?.scores.map(\.frame) == [0, 4, 8, 12])
    }
    let both = try film("both.mp4", together: true)
    #expect(try people(both, tracked: true).sorted() == [16, 16])
  }
}
