import Engine
import Testing

@testable import Detection

@Suite struct LocalizationHeadTests {
  @Test func theForgedPlacesAreThoseThatDifferFromTheTwin() throws {
    let batch = batch(twins: [nil, 0, nil])
    let truth = try #require(MaskTarget(of: batch, rows: 4))
    // The fake differs from its twin in rows 8..<16 and columns 16..<24 of 32.
    let forged = truth.targets.values.indices.filter { truth.targets.values[$0] == 1 }
    #expect(forged == [16 + 4 + 2])
    // Of the third picture no twin is known: nothing is asked about it.
    #expect(truth.weights.values == (0..<48).map { $0 < 32 ? 1 : 0 })
  }

  @Test func withoutTwinsNothingIsKnown() {
    #expect(MaskTarget(of: batch(twins: [nil, nil, nil]), rows: 4) == nil)
  }

  @Test(arguments: [NetworkArchitecture.resnet18, .efficientnetB0, .meso4, .xception, .cnn])
  func aWeightOfZeroLeavesTheGradientsAsTheyWere(_ kind: NetworkArchitecture) throws {
    let side = 64
    let plain = DetectorNetwork(kind, side: side, dropping: 0, randomness: RandomSource(seed: 1))
    let taught = DetectorNetwork(kind, side: side, dropping: 0, randomness: RandomSource(seed: 1))
    let head = try #require(LocalizationHead(taught, randomness: RandomSource(seed: 2)))
    let batch = batch(twins: [nil, 0, nil], side: side)
    let chance = RandomSource(seed: 3)
    let loss = plain.learn(from: batch, smoothing: 0.1, precision: .float32, randomness: chance)
    let other = head.learn(
      from: batch, smoothing: 0.1, weight: 0, precision: .float32, randomness: chance)
    #expect(loss == other)
    for (one, two) in zip(plain.parameters, taught.parameters) {
      #expect(one.parameter.gradient.values == two.parameter.gradient.values, "\(one.name)")
    }
  }

  @Test func theGradientIsThatOfBothLosses() throws {
    let network = DetectorNetwork(
      .cnn, side: 32, dropping: 0, randomness: RandomSource(seed: 1))
    let head = try #require(LocalizationHead(network, randomness: RandomSource(seed: 2)))
    let batch = batch(twins: [nil, 0, nil])
    func gradients(weight: Float) -> [[Float]] {
      for named in network.parameters + head.parameters { named.parameter.clearGradient() }
      _ = head.learn(
        from: batch, smoothing: 0, weight: weight, precision: .float32,
        randomness: RandomSource(seed: 3))
      return network.parameters.map { $0.parameter.gradient.values }
    }
    // What the head adds is in proportion to its weight, and something at all.
    let (none, one, two) = (gradients(weight: 0), gradients(weight: 1), gradients(weight: 2))
    var added: Float = 0
    for (parameter, values) in none.enumerated() {
      for (place, value) in values.enumerated() {
        let (first, second) = (one[parameter][place] - value, two[parameter][place] - value)
        #expect(abs(second - 2 * first) < 1e-4 + 1e-3 * abs(first))
        added += abs(first)
      }
    }
    #expect(added > 1e-3)
  }

  @Test func aNetworkWithoutFeatureMapsHasNoHead() {
    let network = DetectorNetwork(.shallow, side: 64, randomness: RandomSource(seed: 1))
    #expect(LocalizationHead(network, randomness: RandomSource(seed: 2)) == nil)
  }

  /// A real picture, its fake twin, and a fake of nobody.
  private func batch(twins: [Int?], side: Int = 32) -> DetectorBatch {
    var chance = RandomSource(seed: 5)
    let real = (0..<side * side * 3).map { _ in Float(chance.uniform(-1...1)) }
    var fake = real
    for y in side / 4..<side / 2 {
      for number in side / 2 * 3..<side * 3 / 4 * 3 { fake[y * side * 3 + number] += 0.5 }
    }
    let other = (0..<side * side * 3).map { _ in Float(chance.uniform(-1...1)) }
    return DetectorBatch(
      input: Tensor(shape: [3, side, side, 3], values: real + fake + other), twins: twins,
      targets: Tensor(shape: [3, 1], values: [0, 1, 1]),
      weights: Tensor(shape: [3, 1], values: [1, 1, 1]))
  }
}
