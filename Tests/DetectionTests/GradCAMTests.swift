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
    guard case .gradCAM(let gradCAM)? = detector.evidence(on: clip).first else {
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

/// What networks show of themselves beside Grad-CAM.
@Suite struct NetworkEvidenceTests {
  /// A texture that moves to the right by some pixels a frame.
  private func moving(_ step: Int, frames: Int) -> FaceClip {
    let texture = Image(width: 32, height: 32, filled: Color(gray: 128))
      .noised((0..<4096).map { Float($0) / 4096 * 160 - 80 }, seed: 9)
      .resized(width: 512, height: 512, filter: .lanczos)
    return FaceClip(
      (0..<frames).map { number in
        var frame = FaceClip.Frame(
          crop: texture.cropped(x: step * (frames - number), y: 0, width: 256, height: 256))
        (frame.number, frame.time) = (number + 5, Double(number) / 25)
        return frame
      }, rate: 25)
  }

  @Test func flowShowsThePairOfFramesThatTellsMost() throws {
    var input = NetworkArchitecture.flow.input
    input.side = 64
    let network = DetectorNetwork(.flow, side: 64, randomness: RandomSource(seed: 3))
    let detector = NetworkDetector(network, input: input)
    let clip = moving(5, frames: 16)
    let found = detector.evidence(on: clip)
    #expect(found.count == 2, "Grad-CAM and the flow")
    guard case .clip(let evidence)? = found.last, let flow = evidence as? FlowEvidence else {
      Issue.record("no flow")
      return
    }
    let logit = try #require(detector.scores(of: [clip]).first?.logits.first)
    let mean = flow.logits.reduce(0, +) / Double(flow.logits.count)
    #expect(flow.logits.count == 15 && abs(mean - logit) < 1e-3 * max(1, abs(logit)))
    #expect(flow.logits[flow.pair] == flow.logits.max())
    #expect(flow.numbers == [flow.pair + 5, flow.pair + 6])
    // 5 pixels of the 160 that a side of 64 shows.
    let middle = flow.field[32 * 64 + 20..<32 * 64 + 44]
    let away = middle.reduce(SIMD2(0, 0), +) / Float(middle.count)
    #expect(abs(away.x - 2) < 0.5 && abs(away.y) < 0.5, "\(away)")
    #expect(
      flow.sentence(of: "the face").hasPrefix(
        "Optical flow: of 15 pairs of frames, frames \(flow.pair + 5) and \(flow.pair + 6) move the logit"
      ))
    #expect(flow.measurements.count == 17)
    #expect(try flow.drawn().width > 4 * 210)
  }

  @Test func capsulesTellWhichOfThemAgree() throws {
    var input = NetworkArchitecture.capsule.input
    input.side = 64
    let network = DetectorNetwork(.capsule, side: 64, randomness: RandomSource(seed: 3))
    let detector = NetworkDetector(network, input: input)
    let clip = FaceClip(still: gradientPictures(1, seed: 4)[0])
    guard case .clip(let evidence)? = detector.evidence(on: clip).last,
      let capsules = evidence as? CapsuleEvidence
    else {
      Issue.record("no capsules")
      return
    }
    #expect(capsules.votes.count == 10 && Set(capsules.votes).count > 1)
    #expect(abs(capsules.shares.reduce(0, +) - 1) < 1e-5)
    #expect(capsules.fakes == capsules.votes.count { $0 > 0 })
    #expect(
      capsules.sentence(of: "the face").hasPrefix(
        "Capsules: \(capsules.fakes) of the 10 primary capsules agree that the face is fake, and"))
    #expect(capsules.measurements.count == 21)
    #expect(try capsules.drawn().width == 900)
  }
}
