import Engine
import Foundation
import TestSupport
import Testing

@testable import Generation

@Suite struct SwapTrainerTests {
  @Test func theSameSeedGivesTheSameBitsAfterTwentySteps() throws {
    var (first, second) = (tinyTrainer(), tinyTrainer())
    let losses = try first.train(to: 20)
    #expect(try second.train(to: 20) == losses)
    #expect(first.bits == second.bits)
    var other = tinyTrainer(seed: 2)
    _ = try other.train(to: 20)
    #expect(other.bits != first.bits)
  }

  @Test(arguments: [Precision.float32, .bfloat16])
  func interruptedAndResumedGivesTheBitsOfUninterrupted(precision: Precision) throws {
    let folder = try TemporaryFolder()
    var whole = tinyTrainer { $0.precision = precision }
    let losses = try whole.train(to: 20)
    var first = tinyTrainer { $0.precision = precision }
    let before = try first.train(to: 10)
    try first.save(to: folder.path("latest.safetensors"), by: "test")
    var second = tinyTrainer { $0.precision = precision }
    try second.restore(from: folder.path("latest.safetensors"))
    #expect(second.state == first.state)
    #expect(before + (try second.train(to: 20)) == losses)
    #expect(second.bits == whole.bits)
    // The optimizer and the averages too, to the bit.
    try whole.save(to: folder.path("whole.safetensors"), by: "test")
    try second.save(to: folder.path("second.safetensors"), by: "test")
    let (left, right) = (
      try Checkpoint(reading: folder.path("whole.safetensors")),
      try Checkpoint(reading: folder.path("second.safetensors"))
    )
    #expect(left.tensors.map(\.name) == right.tensors.map(\.name))
    for (a, b) in zip(left.tensors, right.tensors) {
      #expect(
        a.tensor.values.map(\.bitPattern) == b.tensor.values.map(\.bitPattern), "\(a.name)")
    }
  }

  @Test func evaluationsLeaveTheTrainingAsItIs() throws {
    var (evaluated, plain) = (tinyTrainer(), tinyTrainer())
    _ = try plain.train(to: 6)
    _ = try evaluated.train(to: 3)
    _ = evaluated.evaluate(isScheduled: true)
    _ = try evaluated.train(to: 6)
    #expect(evaluated.bits == plain.bits)
    #expect(evaluated.state.evaluated == 3)
  }

  @Test func trainingMakesHeldOutFacesMoreAlike() throws {
    var trainer = tinyTrainer { $0.averageDecay = 0 }
    let before = trainer.evaluate(isScheduled: true).quality
    while trainer.state.iteration < 60 { _ = try trainer.step(progress: 0) }
    let after = trainer.evaluate(isScheduled: true).quality
    #expect(after.psnrA > before.psnrA && after.psnrB > before.psnrB)
    #expect(after.score == min(after.ssimA, after.ssimB))
  }

  @Test func theTrueSwapSelectsWhereItIsToldTo() throws {
    // Ten evaluations without a rise cut the learning rate: the reconstruction stands still here.
    func factor(_ selection: ModelSelection, rising: Bool) -> Float {
      var trainer = tinyTrainer { $0.selection = selection }
      for evaluation in 0...10 {
        let ssim = rising ? 0.5 + Double(evaluation) / 100 : 0.5
        let metrics = GroundTruthMetrics(
          ssim: ssim, psnr: 20, gradient: 5, identity: 0.5, toSwappedIn: 1, toOriginal: 1)
        let best = trainer.evaluate(isScheduled: true) { _ in
          GroundTruthQuality(a2b: metrics, b2a: metrics)
        }
        #expect(best.score(by: .groundTruth) == ssim && best.score(by: selection) != nil)
      }
      return trainer.state.plateau.factor
    }
    #expect(factor(.groundTruth, rising: true) == 1)
    #expect(factor(.groundTruth, rising: false) < 1)
    #expect(factor(.reconstruction, rising: true) < 1)
  }

  @Test func aStepInTheSteadyStateAllocatesNothing() throws {
    var trainer = tinyTrainer()
    for _ in 0..<3 { _ = try trainer.step(progress: 0) }
    // Other tests allocate meanwhile: one quiet step among many proves it.
    var isQuiet = false
    for _ in 0..<100 where !isQuiet {
      let before = TensorMemory.allocations
      _ = try trainer.step(progress: 0)
      isQuiet = TensorMemory.allocations == before
    }
    #expect(isQuiet)
  }

  @Test func aLossThatIsNoNumberStopsBeforeTheWeights() throws {
    var trainer = tinyTrainer()
    _ = try trainer.step(progress: 0)
    let parameters = trainer.model.parameters
    let last = try #require(parameters.last { $0.name.hasPrefix("decoder_b") })
    last.parameter.plain = Tensor(
      shape: last.parameter.plainShape,
      values: [Float](repeating: .nan, count: last.parameter.plain.count))
    let before = trainer.bits
    #expect(throws: EngineError.notFinite(what: "The loss of B", iteration: 2)) {
      _ = try trainer.step(progress: 0)
    }
    #expect(trainer.bits == before)
    #expect(trainer.state.iteration == 1)
  }
}
