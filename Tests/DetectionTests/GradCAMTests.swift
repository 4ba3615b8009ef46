import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

@Suite struct GradCAMTests {
  /// With a mean and one dense layer behind the last map, what the places add is the logit itself.
  @Test func placesOfResNetAddUpToTheLogit() throws {
    let network = DetectorNetwork(.resnet18, side: 64, randomness: RandomSource(seed: 3))
    var input = NetworkArchitecture.resnet18.input
    input.side = 64
    let detector = NetworkDetector(network, input: input)
    let face = gradientPictures(1, seed: 4)[0]
    let gradCAM = try #require(detector.gradCAM(on: [face]))
    #expect(gradCAM.rows == 2 && gradCAM.columns == 2)
    let bias = try #require(
      network.parameters.first { $0.name == "classifier.bias" }?.parameter.plain.values.first)
    let sum = gradCAM.values.reduce(0, +) + bias
    #expect(abs(Double(sum) - detector.logits(of: [face])[0]) < 2e-3 * max(1, abs(Double(sum))))
  }

  /// With a mean over time and places and one dense layer behind the last map, what the places of all
  /// frames add is the logit itself.
  @Test func placesOfI3DAddUpToTheLogitOfTheClip() throws {
    let network = DetectorNetwork(.i3d, side: 64, randomness: RandomSource(seed: 3))
    var input = NetworkArchitecture.i3d.input
    input.side = 64
    let detector = NetworkDetector(network, input: input)
    let clip = FaceClip(gradientPictures(16, seed: 4).map { FaceClip.Frame(crop: $0) })
    guard case .gradCAM(let gradCAM)? = detector.evidence(on: clip) else {
      Issue.record("no Grad-CAM")
      return
    }
    #expect(gradCAM.rows == 2 && gradCAM.columns == 2)
    let bias = try #require(
      network.parameters.first { $0.name == "classifier.bias" }?.parameter.plain.values.first)
    let sum = gradCAM.values.reduce(0, +) + bias
    let logit = try #require(detector.scores(of: [clip]).first?.logits.first)
    #expect(abs(Double(sum) - logit) < 2e-3 * max(1, abs(logit)))
  }

  @Test(arguments: [NetworkArchitecture.resnext50LSTM, .densenet121GRU])
  func aRecurrentNetworkHasPlaces(_ architecture: NetworkArchitecture) throws {
    let network = DetectorNetwork(architecture, side: 64, randomness: RandomSource(seed: 3))
    var input = architecture.input
    input.side = 64
    let frames = gradientPictures(architecture.frames, seed: 4)
    let gradCAM = try #require(NetworkDetector(network, input: input).gradCAM(on: frames))
    #expect(gradCAM.rows == 2 && gradCAM.columns == 2)
    #expect(gradCAM.values.contains { $0 != 0 })
  }

  @Test func aNetworkWithoutPlacesHasNone() {
    let network = DetectorNetwork(.shallow, side: 64, randomness: RandomSource(seed: 3))
    let detector = NetworkDetector(network, input: NetworkArchitecture.shallow.input)
    #expect(detector.gradCAM(on: gradientPictures(1, seed: 4)) == nil)
  }

  @Test func theStrongestPlaceIsWhereThePlaneIsOne() {
    let gradCAM = GradCAM(rows: 2, columns: 2, values: [-1, 0, 0, 4], share: 1)
    let plane = gradCAM.plane(side: 8)
    #expect(plane[x: 7, y: 7] == 1 && plane[x: 0, y: 0] == 0)
    let inner = GradCAM(rows: 1, columns: 1, values: [1], share: 0.5).plane(side: 8)
    #expect(inner[x: 4, y: 4] == 1)
  }

  @Test func aBlurredFaceIsLessSharpThanWhatSurroundsIt() {
    let side = 256
    var pixels = [UInt8](repeating: 0, count: side * side * 3)
    for place in pixels.indices {
      pixels[place] = UInt8((place / 3 % side + place / 3 / side) % 2 * 60 + 90)
    }
    let sharp = Image(width: side, height: side, pixels: pixels)
    let points = (0..<68).map { index -> SIMD2<Float> in
      let angle = Float(index) / 68 * 2 * .pi
      return SIMD2(128 + 60 * cos(angle), 128 + 60 * sin(angle))
    }
    #expect(abs(SharpnessContrast(of: sharp, landmarks: points).value) < 0.05)
    for y in 60..<196 {
      for x in 60..<196 {
        for channel in 0..<3 { pixels[(y * side + x) * 3 + channel] = 120 }
      }
    }
    let flat = Image(width: side, height: side, pixels: pixels)
    #expect(SharpnessContrast(of: flat, landmarks: points).value < -3)
  }
}
