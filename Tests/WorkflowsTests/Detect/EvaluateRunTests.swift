import Detection
import Faces
import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct EvaluateRunTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  @Test func otherSetsAreTestedAndDegraded() throws {
    _ = try DetectRun.train(shop.request)
    var request = EvaluateRequest()
    (request.data, request.isSwept) = ([shop.path, shop.path], true)
    request.workspace = shop.workspace.path
    let outcome = try #require(try EvaluateRun.test(request))
    #expect(
      outcome.results.sets.map(\.about)
        == Array(repeating: "12 samples of the test split", count: 2))
    let sweep = try #require(outcome.results.sets[0].robustness)
    #expect(
      sweep.curves.map(\.kind)
        == [.jpeg, .h264, .transcode, .resize, .blur, .sharpen, .noise])
    #expect(sweep.curves.allSatisfy { $0.areas["quick-spectrum"]?.count == 5 })
    #expect(sweep.undegraded["quick-spectrum"]?.value ?? 0 > 0.9)
    let folder = shop.workspace.lab(of: "evaluate-striped")
    #expect(outcome.report == "\(folder)/report.html")
    try expectReport(in: folder)
    let list = try #require(try MistakeList(reading: folder, in: shop.workspace))
    #expect(list.isComplete && list.tests.map(\.dataset).allSatisfy { $0 == "Datasets/striped" })
    #expect(list.tests[0].falsePositives.samples == 6, "a set that is named twice is scored once")
    let page = try String(contentsOfFile: outcome.report, encoding: .utf8)
    #expect(page.contains("from 2 source clips (fewer than 10: intervals are too narrow)."))
    #expect(page.contains("Robustness to JPEG"))
    // A set that is named twice does not lose its drawings to its namesake.
    for file in [
      "roc-1-striped", "roc-2-striped", "methods-2-striped", "robustness-1-striped-jpeg",
    ] {
      #expect(FileManager.default.fileExists(atPath: "\(folder)/charts/\(file).svg"), "\(file)")
    }
    request.name = "quick"
    #expect(throws: RecordsError.runInTheWay(name: "quick", command: "detect")) {
      _ = try EvaluateRun.test(request)
    }
    // A second process is kept out of the folder that the first one writes.
    request.name = "busy"
    let session = try RunSession(RunFolder(name: "busy", in: shop.workspace), Interruption())
    let holder = "number \(ProcessInfo.processInfo.processIdentifier)"
    #expect(throws: RecordsError.runInUse(name: "busy", process: holder)) {
      _ = try EvaluateRun.test(request)
    }
    withExtendedLifetime(session) {}
  }

  @Test func identitiesInTheTrainingDataAreLeftOut() throws {
    var training = shop.request
    training.detectors = [.spectrum]
    _ = try DetectRun.train(training)
    let samples = try LabeledDataset(reading: shop.path).samples
    var request = EvaluateRequest()
    (request.data, request.workspace) = ([shop.path], shop.workspace.path)
    // Another division of the same people: one who was learned from is to be tested.
    func test(_ person: String) -> [Sample] {
      samples.map { sample in
        var sample = sample
        if sample.identities == [person] { sample.split = .test }
        return sample
      }
    }
    try shop.write(test("p1"))
    let about =
      "12 samples of the test split (6 excluded: identities in the training data of a detector)"
    let outcome = try #require(try EvaluateRun.test(request))
    #expect(outcome.results.sets.map(\.about) == [about])
    #expect(outcome.results.sets.map(\.leftOut) == [6])
    #expect(outcome.results.sets[0].detectors[0].frames.balance.count == 12)
    let page = try String(contentsOfFile: outcome.report, encoding: .utf8)
    #expect(
      page.contains(
        "\(about), from 2 source clips (fewer than 10: intervals are too narrow)."))
    // All are known.
    try shop.write(test("p3").filter { $0.clips != ["clip4"] && $0.clips != ["clip5"] })
    #expect(
      throws: DetectionError.onlyKnownPeople(path: shop.path, detectors: ["quick-spectrum"])
    ) { _ = try EvaluateRun.test(request) }
  }

  @Test func whereNobodyKnowsOfWhomADetectorHasLearntThatIsSaid() throws {
    var training = shop.request
    training.detectors = [.spectrum]
    _ = try DetectRun.train(training)
    let path = "\(shop.workspace.checkpoints(of: "quick-spectrum"))/best.safetensors"
    var trained = try TrainedDetector(reading: path)
    trained.people = nil
    try trained.write(to: path)
    var request = EvaluateRequest()
    (request.data, request.workspace) = ([shop.path], shop.workspace.path)
    var events: [EvaluateEvent] = []
    _ = try EvaluateRun.test(request) { events.append($0) }
    #expect(events.first == .unknownIdentities(detector: "quick-spectrum"))
  }

  @Test func metricsOfDifferentDetectorsAreRefused() throws {
    _ = try DetectRun.train(shop.request)
    var request = EvaluateRequest()
    (request.data, request.workspace) = ([shop.path, shop.path], shop.workspace.path)
    _ = try EvaluateRun.test(request)
    let path = "\(shop.workspace.lab(of: "evaluate-striped"))/results.json"
    #expect(try EvaluateResults.read(at: path) != nil)
    let data = try Data(contentsOf: URL(filePath: path))
    var results = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    var sets = try #require(results["sets"] as? [[String: Any]])
    sets[1]["detectors"] = (sets[1]["detectors"] as? [Any]).map { Array($0.dropLast()) }
    results["sets"] = sets
    try JSONSerialization.data(withJSONObject: results).write(to: URL(filePath: path))
    #expect(
      throws: RecordsError.unreadable(
        path: path, reason: "the datasets have results of different detectors")
    ) { _ = try EvaluateResults.read(at: path) }
  }
}
