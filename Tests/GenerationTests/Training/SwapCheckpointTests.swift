import Engine
import Foundation
import TestSupport
import Testing

@testable import Generation

@Suite struct SwapCheckpointTests {
  @Test func theBestWeightsAreTheAveragedOnesAndComeBack() throws {
    let folder = try TemporaryFolder()
    var trainer = tinyTrainer()
    _ = try trainer.train(to: 5)
    let best = trainer.evaluate(isScheduled: true)
    #expect(best.iteration == 5 && best.groundTruth == nil)
    let own = trainer.bits
    try trainer.save(best, to: folder.path("best.safetensors"), by: "test")
    #expect(trainer.bits == own)
    #expect(try trainer.best(at: folder.path("best.safetensors")) == best)
    let averaged = trainer.withUsedWeights { $0.bits }
    #expect(averaged != own)
    let loaded = try trainer.withWeights(of: folder.path("best.safetensors")) { $0.bits }
    #expect(loaded == averaged)
    #expect(trainer.bits == own)
  }

  @Test func foreignCheckpointsAreRefusedInWords() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    var trainer = tinyTrainer()
    try Checkpoint(tensors: [("weight", Tensor(zeros: [2]))], metadata: [:]).write(to: path)
    #expect(
      throws: EngineError.unreadableCheckpoint(
        path: path, reason: "it was not written by 'dflab swap'")
    ) { try trainer.restore(from: path) }
    try Data("not a checkpoint".utf8).write(to: URL(filePath: path))
    #expect(throws: EngineError.self) { try trainer.restore(from: path) }
  }

  @Test func anotherArchitectureIsRefusedInWords() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    try tinyTrainer().save(to: path, by: "test")
    var other = tinyTrainer { $0.architecture = .original }
    let error = EngineError.mismatchedCheckpoint(
      path: path, reason: "it is the model 'fast', and this run's is 'original'")
    #expect(throws: error) { try other.restore(from: path) }
  }

  @Test func otherSettingsAreRefusedAndNothingIsChanged() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    try tinyTrainer().save(to: path, by: "test")
    var other = tinyTrainer { $0.seed = 9 }
    let before = other.bits
    #expect(
      throws: EngineError.mismatchedCheckpoint(
        path: path,
        reason: "it was trained with other settings (--seed \(tinyTrainer().settings.seed), not 9)")
    ) { try other.restore(from: path) }
    #expect(other.bits == before)
  }
}
