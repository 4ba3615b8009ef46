import Detection
import Engine
import Faces
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct DetectorAdversaryTests {
  /// A detector of soft bends, so that differences are exact enough.
  private func trained() -> TrainedDetector {
    let network = DetectorNetwork(.c5, side: 128, dropping: 0, randomness: RandomSource(seed: 4))
    return TrainedDetector(
      NetworkDetector(network, input: NetworkArchitecture.c5.input),
      operatingPoint: OperatingPoint(threshold: 0.5))
  }

  @Test func theGradientReachesTheMadeFaces() throws {
    let adversary = try DetectorAdversary(trained())
    let made = Tensor.random([2, 64, 64, 3], in: 0.2...0.8, seed: 1)
    func adversarialLoss(_ made: Tensor) -> LossValue {
      adversary.evasionLoss(
        of: ShownSwaps(
          made: made, pictures: gradientPictures(2, seed: 7), landmarks: [nil, nil],
          randomness: RandomSource(seed: 9)))
    }
    let gradient = adversarialLoss(made).gradient
    #expect(gradient.shape == made.shape)
    // Along the gradient and along two random directions.
    for direction in [gradient, .random(made.shape, seed: 2), .random(made.shape, seed: 3)] {
      let length = direction.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      let expected =
        zip(direction.values, gradient.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        / length
      let step: Float = 0.05
      let up = adversarialLoss(made.adding(direction, times: step / Float(length))).value
      let down = adversarialLoss(made.adding(direction, times: -step / Float(length))).value
      let measured = Double(up - down) / Double(2 * step)
      let steepest = gradient.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(abs(measured - expected) < 0.03 * steepest, "\(measured), not \(expected)")
    }
  }

  @Test func aDetectorWithoutLayersIsNoAdversary() throws {
    let spectrum = try SpectrumTraining().detector(
      learning: PowerSpectrum(features: 180)(gradientPictures(24, seed: 3)),
      labels: (0..<24).map { $0 % 2 == 0 ? .real : .fake },
      groups: (0..<24).map(String.init)
    ).detector
    #expect(throws: DetectionError.noGradient(reason: "It is no network of single frames.")) {
      _ = try DetectorAdversary(TrainedDetector(spectrum))
    }
  }
}
