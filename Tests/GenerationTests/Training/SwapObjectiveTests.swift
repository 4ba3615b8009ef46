import Engine
import Faces
import TestSupport
import Testing

@testable import Generation

@Suite struct SwapObjectiveTests {
  private func batch(_ seed: UInt64, map: Tensor? = nil) -> WarpedBatch {
    WarpedBatch(
      input: .random([2, 64, 64, 3], in: 0...1, seed: seed),
      target: .random([2, 64, 64, 3], in: 0...1, seed: seed + 1), map: map)
  }

  @Test func theUsualLossIsErrorAndDissimilarity() {
    let (made, batch) = (Tensor.random([2, 64, 64, 3], in: 0...1, seed: 1), batch(2))
    let verdict = SwapObjective(SwapSettings(.fast))(made, batch)
    let error = MeanAbsoluteError()(made, batch.target)
    let dissimilarity = DSSIM()(made, batch.target)
    #expect(abs(verdict.loss.value - error.value - dissimilarity.value) < 1e-6)
    let gradient = error.gradient.adding(dissimilarity.gradient)
    #expect(allClose(verdict.loss.gradient, gradient, tolerance: 1e-8))
    #expect(Set(verdict.terms.keys) == ["mae", "dssim"])
    #expect(verdict.terms["mae"] == MeanAbsoluteError()(made, batch.target).value)
  }

  @Test(arguments: [
    (ReconstructionLoss.mae, ["mae"]), (.dssim, ["dssim"]), (.both, ["mae", "dssim"]),
  ])
  func eachLossIsNamedByItsTerms(loss: ReconstructionLoss, terms: [String]) {
    var settings = SwapSettings(.fast)
    settings.take(loss)
    #expect(settings.loss == loss)
    settings.edgeWeight = 0.5
    let verdict = SwapObjective(settings)(.random([2, 64, 64, 3], in: 0...1, seed: 1), batch(2))
    #expect(Set(verdict.terms.keys) == Set(terms + ["edge"]))
  }

  @Test func eyesAndMouthWeighAsMuchAsAsked() {
    // Half of each picture is an eye that weighs three times the rest.
    var map = Tensor(zeros: [2, 64, 64, 3])
    map.write { values in
      for place in 0..<values.count / 3 where place % 64 < 32 { values[3 * place + 1] = 1 }
    }
    let target = Tensor(zeros: [2, 64, 64, 3])
    var made = target
    made.write { values in
      for place in 0..<values.count / 3 where place % 64 < 32 { values[3 * place] = 0.3 }
    }
    var settings = SwapSettings(.fast)
    settings.take(.mae)
    settings.features = FeatureWeights(eyes: 3)
    let objective = SwapObjective(settings)
    let verdict = objective(made, WarpedBatch(input: target, target: target, map: map))
    // (32·3·0.1) / (32·3 + 32·1), where 0.1 is the error over three channels.
    #expect(abs(verdict.loss.value - 0.075) < 1e-6)
    let without = objective(made, WarpedBatch(input: target, target: target))
    #expect(abs(without.loss.value - 0.05) < 1e-6)
  }

  @Test func theMasksGradientMatchesDifferencesAndTheFacesKeepTheirs() {
    var settings = SwapSettings(.fast)
    settings.take(.mae)
    settings.mask = MaskTerms()
    let objective = SwapObjective(settings)
    // Absolute values bend where these masks never come within a step.
    var randomness = RandomSource(seed: 2)
    func level() -> Float { Float(Int(randomness.uniform() * 50)) * 0.02 + 0.01 }
    func even(_ value: Float) -> Tensor {
      Tensor(shape: [1, 64, 64, 3], values: [Float](repeating: value, count: 64 * 64 * 3))
    }
    let map = Tensor(
      shape: [1, 64, 64, 3], values: (0..<64 * 64 * 3).map { _ in level() + 0.013 })
    let batch = WarpedBatch(input: even(0.1), target: even(0.4), map: map)
    let made = Tensor.besides([
      even(0.9), Tensor(shape: [1, 64, 64, 1], values: (0..<64 * 64).map { _ in level() }),
    ])
    let verdict = objective(made, batch)
    #expect(
      Set(verdict.terms.keys)
        == ["mae", "mask_teacher", "mask_blend", "mask_area", "mask_variation"])
    let plain = MeanAbsoluteError()(made.channels(0..<3), batch.target)
    #expect(verdict.loss.gradient.channels(0..<3) == plain.gradient)
    let values = made.values
    let gradient = verdict.loss.gradient.values
    var worst = 0.0
    for _ in 0..<40 {
      let at = Int(randomness.uniform() * Double(values.count / 4)) * 4 + 3
      func value(_ change: Float) -> Double {
        var moved = values
        moved[at] += change
        return Double(objective(Tensor(shape: made.shape, values: moved), batch).loss.value)
      }
      let difference = (value(0.004) - value(-0.004)) / 0.008
      worst = max(worst, abs(difference - Double(gradient[at])))
    }
    // Single places move the mean of 4096 by up to 1.2e-4 a unit.
    #expect(worst < 2e-5)
  }

  @Test func aMaskWithoutMapsHasNoTeacher() {
    var settings = SwapSettings(.fast)
    settings.mask = MaskTerms()
    let verdict = SwapObjective(settings)(.random([2, 64, 64, 4], in: 0...1, seed: 7), batch(5))
    #expect(verdict.terms["mask_teacher"] == nil && verdict.terms["mask_blend"] != nil)
  }
}
