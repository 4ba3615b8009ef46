import Engine
import Faces
import Foundation
import TestSupport
import Testing

@testable import Generation

@Suite struct SwapModelTests {
  @Test func originalIsFaceswapsToTheLastParameter() {
    // >>> from torch_swap import Encoder, Decoder
    // >>> count = lambda m: sum(p.numel() for p in m.parameters())
    // >>> count(Encoder()), count(Decoder()), count(Encoder()) + 2 * count(Decoder())
    // (69662976, 6199747, 82062470)
    let model = SwapModel(.original, randomness: RandomSource(seed: 1))
    #expect(count(model.encoder) == 69_662_976)
    #expect(count(model.decoderA) == 6_199_747)
    let whole = model.parameters.map(size).reduce(0, +)
    #expect(whole == 82_062_470)
    // Each weight once per place of its layer's output.
    // >>> 1024 * 9600 + 3 * 256 * 819200 + 2 * 16384 * 1024 + 4 * 16 * 18874368 + 4096 * 4800
    // 1900150784
    #expect(model.multiplyAdds == 1_900_150_784)
  }

  @Test func fastTakesATwentiethOfThoseOperations() {
    // The encoder's and a decoder's convolutions and dense layers, in order.
    let encoder = 7_077_888 + 13_107_200 + 9_830_400 + 2 * 1_572_864
    let decoder = 4 * 10_616_832 + 14_155_776 + 3_538_944
    let model = SwapModel(.fast, randomness: RandomSource(seed: 1))
    #expect(model.multiplyAdds == encoder + decoder)
    #expect(model.encoder.outputShape(for: [5, 64, 64, 3]) == [5, 4, 4, 192])
    #expect(model.decoderA.outputShape(for: [5, 4, 4, 192]) == [5, 64, 64, 3])
  }

  @Test func parametersAreNamedByPartAndPath() {
    let names = SwapModel(tinyTrees(RandomSource(seed: 1))).parameters.map(\.name)
    #expect(
      names == [
        "encoder.0.weight", "encoder.0.bias", "encoder.1.weight", "encoder.1.bias",
        "encoder.3.weight", "encoder.3.bias", "encoder.4.weight", "encoder.4.bias",
        "decoder_a.0.weight", "decoder_a.0.bias", "decoder_b.0.weight", "decoder_b.0.bias",
      ])
  }

  @Test func aSwapIsAPictureOfTheSameSize() {
    let model = SwapModel(.fast, randomness: RandomSource(seed: 1))
    let faces = Tensor.random([2, 64, 64, 3], in: 0...1, seed: 2)
    let toA = model.swap(faces, to: .a)
    let toB = model.swap(faces, to: .b)
    #expect(toA.shape == faces.shape)
    #expect(toA != toB)
    #expect(toB.values.allSatisfy { (0...1).contains($0) })
    #expect(model.swap(faces.converted(to: .bfloat16), to: .a).precision == .bfloat16)
  }

  @Test func aModelWithMasksMakesOneBesideEachFace() {
    let model = SwapModel(.fast, hasMask: true, randomness: RandomSource(seed: 1))
    let faces = Tensor.random([2, 64, 64, 3], in: 0...1, seed: 2)
    let made = model.swapped(faces, to: .b)
    #expect(made.faces.shape == faces.shape && made.masks?.shape == [2, 64, 64, 1])
    #expect(model.swap(faces, to: .b) == made.faces)
    let plain = SwapModel(.fast, randomness: RandomSource(seed: 1))
    #expect(plain.swapped(faces, to: .b).masks == nil)
  }

  @Test func theModelThatIsShippedIsReadAsItWasWritten() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
    let path = root.appending(path: "Checkpoints/demo/best.safetensors").path
    let settings = try SwapTrainer.settings(of: path)
    #expect(settings.gan == nil && settings.mask == nil && settings.loss == .both)
    #expect(settings.warp.jitter == ColorJitter(strength: 2) && settings.unwarpedFraction == nil)
    #expect(settings.initialization == .carried)
    let model = try SwapModel(reading: path)
    let made = model.swapped(.random([1, 64, 64, 3], in: 0...1, seed: 2), to: .b)
    #expect(made.masks == nil && made.faces.values.allSatisfy { (0...1).contains($0) })
  }

  @Test(arguments: [96, 128, 192])
  func aLargerModelBeginsWithTheSmallOnesFacesInterpolated(side: Int) {
    let small = SwapModel(.fast, randomness: RandomSource(seed: 1))
    let large = small.enlarged(to: side, randomness: RandomSource(seed: 2))
    #expect(large.side == side)
    // A face of one color is the same at all sizes.
    func flat(_ side: Int) -> Tensor {
      Tensor(
        shape: [1, side, side, 3],
        values: (0..<side * side).flatMap { _ in [0.7, 0.4, 0.3] as [Float] })
    }
    func logits(_ face: Tensor) -> [Float] { face.values.map { log($0 / (1 - $0)) } }
    let before = logits(small.swap(flat(64), to: .b))
    let made = large.swap(flat(side), to: .b)
    #expect(made.shape == [1, side, side, 3])
    let after = logits(made)
    /// The pixels of the small face that one of the large face lies between, and their weights.
    func sources(_ pixel: Int) -> [(pixel: Int, share: Float)] {
      let third: Float = 1 / 3
      if side == 96 {
        let first = pixel / 3 * 2
        if pixel % 3 == 1 { return [(first, 0.5), (first + 1, 0.5)] }
        return [(pixel % 3 == 0 ? first : first + 1, 1)]
      }
      if side == 128 { return [(pixel / 2, 0.75), (pixel / 2 + pixel % 2 * 2 - 1, 0.25)] }
      if pixel % 3 == 1 { return [(pixel / 3, 1)] }
      return [(pixel / 3, 2 * third), (pixel / 3 + pixel % 3 - 1, third)]
    }
    var worst: Float = 0
    for row in side / 8..<side * 7 / 8 {
      for column in side / 8..<side * 7 / 8 {
        for color in 0..<3 {
          var expected: Float = 0
          for down in sources(row) {
            for across in sources(column) {
              expected +=
                down.share * across.share * before[(down.pixel * 64 + across.pixel) * 3 + color]
            }
          }
          worst = max(worst, abs(after[(row * side + column) * 3 + color] - expected))
        }
      }
    }
    #expect(worst < 1e-3)
    let masked = large.withMask(.fast, randomness: RandomSource(seed: 3))
    #expect(masked.swapped(flat(side), to: .b).masks?.shape == [1, side, side, 1])
  }

  @Test func theSameSeedMakesTheSameWeights() {
    let values = [3, 3, 4].map { seed in
      SwapModel(tinyTrees(RandomSource(seed: seed))).parameters.map(\.parameter.plain)
    }
    #expect(values[0] == values[1])
    #expect(values[0] != values[2])
  }

  @Test func watchingAModelChangesNothingOfWhatItDoes() {
    let model = SwapModel(tinyTrees(RandomSource(seed: 1)))
    let profile = LayerProfile()
    let watched = model.watched(by: profile)
    let faces = Tensor.random([2, 64, 64, 3], in: 0...1, seed: 2)
    #expect(watched.swap(faces, to: .b) == model.swap(faces, to: .b))
    #expect(watched.parameters.map(\.name) == model.parameters.map(\.name))
    let seen = profile.costs.filter { !$0.output.isEmpty }
    #expect(seen.first?.name == "encoder.0")
    #expect(seen.first?.output == [2, 16, 16, 8])
    // 5×5×3 weights for each of 8 channels, at 16×16 places of 2 faces.
    #expect(seen.first?.multiplyAdds == 5 * 5 * 3 * 8 * 16 * 16 * 2)
    #expect(seen.allSatisfy { !$0.name.hasPrefix("decoder_a") })
  }

  private func count(_ layer: any Layer) -> Int { layer.parameters.map(size).reduce(0, +) }

  private func size(_ named: NamedParameter) -> Int { named.parameter.plainShape.reduce(1, *) }
}
