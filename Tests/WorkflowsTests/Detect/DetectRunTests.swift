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
    #expect(spectrum.verdicts.data == "test split of 'striped'")
    #expect(spectrum.verdicts.falseAlarms.total == 2 && spectrum.verdicts.misses.total == 4)
    #expect(results.ensemble?.point == results.detectors[2].operatingPoint)
    #expect(results.sharpness == nil, "without landmarks nothing is known of the face's edge")
    let page = try String(contentsOfFile: "\(outcome.lab)/report.html", encoding: .utf8)
    #expect(page.contains("<h2>Test metrics</h2>") && page.contains("class=\"chart\""))
    #expect(
      page.contains(
        "12 test samples from 2 source clips (fewer than 10: intervals are too narrow)."))
    try expectReport(in: outcome.lab)
    let cell = "<td class=\"number\">\(try #require(spectrum.frames.metrics[.rocAUC]).text)</td>"
    #expect(page.contains(cell), "the report has the metrics of results.json")
    for kind in [DetectorKind.shallow, .spectrum] {
      let path = "\(shop.workspace.checkpoints(of: "quick-\(kind.rawValue)"))/best.safetensors"
      let trained = try TrainedDetector(reading: path, as: kind)
      #expect(trained.calibration?.method == .platt)
      let rates = try #require(trained.operatingPoint?.rates)
      #expect(rates.data == "validation split of 'striped'" && rates.identities == 1)
      #expect(rates.falseAlarms.total == 1 && rates.misses.total == 2)
      #expect(page.contains(try #require(trained.operatingPoint).description))
    }
  }

  @Test func everyErrorIsListed() throws {
    let outcome = try DetectRun.train(shop.request)
    let results = try #require(outcome.results)
    let scores = try #require(try SampleScore.read(in: outcome.lab))
    #expect(scores.count == 12 && scores.allSatisfy { $0.dataset == "Datasets/striped" })
    #expect(
      Set(scores.flatMap(\.scores.keys)) == ["quick-shallow", "quick-spectrum", "ensemble"])
    #expect(MistakeList.isThere(in: outcome.lab))
    let list = try #require(try MistakeList(reading: outcome.lab, in: shop.workspace))
    #expect(list.isComplete)
    #expect(list.tests.map(\.detector) == ["quick-shallow", "quick-spectrum", "ensemble"])
    for (test, metrics) in zip(list.tests, results.detectors) {
      let (positives, negatives) = (test.falsePositives, test.falseNegatives(by: nil))
      #expect(positives.samples == 6 && negatives.samples == 6)
      let kept = metrics.mistakes.filter { $0.label == .real }.map(\.path)
      #expect(Set(positives.mistakes.map(\.path)) == Set(kept))
      #expect(positives.mistakes.count + negatives.mistakes.count == metrics.mistakes.count)
      #expect(positives.mistakes.allSatisfy { $0.score >= test.threshold && $0.method == "real" })
      #expect(negatives.mistakes.allSatisfy { $0.score < test.threshold })
      #expect(negatives.mistakes.map(\.score) == negatives.mistakes.map(\.score).sorted())
      #expect(test.methods == ["lines", "stripes"])
      #expect(test.falseNegatives(by: "stripes").samples == 2)
    }
    // A run of an earlier version has the largest errors alone.
    try FileManager.default.removeItem(atPath: "\(outcome.lab)/\(SampleScore.file)")
    let old = try #require(try MistakeList(reading: outcome.lab, in: shop.workspace))
    #expect(!old.isComplete && old.tests[0].dataset == "Datasets/striped")
    #expect(old.tests[0].falsePositives.mistakes == list.tests[0].falsePositives.mistakes)
    #expect(try MistakeList(reading: shop.path, in: shop.workspace) == nil)
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
    #expect(records.count == 2 + 12, "the version, the start, and a record a validation")
  }
}
