import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

/// Faces of which the fake ones have a green tint: learnable in few steps.
private func tinted(_ count: Int, seed: UInt64) -> NetworkSamples {
  let clips = gradientPictures(count, seed: seed).enumerated().map { index, image in
    guard index % 2 == 1 else { return (clip: FaceClip(still: image), label: Label.real) }
    var pixels = image.pixels
    for at in stride(from: 1, to: pixels.count, by: 3) { pixels[at] = pixels[at] / 2 + 120 }
    let tinted = Image(width: 256, height: 256, pixels: pixels)
    return (clip: FaceClip(still: tinted), label: Label.fake)
  }
  return NetworkSamples(of: LabeledClips(clips), frames: 1)
}

private func trainer(
  _ change: (inout DetectorSettings) -> Void = { _ in }
) -> DetectorTrainer {
  var settings = DetectorSettings(.cnn)
  settings.input.side = 16
  settings.batch = 8
  settings.schedule = Schedule(.cosine, warmup: 3)
  change(&settings)
  return DetectorTrainer(settings, samples: tinted(24, seed: 1)) { source in
    let isKept = source.uniform() < 0.5
    return { image, _ in isKept ? image : Image.noise(width: 256, height: 256) }
  }
}

extension DetectorTrainer {
  fileprivate mutating func train(to iteration: Int) throws -> [Float] {
    var losses: [Float] = []
    while state.iteration < iteration {
      losses.append(try step(progress: Double(state.iteration) / 40).loss)
    }
    return losses
  }

  fileprivate var bits: [[UInt32]] {
    network.parameters.map { $0.parameter.value.values.map(\.bitPattern) }
  }
}

@Suite struct DetectorTrainerTests {
  @Test func theSameSeedGivesTheSameBitsOnAnyTeam() throws {
    var (first, second) = (trainer(), trainer())
    let losses = try ThreadPool.with(threads: 1) { try first.train(to: 6) }
    #expect(try ThreadPool.with(threads: 3) { try second.train(to: 6) } == losses)
    #expect(first.bits == second.bits)
    var other = trainer { $0.seed = 2 }
    _ = try other.train(to: 6)
    #expect(other.bits != first.bits)
  }

  @Test(arguments: [Precision.float32, .bfloat16])
  func interruptedAndResumedGivesTheBitsOfUninterrupted(precision: Precision) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    func fresh() -> DetectorTrainer {
      trainer {
        ($0.architecture, $0.input.side) = (.efficientnetB0, 32)
        ($0.precision, $0.mixup, $0.batch) = (precision, 0.4, 4)
      }
    }
    var whole = fresh()
    let losses = try whole.train(to: 6)
    var first = fresh()
    let before = try first.train(to: 3)
    _ = first.evaluate { _ in 0.5 }
    try first.save(to: path, by: "test")
    var second = fresh()
    try second.restore(from: path)
    #expect(second.state == first.state)
    #expect(before + (try second.train(to: 6)) == losses)
    #expect(second.bits == whole.bits)
    let faces = gradientPictures(3, seed: 5)
    #expect(second.detector().logits(of: faces) == whole.detector().logits(of: faces))
  }

  @Test func trainingTellsTintedFacesApart() throws {
    var trainer = trainer { ($0.averageDecay, $0.learningRate) = (0.9, 3e-3) }
    _ = try trainer.train(to: 40)
    let result = trainer.evaluate(on: tinted(20, seed: 9))
    #expect(result.isBest && result.validation.score > 0.9, "\(result.validation.score)")
    #expect(trainer.state.best == result.validation)
  }

  @Test func trainingEndsWhenTheScoreStopsRising() {
    var trainer = trainer { $0.patience = 2 }
    for (score, isBest) in [(0.6, true), (0.7, true), (0.7, false)] {
      #expect(trainer.evaluate { _ in score }.isBest == isBest)
      #expect(!trainer.isOver)
    }
    _ = trainer.evaluate { _ in 0.65 }
    #expect(trainer.isOver)
  }

  @Test func numbersThatAreNoneStopWithTheLastFileIntact() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    var trainer = trainer()
    _ = try trainer.train(to: 2)
    try trainer.save(to: path, by: "test")
    let bits = trainer.bits
    trainer.network.parameters[0].parameter.value.write { $0[0] = .infinity }
    #expect(throws: EngineError.notFinite(what: "The loss", iteration: 3)) {
      _ = try trainer.step(progress: 0)
    }
    try trainer.restore(from: path)
    #expect(trainer.bits == bits)
  }

  @Test func otherSettingsAndOtherDetectorsAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    try trainer().save(to: path, by: "test")
    var other = trainer { $0.seed = 9 }
    #expect(
      throws: EngineError.mismatchedCheckpoint(
        path: path, reason: "it was trained with other settings")
    ) { try other.restore(from: path) }
    var meso = trainer { ($0.architecture, $0.input.side) = (.meso4, 32) }
    #expect(
      throws: EngineError.mismatchedCheckpoint(
        path: path, reason: "it is the detector 'cnn', and this run's is 'meso4'")
    ) { try meso.restore(from: path) }
  }

  @Test func aBudgetEndsWithItsFirstLimit() {
    var state = DetectorState()
    (state.iteration, state.seconds) = (30, 10)
    #expect(DetectorBudget(iterations: 60).progress(state) == 0.5)
    #expect(DetectorBudget(iterations: 60, seconds: 12.5).progress(state) == 0.8)
    #expect(DetectorBudget(seconds: 5).progress(state) == 1)
  }
}

@Suite struct DetectorBatchesTests {
  private func batches(_ change: (inout DetectorSettings) -> Void) -> DetectorBatches {
    var settings = DetectorSettings(.cnn)
    settings.input = DetectorInput(side: 16)
    settings.batch = 8
    settings.shifts = .none
    change(&settings)
    let faces = tinted(9, seed: 1)
    return DetectorBatches(of: faces, settings, randomness: RandomSource(seed: 3))
  }

  @Test func withoutShiftsABatchIsWhatScoringSees() {
    let faces = tinted(9, seed: 1)
    let input = DetectorInput(side: 16)
    let seen = Set(
      (0..<9).map { NetworkDetector.pictures([faces[$0, frame: 0]], input).values })
    let batch = batches { _ in }.batch(iteration: 0)
    for index in 0..<8 {
      #expect(seen.contains(batch.input.samples(index..<index + 1).values))
    }
  }

  @Test func classesCountAlikeHoweverManyTheyAre() {
    // Nine faces, five of them real: all of them in nine draws.
    let batch = batches { $0.batch = 9 }.batch(iteration: 0)
    let (targets, weights) = (batch.targets.values, batch.weights.values)
    let fakes = zip(targets, weights).filter { $0.0 == 1 }.map(\.1)
    #expect(fakes.count == 4)
    #expect(abs(fakes.reduce(0, +) - 4.5) < 1e-5 && abs(weights.reduce(0, +) - 9) < 1e-5)
  }

  @Test func mixingMakesTargetsSoft() {
    let plain = batches { _ in }.batch(iteration: 2)
    let mixed = batches { $0.mixup = 1 }.batch(iteration: 2)
    #expect(plain.targets.values.allSatisfy { $0 == 0 || $0 == 1 })
    #expect(mixed.targets.values.contains { $0 > 0 && $0 < 1 })
    let sums = (plain.input.values.reduce(0, +), mixed.input.values.reduce(0, +))
    #expect(abs(sums.0 - sums.1) < 0.01 * abs(sums.0))
  }

  @Test func betaDrawsHaveTheirMeanAndSpread() {
    var chance = RandomSource(seed: 4)
    for alpha in [0.2, 1.0, 3.0] {
      let draws = (0..<20_000).map { _ in chance.beta(alpha) }
      let mean = draws.reduce(0, +) / 20_000
      let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
      #expect(abs(mean - 0.5) < 0.015)
      #expect(abs(variance - 1 / (4 * (2 * alpha + 1))) < 0.005)
    }
  }
}
