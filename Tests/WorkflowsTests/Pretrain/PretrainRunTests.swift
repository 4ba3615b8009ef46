import Detection
import Engine
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct PretrainRunTests {
  private let shop: AugmentWorkshop

  init() throws {
    shop = try AugmentWorkshop()
    try shop.plain(["a", "b", "c"], count: 8)
  }

  private func request(_ iterations: Int) -> PretrainRequest {
    var request = PretrainRequest()
    (request.workspace, request.name) = (shop.workspace.path, "ae")
    (request.iterations, request.seed) = (iterations, 3)
    return request
  }

  private var folder: RunFolder { RunFolder(name: "ae", in: shop.workspace) }

  @Test func anInterruptedRunResumesAndEndsWithTheSameWeights() throws {
    var whole = request(12)
    whole.name = "whole"
    let outcome = try PretrainRun.train(whole)
    #expect(outcome.iteration == 12 && outcome.model != nil)
    let expected = try Data(contentsOf: URL(filePath: try #require(outcome.model)))

    let interruption = Interruption()
    var events: [PretrainEvent] = []
    let first = try PretrainRun.train(request(12), interruption: interruption) { event in
      if event == .trained(iteration: 10, of: 12) { interruption.press() }
      events.append(event)
    }
    #expect(first.model == nil && first.iteration == 10)
    #expect(!FileManager.default.fileExists(atPath: folder.best))
    let second = try PretrainRun.train(request(12))
    #expect(try Data(contentsOf: URL(filePath: try #require(second.model))) == expected)
    #expect(events.contains(.read(faces: 23, heldOut: 1)))
    let log = RunLog<PretrainLog>.lines(at: folder.log)
    #expect(log.map(\.iteration) == [12] && log[0].heldOut.count == 3)
    let page = try String(contentsOfFile: folder.page, encoding: .utf8)
    #expect(page.contains("PSNR, dB") && page.contains("dflab pretrain"))
    // A finished run is left as it is.
    #expect(try PretrainRun.train(request(12)).iteration == 12)
  }

  @Test func aChangedSettingIsRefused() throws {
    _ = try PretrainRun.train(request(3))
    var other = request(3)
    other.seed = 4
    #expect(
      throws: RecordsError.differentSetting(run: "ae", setting: "--seed", has: "3", asked: "4")
    ) { try PretrainRun.train(other) }
    try shop.plain(["d"])
    #expect(throws: RecordsError.self) { try PretrainRun.train(request(3)) }
  }

  @Test func aSwapModelBeginsFromAPretrainedOne() throws {
    // Two people in the same scenes, and a third alone.
    var rendering = SynthesisRequest()
    (rendering.out, rendering.workspace) = (
      shop.workspace.datasets(of: "crowd"), shop.workspace.path
    )
    (rendering.people, rendering.count, rendering.sharedScenes) = (2, 10, 2)
    (rendering.masks, rendering.depth) = (false, false)
    _ = try SynthesisRun.make(rendering)
    var request = request(2)
    (request.model, request.faces) = (.swap, [shop.set("a"), try #require(rendering.out)])
    var events: [PretrainEvent] = []
    let outcome = try PretrainRun.train(request) { events.append($0) }
    // The last of 18 scenes is held out: two pictures.
    #expect(events.contains(.read(faces: 26, heldOut: 2)))
    let log = RunLog<PretrainLog>.lines(at: folder.log)
    #expect(log.map { $0.heldOut.keys.sorted() } == [["reconstruction", "swap"]])
    let report = try String(contentsOfFile: try #require(outcome.report), encoding: .utf8)
    #expect(report.contains("swap models begin from"))

    let model = try SwapModel(reading: try #require(outcome.model))
    try shop.plain(["d", "e"], count: 16)
    var swapping = SwapRequest(a: shop.set("d"), b: shop.set("e"))
    (swapping.workspace, swapping.name) = (shop.workspace.path, "begun")
    swapping.lossOptions.initialModel = "ae"
    swapping.budget = SwapBudget(iterations: 1)
    swapping.sessionOptions.skipsSwaps = true
    _ = try SwapRun.train(swapping)
    let begun = try SwapModel(reading: RunFolder(name: "begun", in: shop.workspace).best)
    // One small step away from where it began; random weights would be anywhere.
    let far = zip(model.parameters, begun.parameters).map {
      zip($0.parameter.plain.values, $1.parameter.plain.values).map { abs($0 - $1) }.max() ?? 0
    }.max()
    #expect((far ?? 1) < 0.01)
  }

  @Test func aNetworkForEyesLearnsFromRenderedPeople() throws {
    var rendering = SynthesisRequest()
    (rendering.out, rendering.workspace) = (
      shop.workspace.datasets(of: "eyes"), shop.workspace.path
    )
    (rendering.people, rendering.count, rendering.sequence) = (3, 20, true)
    (rendering.rate, rendering.blinks) = (10, 60)
    (rendering.masks, rendering.depth) = (false, false)
    _ = try SynthesisRun.make(rendering)
    var request = request(3)
    (request.model, request.faces) = (.eyes, [shop.set("a"), try #require(rendering.out)])
    var events: [PretrainEvent] = []
    let outcome = try PretrainRun.train(request) { events.append($0) }
    // Faces without a scene do not count; one of three people is held out.
    #expect(events.contains(.read(faces: 40, heldOut: 20)))
    let log = RunLog<PretrainLog>.lines(at: folder.log)
    #expect(log.map { $0.heldOut.keys.sorted() } == [["closing eyes", "open eyes"]])
    #expect(log[0].heldOut.values.allSatisfy { (0...1).contains($0["error"] ?? -1) })
    #expect(EyeNetwork.isThere(at: try #require(outcome.model)))
    let report = try String(contentsOfFile: try #require(outcome.report), encoding: .utf8)
    #expect(report.contains("mean absolute error"))
    var export = ExportRequest("ae", as: "half")
    export.workspace = shop.workspace.path
    #expect(EyeNetwork.isThere(at: try ModelExporter.export(export)[0]))

    request.name = "blind"
    request.faces = [shop.set("a")]
    do {
      _ = try PretrainRun.train(request)
      Issue.record("not refused")
    } catch let error as WorkflowError {
      #expect(error.description.contains("rendered identities with open and with closing eyes"))
    }
  }

  @Test func aFewFacesSufficeAndOneDoesNot() throws {
    var few = request(1)
    few.faces = [shop.workspace.datasets(of: "a")]
    var events: [PretrainEvent] = []
    _ = try PretrainRun.train(few) { events.append($0) }
    #expect(events.contains(.read(faces: 7, heldOut: 1)))
    try shop.plain(["single"], count: 1)
    few.faces = [shop.workspace.datasets(of: "single")]
    few.name = "single"
    do {
      _ = try PretrainRun.train(few)
      Issue.record("not refused")
    } catch let error as WorkflowError {
      #expect(
        error.description == "Training needs 2 faces, one of them held out, but there is only 1. "
          + "Give more face sets with --faces.")
    }
  }

  @Test func anAugmentationUsesNamedAutoencoders() throws {
    _ = try PretrainRun.train(request(3))
    func samples(_ models: [String]) throws -> [UInt8] {
      var augmenting = shop.request(12)
      (augmenting.models, augmenting.isForced) = (models, true)
      _ = try AugmentRun.make(augmenting)
      return [UInt8](
        try Data(contentsOf: URL(filePath: "\(shop.set())/manifest.jsonl")))
    }
    #expect(try samples(["ae"]) != samples([]))
  }
}
