import Detection
import Engine
import Faces
import Foundation
import Generation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct SwapRivalsTests {
  private let folder: TemporaryFolder
  private let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
  }

  private func request(_ name: String, iterations: Int) throws -> SwapRequest {
    var people: [String] = []
    for (person, seed) in [("a", UInt64(1)), ("b", 2)] {
      let path = folder.path("Datasets/\(person)")
      people.append(
        FileManager.default.fileExists(atPath: path)
          ? path : try writeFaces(person, in: folder, seed: seed))
    }
    var request = SwapRequest(a: people[0], b: people[1])
    (request.name, request.workspace, request.batch) = (name, workspace.path, 2)
    request.budget.iterations = iterations
    (request.sessionOptions.evaluateEvery, request.sessionOptions.skipsSwaps) = (1, true)
    return request
  }

  private func writeDetector(seed: UInt64) throws {
    let network = DetectorNetwork(.shallow, side: 64, randomness: RandomSource(seed: seed))
    try write(TrainedDetector(NetworkDetector(network, input: NetworkArchitecture.shallow.input)))
  }

  private func write(_ detector: TrainedDetector) throws {
    let place = RunFolder(try RunName("meso"), in: workspace)
    try place.make()
    try detector.write(to: place.best)
  }

  @Test func aTrainingBeginsWithAnothersWeightsAndTakesTheLast() throws {
    var first = try request("first", iterations: 2)
    first.selection = .last
    let outcome = try SwapRun.train(first)
    #expect(outcome.best?.iteration == 2, "the newest, whatever it scores")
    #expect(outcome.swaps.pictures == 32 && outcome.swaps.swapped == 0)
    var second = try request("second", iterations: 1)
    second.lossOptions.initialModel = "first"
    _ = try SwapRun.train(second)
    let start = try SwapTrainer.settings(
      of: workspace.checkpoints(of: "second") + "/best.safetensors"
    ).initialization
    #expect(start?.name == "first")
    #expect(
      try start?.hash == FileHash.ofFile(workspace.checkpoints(of: "first") + "/best.safetensors"))
    // One small step away from where it began; fresh weights would be anywhere.
    let models = try ["first", "second"].map {
      try SwapModel(reading: workspace.checkpoints(of: $0) + "/best.safetensors")
    }
    let far = zip(models[0].parameters, models[1].parameters).map {
      zip($0.parameter.plain.values, $1.parameter.plain.values).map { abs($0 - $1) }.max() ?? 0
    }.max()
    #expect((far ?? 1) < 0.01)

    var none = try request("third", iterations: 1)
    none.lossOptions.initialModel = "nobody"
    let path = workspace.checkpoints(of: "nobody") + "/best.safetensors"
    #expect(throws: RecordsError.noModel(name: "nobody", path: path)) {
      _ = try SwapRun.train(none)
    }
    none.lossOptions.initialModel = "first"
    none.mask = .learned
    _ = try SwapRun.train(none)
    var masked = try request("fourth", iterations: 1)
    masked.lossOptions.initialModel = "third"
    #expect(throws: EngineError.self) { _ = try SwapRun.train(masked) }
  }

  @Test func trainingBeginsWithTheCarriedWeightsUnlessToldOtherwise() throws {
    func settings(_ change: (inout SwapRequest) -> Void) throws -> SwapSettings {
      var request = try request("settings", iterations: 1)
      change(&request)
      return request.fresh()
    }
    let usual = try settings { _ in }
    #expect(usual.initialization == .carried)
    let none = try settings { $0.lossOptions.initialModel = "none" }
    #expect(none.initialization == nil)
    let original = try settings { $0.architecture = .original }
    #expect(original.initialization == nil)
    let other = try settings { $0.lossOptions.initialModel = "first" }
    #expect(other.initialization?.name == "first")
    // The faces of nobody in particular are nothing to be held to.
    let opposed = try settings { $0.lossOptions.adversary = "meso" }
    #expect(opposed.adversary != nil && opposed.adversary?.fidelity == nil)

    _ = try SwapRun.train(try request("begun", iterations: 1))
    let start = try SwapTrainer.settings(
      of: workspace.checkpoints(of: "begun") + "/best.safetensors"
    ).initialization
    #expect(start == .carried)
    #expect(
      !FileManager.default.fileExists(
        atPath: workspace.checkpoints(of: SwapInitialization.carried.name)))
    let models = try [
      SwapModel(reading: CheckpointFile(.swapBase)),
      SwapModel(reading: workspace.checkpoints(of: "begun") + "/best.safetensors"),
    ]
    let far = zip(models[0].parameters, models[1].parameters).map {
      zip($0.parameter.plain.values, $1.parameter.plain.values).map { abs($0 - $1) }.max() ?? 0
    }.max()
    #expect((far ?? 1) < 0.01)
  }

  @Test func anAdversaryIsNamedByItsHashAndMayNotChange() throws {
    try writeDetector(seed: 1)
    var opposed = try request("opposed", iterations: 1)
    (opposed.lossOptions.adversary, opposed.lossOptions.adversaryBatch) = ("meso", 1)
    _ = try SwapRun.train(opposed)
    let lines = SwapLog.lines(at: workspace.lab(of: "opposed") + "/log.jsonl")
    #expect(lines.last?.evasionLossA != nil && lines.last?.evasionLossB != nil)
    let report = try String(
      contentsOfFile: workspace.lab(of: "opposed") + "/report.md", encoding: .utf8)
    #expect(report.contains("--adversary meso") && report.contains("--adversary-batch 1"))

    let path = workspace.checkpoints(of: "meso") + "/best.safetensors"
    let before = try FileHash.ofFile(path)
    try writeDetector(seed: 2)
    opposed.budget.iterations = 2
    #expect(
      throws: RecordsError.differentSetting(
        run: "opposed", setting: "--adversary 'meso', with SHA-256", has: before,
        asked: try FileHash.ofFile(path))
    ) { _ = try SwapRun.train(opposed) }
  }

  @Test func swapsAreHeldToThoseOfTheStartWhichMayNotChange() throws {
    try writeDetector(seed: 1)
    _ = try SwapRun.train(try request("first", iterations: 1))
    var held = try request("held", iterations: 2)
    (held.lossOptions.initialModel, held.lossOptions.adversary, held.lossOptions.adversaryBatch) = (
      "first", "meso", 1
    )
    _ = try SwapRun.train(held)
    let path = workspace.lab(of: "held") + "/log.jsonl"
    let line = try #require(SwapLog.lines(at: path).last)
    #expect(
      (line.fidelityLossA ?? 0) > 0 && (line.fidelityLossB ?? 0) > 0,
      "the second step is not the first")
    #expect(
      try String(contentsOfFile: workspace.lab(of: "held") + "/report.md", encoding: .utf8)
        .contains("--adversary-fidelity"))

    var free = try request("free", iterations: 2)
    (free.lossOptions.adversary, free.lossOptions.adversaryBatch) = ("meso", 1)
    _ = try SwapRun.train(free)
    #expect(SwapLog.lines(at: workspace.lab(of: "free") + "/log.jsonl").last?.fidelityLossA == nil)

    let start = workspace.checkpoints(of: "first") + "/best.safetensors"
    let before = try FileHash.ofFile(start)
    var more = try request("first", iterations: 2)
    more.budget.iterations = 2
    _ = try SwapRun.train(more)
    held.budget.iterations = 3
    #expect(
      throws: RecordsError.differentSetting(
        run: "held", setting: "--init 'first', with SHA-256", has: before,
        asked: try FileHash.ofFile(start))
    ) { _ = try SwapRun.train(held) }
  }

  @Test func aDetectorWithoutAGradientIsRefused() throws {
    let spectrum = try SpectrumTraining().detector(
      learning: PowerSpectrum(features: 180)(gradientPictures(24, seed: 3)),
      labels: (0..<24).map { $0 % 2 == 0 ? .real : .fake },
      groups: (0..<24).map(String.init)
    ).detector
    try write(TrainedDetector(spectrum))
    var opposed = try request("opposed", iterations: 1)
    opposed.lossOptions.adversary = "meso"
    #expect(
      throws: WorkflowError.noAdversary(
        name: "meso", reason: "It is no network of single frames.")
    ) { _ = try SwapRun.train(opposed) }
  }
}
