import Detection
import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Lab

/// A workspace with a labelled set whose fakes are plainly marked by stripes.
private struct StripedWorkshop {
  let folder: TemporaryFolder
  let workspace: Workspace
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
    path = workspace.datasets(of: "striped")
    try RunFolder.make("\(path)/pictures")
    var samples: [Sample] = []
    for person in 0..<6 {
      let split: Split = person < 3 ? .training : person < 4 ? .validation : .test
      for (number, picture) in gradientPictures(6, side: 64, seed: UInt64(person)).enumerated() {
        let isFake = number.isMultiple(of: 2)
        let file = "pictures/\(person)-\(number).png"
        let bytes = try (isFake ? StripedWorkshop.striped(picture) : picture)
          .encoded(as: .png, mark: nil)
        try WholeFile.write(bytes, to: "\(path)/\(file)")
        var sample = Sample(
          path: file, label: isFake ? .fake : .real, split: split, identities: ["p\(person)"],
          clips: ["clip\(person)"], method: isFake ? (number == 0 ? "stripes" : "lines") : "real")
        sample.hash = FileHash.of(bytes)
        sample.degradations = number < 2 ? [.jpeg(quality: 50)] : []
        samples.append(sample)
      }
    }
    try write(samples)
  }

  func write(_ samples: [Sample]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try WholeFile.write(
      samples.map { [UInt8](try encoder.encode($0)) + [0x0A] },
      to: "\(path)/\(LabelledSet.manifestName)")
  }

  var request: DetectRequest {
    var request = DetectRequest()
    (request.detectors, request.iterations, request.batch) = ([.shallow, .spectrum], 12, 8)
    (request.workspace, request.name) = (workspace.path, "quick")
    return request
  }

  private static func striped(_ image: Image) -> Image {
    var pixels = image.pixels
    for place in pixels.indices where place / 3 % 2 == 0 { pixels[place] /= 2 }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }
}

@Suite struct DetectRunTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  @Test func aSetBecomesDetectorsAFigureAndAPage() throws {
    let outcome = try DetectRun.train(shop.request)
    let results = try #require(outcome.results)
    #expect(results.detectors.map(\.name) == ["shallow", "spectrum", "ensemble"])
    #expect(results.splits["test"] == DetectResults.Part(real: 6, fake: 6, people: 2, clips: 2))
    let spectrum = results.detectors[1]
    #expect(spectrum.frames[.rocAUC] ?? 0 > 0.9, "stripes are plain in a spectrum")
    #expect(spectrum.methods.map(\.name) == ["lines", "stripes"])
    #expect(spectrum.degradations.map(\.name) == ["none", "jpeg"])
    #expect(results.validation.keys.sorted() == ["ensemble", "shallow", "spectrum"])
    #expect(results.sharpness == nil, "without landmarks nothing is known of the face's edge")
    let page = try String(contentsOfFile: "\(outcome.lab)/report.html", encoding: .utf8)
    #expect(page.contains("On test pictures, scored once") && page.contains("class=\"chart\""))
    try expectReport(in: outcome.lab)
    let cell = "<td class=\"number\">\(try #require(spectrum.frames.figures[.rocAUC]).text)</td>"
    #expect(page.contains(cell), "the page tells the figures of results.json")
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
      throws: LabError.differentSetting(run: "quick", setting: "--seed", has: "1", asked: "2")
    ) { _ = try DetectRun.train(other) }
    other.isForced = true
    #expect(try DetectRun.train(other).wasDone == false)
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
    #expect(throws: LabError.unknownForgery(name: "strips", known: ["lines", "stripes"])) {
      _ = try DetectRun.train(request)
    }
  }

  @Test func aTrainingMayBeginWithATrainedDetector() throws {
    var request = shop.request
    (request.detectors, request.name) = ([.shallow], "first")
    _ = try DetectRun.train(request)
    let first = try #require(
      try DetectorModels(in: shop.workspace).models(named: ["first-shallow"]).first)
    #expect(first.trained.people == ["p0", "p1", "p2", "p3"], "those of training and validation")
    // The same people in the same splits: nobody of the test is known.
    let samples = try LabelledSet(reading: shop.path).samples
    (request.start, request.name, request.iterations) = ("first-shallow", "second", 1)
    #expect(
      throws: LabError.badStart(
        name: "first-shallow",
        reason: "it has learnt of 'p3', who is in validation or test of '\(shop.path)'")
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
    (request.start, request.name, request.seed) = ("none", "fresh", 2)
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
    (request.start, request.name) = ("first-spectrum", "second")
    #expect(
      throws: LabError.badStart(
        name: "first-spectrum",
        reason: "it is 'spectrum', which is no network that shall be trained")
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
    #expect(record.start?.name == "base-efficientnet-b0")
    #expect(record.start?.hash == (try FileHash.ofFile(path)))
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
    #expect(throws: LabError.changedSample(path: path)) { _ = try DetectRun.train(shop.request) }
  }

  @Test func aMissingPictureIsNamed() throws {
    try FileManager.default.removeItem(atPath: "\(shop.path)/pictures/5-1.png")
    #expect(
      throws: LabError.missingSamples(path: shop.path, first: "pictures/5-1.png", count: 1)
    ) { _ = try DetectRun.train(shop.request) }
  }

  @Test func aSplitOfOneClassIsRefused() throws {
    let samples = try LabelledSet(reading: shop.path).samples
    try shop.write(samples.filter { $0.split != .validation || $0.label == .real })
    #expect(throws: LabError.oneClassSplit(path: shop.path, split: "validation")) {
      _ = try DetectRun.train(shop.request)
    }
  }

  @Test func detectorsAreFoundByNameKindAndBeginning() throws {
    let models = try DetectorModels(in: shop.workspace)
    #expect(throws: LabError.noDetectors(ofDuel: nil)) { _ = try models.models(named: []) }
    _ = try DetectRun.train(shop.request)
    let trained = try DetectorModels(in: shop.workspace)
    #expect(
      Set(try trained.models(named: []).map(\.name)) == ["quick-shallow", "quick-spectrum"])
    for word in ["spec", "spectrum", "quick-spectrum"] {
      #expect(try trained.models(named: [word]).map(\.kind) == [.spectrum])
    }
    #expect(throws: LabError.noDetector(name: "meso4", nearest: nil, isKnown: true)) {
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
    #expect(throws: LabError.noDetectors(ofDuel: "duel-s1-d2-spectrum")) {
      _ = try parts.models(named: [])
    }
    #expect(try parts.models(named: ["spectrum"]).map(\.name) == ["duel-s1-d2-spectrum"])
    request.name = "own"
    _ = try DetectRun.train(request)
    // The newest run is the duel's, and still left out.
    let older = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -1000)]
    try FileManager.default.setAttributes(
      older, ofItemAtPath: "\(shop.workspace.checkpoints(of: "own-spectrum"))/best.safetensors")
    #expect(
      try DetectorModels(in: shop.workspace).models(named: []).map(\.name) == ["own-spectrum"])
  }

  @Test func otherSetsAreTestedAndDegraded() throws {
    _ = try DetectRun.train(shop.request)
    var request = EvaluateRequest()
    (request.data, request.isSwept) = ([shop.path, shop.path], true)
    request.workspace = shop.workspace.path
    let outcome = try #require(try EvaluateRun.test(request))
    #expect(
      outcome.results.sets.map(\.about)
        == Array(repeating: "12 pictures of its test split", count: 2))
    let sweep = try #require(outcome.results.sets[0].sweep)
    #expect(sweep.curves.map(\.kind) == [.jpeg, .h264, .resize, .blur, .noise])
    #expect(sweep.curves.allSatisfy { $0.areas["quick-spectrum"]?.count == 5 })
    #expect(sweep.untouched["quick-spectrum"]?.value ?? 0 > 0.9)
    let folder = shop.workspace.lab(of: "evaluate-striped")
    #expect(outcome.report == "\(folder)/report.html")
    try expectReport(in: folder)
    let page = try String(contentsOfFile: outcome.report, encoding: .utf8)
    #expect(page.contains("from 2 source clips. So few clips make intervals too narrow."))
    #expect(page.contains("Degraded by JPEG"))
    // A set that is named twice does not lose its drawings to its namesake.
    for file in [
      "roc-1-striped", "roc-2-striped", "methods-2-striped", "robustness-1-striped-jpeg",
    ] {
      #expect(FileManager.default.fileExists(atPath: "\(folder)/charts/\(file).svg"), "\(file)")
    }
    request.name = "quick"
    #expect(throws: LabError.runInTheWay(name: "quick", command: "detect")) {
      _ = try EvaluateRun.test(request)
    }
  }

  @Test func aFaceIsJudgedAndExplainedAndAnEmptyPictureIsNot() throws {
    _ = try DetectRun.train(shop.request)
    let face = shop.folder.path("face.png")
    let empty = shop.folder.path("empty.png")
    let mark = Mark.rendered(by: "test")
    try WholeFile.write(
      try Scene().rendered(side: 256).image.encoded(as: .png, mark: mark), to: face)
    try WholeFile.write(
      try Image(width: 200, height: 200, filled: Color(grey: 90)).encoded(as: .png, mark: mark),
      to: empty)
    var request = JudgeRequest(inputs: [face])
    request.workspace = shop.workspace.path
    (request.out, request.isExplained) = (shop.folder.path("judged"), true)
    var judgements: [FileJudgement] = []
    var reasons: [Explanation] = []
    try FileJudge.judge(request) { judgement, explanation, _ in
      judgements.append(judgement)
      if let explanation { reasons.append(explanation) }
    }
    let person = try #require(judgements.first?.people.first)
    #expect(
      person.faces == 1
        && person.detectors.map(\.model).sorted() == ["quick-shallow", "quick-spectrum"])
    #expect((0...1).contains(person.probability))
    let sentences = try #require(reasons.first?.sentences)
    #expect(sentences[0].hasPrefix("The face is called \(person.verdict.rawValue): "))
    #expect(sentences.contains { $0.hasPrefix("Of its spectrum, the band from ") })
    try expectReport(in: shop.folder.path("judged"))
    // Experience is told of the detectors that it was had with, and of no others.
    #expect(
      sentences.contains {
        $0.contains("validation pictures with a probability") || $0.hasPrefix("No validation")
      })
    (request.ensemble, reasons) = (.vote, [])
    try FileJudge.judge(request) { _, explanation, _ in
      if let explanation { reasons.append(explanation) }
    }
    let votes = try #require(reasons.first?.sentences)
    #expect(votes[0].contains("the threshold is half of the detectors, 0.50"))
    #expect(!votes.contains { $0.contains("validation pictures with") })
    request.isExplained = false
    try FileJudge.judge(request) { _, _, _ in }
    #expect(
      throws: LabError.nothingToReport(
        name: "judged",
        reason: "it holds a verdict without reasons. 'dflab detect FILE --explain' looks for them")
    ) { try RunReport(in: shop.folder.path("judged")) }
    (request.inputs, request.isExplained) = ([empty], true)
    try FileJudge.judge(request) { judgement, _, _ in
      #expect(judgement.verdict == .noFace && judgement.people.isEmpty)
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
        var picture = Image(width: 520, height: 280, filled: Color(grey: 120))
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
      var request = JudgeRequest(inputs: [path])
      (request.workspace, request.isTracked) = (shop.workspace.path, tracked)
      (request.detectors, request.every) = (["quick-shallow"], 1)
      var faces: [Int] = []
      try FileJudge.judge(request) { judgement, _, _ in faces = judgement.people.map(\.faces) }
      return faces
    }
    let alone = try film("alone.mp4", together: false)
    #expect(try people(alone, tracked: false) == [16])
    #expect(try people(alone, tracked: true).sorted() == [8, 8])
    let both = try film("both.mp4", together: true)
    #expect(try people(both, tracked: true).sorted() == [16, 16])
  }
}
