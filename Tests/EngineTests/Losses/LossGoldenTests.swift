import Engine
import Foundation
import Testing

/// Values and gradients of every loss as PyTorch and scikit-image have them.
@Suite struct LossGoldenTests {
  /// One line of Golden/losses.json, made by Golden/losses.py.
  private struct Case: Decodable {
    let name: String
    let shape: [Int]
    let prediction, target, weight: [Float]
    let value: Float
    let gradient: [Float]
  }

  private static let losses: [(name: String, loss: any Loss)] = [
    ("mae", MeanAbsoluteError()), ("mse", MeanSquaredError()), ("huber 0.7", Huber(delta: 0.7)),
    ("bce", BinaryCrossEntropy()), ("bce 0.1", BinaryCrossEntropy(labelSmoothing: 0.1)),
    ("cce", CategoricalCrossEntropy()), ("cce 0.2", CategoricalCrossEntropy(labelSmoothing: 0.2)),
    ("lsgan real", LeastSquaresGAN(.real)), ("lsgan fake", LeastSquaresGAN(.fake)),
    ("hinge real", HingeGAN(.real)), ("hinge fake", HingeGAN(.fake)),
    ("hinge generator", HingeGAN(.generator)), ("tv", TotalVariation()), ("edge", EdgeDifference()),
    ("dssim", DSSIM()),
  ]

  private static func cases() throws -> [String: Case] {
    let url = try #require(
      Bundle.module.url(forResource: "losses", withExtension: "json", subdirectory: "Golden"))
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: url))
    return Dictionary(uniqueKeysWithValues: cases.map { ($0.name, $0) })
  }

  @Test(arguments: losses.map(\.name), ["", " weighted"])
  func valueAndGradientMatchPyTorch(name: String, suffix: String) throws {
    let golden = try #require(try Self.cases()[name + suffix])
    let loss = try #require(Self.losses.first { $0.name == name }).loss
    try expect(loss, matches: golden)
  }

  @Test func dissimilarityOfOneChannelAndElevenRowsMatches() throws {
    try expect(DSSIM(), matches: try #require(try Self.cases()["dssim one channel"]))
  }

  /// scikit-image's own number for the golden picture: losses.py asserts that it is this one.
  @Test func similarityIsOneMinusTwiceTheDissimilarity() throws {
    let golden = try #require(try Self.cases()["dssim"])
    let similarities = DSSIM.similarity(
      Tensor(shape: golden.shape, values: golden.prediction),
      Tensor(shape: golden.shape, values: golden.target))
    #expect(similarities.count == 2)
    #expect(abs(similarities.reduce(0, +) / 2 - Double(1 - 2 * golden.value)) < 1e-6)
  }

  private func expect(_ loss: any Loss, matches golden: Case) throws {
    let prediction = Tensor(shape: golden.shape, values: golden.prediction)
    let target =
      golden.target.isEmpty ? prediction : Tensor(shape: golden.shape, values: golden.target)
    let weight =
      golden.weight.isEmpty
      ? nil : Tensor(shape: golden.shape.dropLast() + [1], values: golden.weight)
    let found = loss(prediction, target, weight: weight)
    #expect(abs(found.value - golden.value) <= 2e-6 * max(1, abs(golden.value)))
    #expect(found.gradient.shape == golden.shape)
    let scale = golden.gradient.map(abs).max() ?? 0
    for (found, golden) in zip(found.gradient.values, golden.gradient) {
      #expect(abs(found - golden) <= 3e-5 * scale)
    }
  }
}
