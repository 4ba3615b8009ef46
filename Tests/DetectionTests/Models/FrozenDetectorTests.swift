import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

@Suite struct FrozenDetectorTests {
  private func trained(_ architecture: NetworkArchitecture) -> TrainedDetector {
    let network = DetectorNetwork(
      architecture, side: architecture.input.side, randomness: RandomSource(seed: 3))
    return TrainedDetector(
      NetworkDetector(network, input: architecture.input),
      calibration: Calibration(method: .platt, slope: 2, intercept: -0.5))
  }

  private func values(_ images: [Image]) -> Tensor {
    Tensor.stacked(images.count, part: [256, 256, 3]) { index, part in
      for (place, value) in images[index].pixels.enumerated() { part[place] = Float(value) / 255 }
    }
  }

  @Test(arguments: [NetworkArchitecture.cnnBN, .cnn, .meso4, .efficientnetB0])
  func picturesAreShownAsScoringShowsThem(architecture: NetworkArchitecture) {
    let faces = gradientPictures(2, seed: 1)
    let shown = InputView(architecture.input).shown(values(faces))
    #expect(allClose(shown, NetworkDetector.pictures(faces, architecture.input), tolerance: 2e-5))
  }

  @Test(arguments: [(64, 1.0), (128, 0.75), (200, 0.5), (256, 1)])
  func theWayBackOfTheViewIsTheExactAdjoint(side: Int, share: Double) {
    let view = InputView(
      DetectorInput(side: side, share: share, mean: [0.1, 0.2, 0.3], deviation: [0.5, 0.25, 2]))
    let picture = Tensor.random([1, 256, 256, 3], in: 0...1, seed: 1)
    let gradient = Tensor.random([1, side, side, 3], seed: 2)
    let nothing = view.shown(Tensor(zeros: picture.shape))
    let change = view.shown(picture).adding(nothing, times: -1)
    func dot(_ a: Tensor, _ b: Tensor) -> Double {
      zip(a.values, b.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let size = dot(change, change).squareRoot() * dot(gradient, gradient).squareRoot()
    #expect(abs(dot(change, gradient) - dot(picture, view.returned(gradient))) < 1e-6 * size)
  }

  @Test(arguments: [NetworkArchitecture.shallow, .cnnBN, .meso4])
  func theEvasionLossHasItsGradient(architecture: NetworkArchitecture) throws {
    let trained = trained(architecture)
    let frozen = try FrozenDetector(trained)
    // Noise: in flat pictures the largest of several pixels is a draw.
    let faces = [1, 2].map { seed in
      Image(
        width: 256, height: 256,
        pixels: Tensor.random([256 * 256 * 3], in: 0...255, seed: seed).values.map { UInt8($0) })
    }
    let pictures = values(faces)
    let evasionLoss = frozen.evasionLoss(of: pictures)
    let logits = trained.detector.scores(of: stills(faces)).flatMap(\.logits).map { 2 * $0 - 0.5 }
    var expected = 0.0
    for logit in logits { expected += log(1 + exp(logit)) / 2 }
    #expect(abs(Double(evasionLoss.value) - expected) < 1e-3 * max(1, expected))

    let gradient = evasionLoss.gradient
    let steepest = gradient.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(steepest > 0)
    let step: Float = 0.02
    let way = step / Float(steepest)
    let up = frozen.evasionLoss(of: pictures.adding(gradient, times: way)).value
    let down = frozen.evasionLoss(of: pictures.adding(gradient, times: -way)).value
    let measured = Double(up - down) / Double(2 * step)
    #expect(abs(measured - steepest) < 0.03 * steepest, "\(measured), not \(steepest)")
  }

  @Test(arguments: [NetworkArchitecture.cnnBN, .efficientnetB0])
  func nothingInItChanges(architecture: NetworkArchitecture) throws {
    let trained = trained(architecture)
    let frozen = try FrozenDetector(trained)
    let before = frozen.parameters.map { $0.parameter.plain.values.map(\.bitPattern) }
    let pictures = values(gradientPictures(2, seed: 2))
    let first = frozen.evasionLoss(of: pictures)
    let second = frozen.evasionLoss(of: pictures)
    #expect(first.value == second.value && first.gradient == second.gradient)
    #expect(frozen.parameters.map { $0.parameter.plain.values.map(\.bitPattern) } == before)
    #expect(
      frozen.parameters.filter(\.parameter.isTrainable).allSatisfy {
        $0.parameter.plainGradient.values.allSatisfy { $0 == 0 }
      })
  }
}
