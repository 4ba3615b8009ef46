import Engine
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct SwapRunTests {
  @Test func aRunMakesEverythingAndGoesOnWhenAskedForMore() throws {
    let folder = try TemporaryFolder()
    var request = try request(in: folder)
    request.budget.iterations = 2
    let first = try SwapRun.train(request)
    #expect(first.stopped == .iterations && first.iteration == 2)
    #expect(first.swaps.swapped == 32 && first.swaps.pictures == 32)
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    let log = SwapLog.lines(at: run.log)
    #expect(log.map(\.iteration) == [1, 2, 2])
    #expect(log.map(\.stopped) == [nil, nil, .iterations])
    #expect(log[1].ssimA != nil && log[1].psnrB != nil)
    for file in [run.settings, run.preview, run.curves, run.latest, run.best] {
      #expect(FileManager.default.fileExists(atPath: file), "\(file)")
    }
    try checkSwaps(of: run, in: folder)
    try expectReport(in: run.lab)

    // The same command has nothing to do; what is missing is made again, with the same bytes.
    try FileManager.default.removeItem(atPath: run.preview)
    let removed = FileManager.default.contents(atPath: "\(run.swaps)/a2b/03.png")
    #expect(removed != nil)
    try FileManager.default.removeItem(atPath: "\(run.swaps)/a2b/03.png")
    let kept = try modified("\(run.swaps)/a2b/04.png")
    var events: [SwapEvent] = []
    let second = try SwapRun.train(request) { events.append($0) }
    #expect(events.contains(.alreadyDone(.iterations, iteration: 2)))
    #expect(second.swaps.swapped == 32 && second.best == first.best)
    #expect(FileManager.default.fileExists(atPath: run.preview))
    #expect(try modified("\(run.swaps)/a2b/04.png") == kept)
    #expect(FileManager.default.contents(atPath: "\(run.swaps)/a2b/03.png") == removed)
    #expect(second.swaps.fit == first.swaps.fit)

    // A larger number goes on.
    request.budget.iterations = 3
    #expect(try SwapRun.train(request).iteration == 3)
    #expect(SwapLog.lines(at: run.log).map(\.iteration) == [1, 2, 2, 3, 3])
  }

  @Test func discriminatorsAndMasksAreLoggedDrawnAndTakenUpAgain() throws {
    let folder = try TemporaryFolder()
    var request = try request(in: folder)
    request.budget.iterations = 2
    request.lossOptions.gan = .lsgan
    request.lossOptions.ganWarmup = 1
    request.mask = .learned
    request.sessionOptions.direction = .a2b
    var warnings: [String] = []
    let outcome = try SwapRun.train(request) { event in
      if case .warned(let sentence) = event { warnings.append(sentence) }
    }
    #expect(
      warnings == [
        "Face set A and B has no landmarks: the learned mask is trained on an ellipse. "
          + "Create it with 'dflab extract'."
      ])
    #expect(outcome.swaps.swapped == 16 && outcome.swaps.pictures == 16)
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    #expect(!FileManager.default.fileExists(atPath: "\(run.swaps)/b2a"))
    let log = SwapLog.lines(at: run.log)
    #expect(
      log[0].discriminatorLossA == nil && log[1].discriminatorLossA != nil
        && log[1].separationB != nil)
    #expect(log[1].adversarialLossA != nil && log[1].sharpnessB != nil)
    #expect(
      log[1].lossTermsA?.keys.sorted() == [
        "dssim", "mae", "mask_area", "mask_blend", "mask_teacher", "mask_variation",
      ])
    let report = try String(contentsOfFile: run.markdown, encoding: .utf8)
    #expect(report.contains("--mask learned") && report.contains("--gan lsgan"))

    // The model brings its mask along; another way of blending makes the swaps anew.
    let model = try SwapModel(reading: run.best)
    let face = Tensor.random([1, 64, 64, 3], in: 0...1, seed: 1)
    #expect(model.swapped(face, to: .a).masks?.shape == [1, 64, 64, 1])
    let learned = try Image(reading: "\(run.swaps)/a2b/03.png")
    request.mask = MaskShape.none
    _ = try SwapRun.train(request)
    #expect(try Image(reading: "\(run.swaps)/a2b/03.png") != learned)

    request.lossOptions.gan = .hinge
    #expect(
      throws: RecordsError.differentSetting(
        run: "a-b", setting: "--gan", has: "lsgan", asked: "hinge")
    ) { try SwapRun.train(request) }
  }

  @Test func largerFacesBeginFromTheBaseAndArePutIntoThePictures() throws {
    let folder = try TemporaryFolder()
    var request = try request(in: folder)
    request.size = 128
    request.budget.iterations = 1
    let outcome = try SwapRun.train(request)
    #expect(outcome.swaps.swapped > 0)
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    let model = try SwapModel(reading: run.best)
    #expect(model.side == 128)
    // The weights of 64×64 faces, one small step away.
    let base = try SwapModel(reading: CheckpointFile(.swapBase))
    let far = zip(base.encoder.parameters, model.encoder.parameters).dropFirst().map {
      zip($0.parameter.plain.values, $1.parameter.plain.values).map { abs($0 - $1) }.max() ?? 0
    }.max()
    #expect((far ?? 1) < 0.01)
    request.size = 96
    #expect(
      throws: RecordsError.differentSetting(run: "a-b", setting: "--size", has: "128", asked: "96")
    ) { try SwapRun.train(request) }
  }

  @Test func aMaskThatWasNotLearntIsRefused() throws {
    let folder = try TemporaryFolder()
    var request = try request(in: folder)
    request.budget.iterations = 1
    _ = try SwapRun.train(request)
    request.mask = .learned
    #expect(
      throws: RecordsError.differentSetting(
        run: "a-b", setting: "--mask", has: "not learned", asked: "learned")
    ) { try SwapRun.train(request) }
    var conversion = ConversionRequest(model: "a-b", input: "x.mp4", side: .b, output: "y.mp4")
    conversion.workspace = folder.path
    let weights = try conversion.weights()
    #expect(try conversion.masked(by: weights).insertion.mask == .hull)
    conversion.mask = .learned
    #expect(throws: WorkflowError.noMask(model: "a-b")) { try conversion.masked(by: weights) }
  }

  @Test func anInterruptedRunIsSavedAndSwapsUnlessPressedAgain() throws {
    let folder = try TemporaryFolder()
    let request = try request(in: folder)
    let interruption = Interruption()
    let outcome = try SwapRun.train(request, interruption: interruption) { event in
      if case .stepped = event {
        interruption.press()
        interruption.press()
      }
    }
    #expect(outcome.stopped == .interrupted && outcome.iteration == 1 && outcome.swaps.swapped == 0)
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    #expect(SwapLog.lines(at: run.log).last?.stopped == .interrupted)
    #expect(FileManager.default.fileExists(atPath: run.latest))
  }

  @Test func aBrokenCheckpointIsRefusedAndNotWrittenOver() throws {
    let folder = try TemporaryFolder()
    var request = try request(in: folder)
    request.budget.iterations = 1
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    try run.make()
    try WholeFile.write(Array("not a model".utf8), to: run.latest)
    #expect(throws: EngineError.self) { try SwapRun.train(request) }
    #expect(FileManager.default.contents(atPath: run.latest) == Data("not a model".utf8))
  }

  @Test func aRunInUseIsRefused() throws {
    let folder = try TemporaryFolder()
    let request = try request(in: folder)
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    try run.make()
    let lock = try RunLock(run)
    #expect(throws: RecordsError.self) { try SwapRun.train(request) }
    withExtendedLifetime(lock) {}
  }

  /// Every input has a swap of its size, marked; its corner is as it was.
  private func checkSwaps(of run: RunFolder, in folder: TemporaryFolder) throws {
    for (side, swaps) in [("a", "a2b"), ("b", "b2a")] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.path("Datasets/\(side)"))
      #expect(names.count == 16)
      for name in names {
        let path = "\(run.swaps)/\(swaps)/\(name)"
        let swap = try Image(reading: path)
        let input = try Image(reading: folder.path("Datasets/\(side)/\(name)"))
        #expect(swap.width == input.width && swap.height == input.height && swap != input)
        if name.hasSuffix("png") { #expect(swap.pixels[0..<3] == input.pixels[0..<3]) }
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        let term = Data("/compositeWithTrainedAlgorithmicMedia".utf8)
        #expect(bytes.range(of: term) != nil, "\(name)")
      }
    }
  }

  private func modified(_ path: String) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }

  private func request(in folder: TemporaryFolder) throws -> SwapRequest {
    _ = try testWorkspace(in: folder)
    var request = SwapRequest(
      a: try writeFaces("a", in: folder, seed: 1), b: try writeFaces("b", in: folder, seed: 2))
    request.workspace = folder.path
    request.batch = 1
    request.sessionOptions.evaluateEvery = 2
    request.sessionOptions.previewEvery = 2
    request.sessionOptions.logEvery = 1
    return request
  }
}
