import Engine
import TestSupport
import Testing

@testable import Detection

/// Ten training steps of PyTorch, as `Golden/networks.py` writes them.
private struct GoldenSteps: Decodable {
  let side: Int
  /// Of each clip; nil for pictures.
  let frames: Int?
  let rate: Float
  /// Of the first step's loss.
  let tolerance: Float
  let parameters: Int
  let losses: [Float]
}

@Suite struct NetworkTests {
  @Test(arguments: NetworkArchitecture.allCases)
  func tenStepsGoAsInPyTorch(_ architecture: NetworkArchitecture) throws {
    let all: [String: GoldenSteps] = try golden("networks")
    let steps = try #require(all[architecture.rawValue])
    let network = DetectorNetwork(
      architecture, side: steps.side, dropping: 0, randomness: RandomSource(seed: 1))
    #expect(network.trainableCount == steps.parameters)
    #expect((steps.frames != nil) == (architecture.frames > 1))
    var data = RandomSource(seed: 2)
    let shape = [4] + (steps.frames.map { [$0] } ?? []) + [steps.side, steps.side, 3]
    let count = shape.reduce(1, *)
    let batch = DetectorBatch(
      input: Tensor(
        shape: shape,
        values: (0..<count).map { _ in Float(data.uniform(-1...1)) }),
      targets: Tensor(shape: [4, 1], values: [1, 0, 1, 0]),
      weights: Tensor(shape: [4, 1], values: [1, 1, 1, 1]))
    var optimizer = Optimizer(.sgd(momentum: 0.9), parameters: network.parameters)
    for (step, expected) in steps.losses.enumerated() {
      let loss = network.learn(
        from: batch, smoothing: 0, precision: .float32, randomness: RandomSource(seed: 0))
      optimizer.step(learningRate: steps.rate)
      // Rounding grows from step to step, most where normalizations divide by small deviations.
      let tolerance = steps.tolerance * Float(1 << min(step, 7))
      #expect(abs(loss - expected) < tolerance, "step \(step): \(loss), not \(expected)")
    }
  }

  /// The parameters that training changes, at the default side; those with published counts:
  /// torchvision's ResNet-18 11,689,512, ResNet-50 25,557,032, EfficientNet-B0 5,288,548 and B4
  /// 19,341,616, timm's EfficientNet-Lite0 4,652,008, FaceForensics++' Xception 22,855,952, each with
  /// 1000 classes instead of one logit; MesoNet's paper 27,977 and 28,615; Capsule-Forensics' 3,896,638;
  /// of DeepfakeBench's `xception` in the mode `shallow_xception` on four channels what it uses,
  /// 7,897,481, and of its `srm` 53,236,331 at 256×256, both with one class; of yyk-wew/F3Net's mode
  /// `Both` at 299×299 41,979,661, and of its mix blocks 2,128,674 and 4,206,594; CLIP's ViT-B/16
  /// 86,192,640 with its projection; torchvision's trunks ResNeXt-50 32×4d 22,979,904 and DenseNet-121
  /// 6,953,856; pytorch-i3d's 12,697,264 with 400 classes.
  @Test(arguments: published)
  func parametersAreAsManyAsPublished(_ architecture: NetworkArchitecture, count: Int) {
    let network = DetectorNetwork(
      architecture, side: architecture.input.side, randomness: RandomSource(seed: 1))
    #expect(network.trainableCount == count)
  }

  private static let published: [(NetworkArchitecture, Int)] = {
    let resnet: Int = 11_689_512 - 1000 * 513 + 513
    let resnet50: Int = 25_557_032 - 1000 * 2049 + 2049
    let lite: Int = 4_652_008 - 1000 * 1281 + 1281
    let efficientnet: Int = 5_288_548 - 1000 * 1281 + 1281
    let efficientnetB4: Int = 19_341_616 - 1000 * 1793 + 1793
    let xception: Int = 22_855_952 - 1000 * 2049 + 2049
    let shallow: Int = 64 * 64 * 3 * 128 + 128 + 129
    // At 128×128 there are fewer learned frequencies, and fewer pixels of which attention is scored.
    let f3net: Int = 41_979_661 + 2_128_674 + 4_206_594 - 4 * (299 * 299 - 128 * 128)
    let srm: Int = 53_236_331 - 4 * (256 * 257 - 64 * 65)
    let clip: Int = 86_192_640 - 768 * 512 + 769
    let resnext: Int = 22_979_904 + 4 * 2048 * (2048 + 2048) + 2049
    let densenet: Int = 6_953_856 + 2 * 3 * 512 * (1024 + 512 + 2) + 1025
    let i3d: Int = 12_697_264 - 400 * 1025 + 1025
    return [
      (.meso4, 27_977), (.mesoinception4, 28_615), (.resnet18, resnet),
      (.resnet50, resnet50), (.efficientnetLite0, lite), (.efficientnetB0, efficientnet),
      (.efficientnetB4, efficientnetB4), (.xception, xception), (.shallow, shallow),
      (.spsl, 7_897_481), (.capsule, 3_896_638), (.f3net, f3net), (.srm, srm), (.clipVision, clip),
      (.resnext50LSTM, resnext), (.resnext50LSTMLast, resnext), (.densenet121GRU, densenet),
      (.i3d, i3d),
    ]
  }()

  @Test func multiplicationsAreAsManyAsPublished() {
    // ResNet-18 at 224×224 is 1.81 G multiply-adds, ResNet-50 4.09 G, EfficientNet-B0 0.39 G.
    let resnet = DetectorNetwork(.resnet18, side: 224, randomness: RandomSource(seed: 1))
    #expect(abs(Double(resnet.multiplyAdds) / 1.814e9 - 1) < 0.005)
    let bottlenecked = DetectorNetwork(.resnet50, side: 224, randomness: RandomSource(seed: 1))
    #expect(abs(Double(bottlenecked.multiplyAdds) / 4.09e9 - 1) < 0.005)
    let efficient = DetectorNetwork(.efficientnetB0, side: 224, randomness: RandomSource(seed: 1))
    #expect(abs(Double(efficient.multiplyAdds) / 0.386e9 - 1) < 0.02)
  }

  /// At the default side, counted by hand from the published shapes: the weights of each
  /// convolution and dense layer once per place of its output, those of a recurrence once per step, and
  /// the products of attention.
  @Test(arguments: [
    (NetworkArchitecture.shallow, 1_572_992), (.cnn, 165_150_848), (.cnnBN, 648_806_912),
    (.c5, 119_013_632), (.meso4, 60_047_376), (.mesoinception4, 57_098_256),
    (.resnet18, 592_183_808), (.resnet50, 1_334_577_152), (.efficientnetLite0, 383_908_832),
    (.efficientnetB0, 125_986_048), (.efficientnetB4, 492_523_616), (.xception, 1_475_908_000),
    (.spsl, 652_980_928), (.capsule, 4_053_279_496), (.f3net, 3_176_953_496),
    (.srm, 3_421_088_434), (.clipVision, 16_347_697_920),
    (.resnext50LSTM, 22_628_272_128), (.resnext50LSTMLast, 22_628_272_128),
    (.densenet121GRU, 4_649_124_864), (.i3d, 9_073_492_992), (.flow, 884_736_256),
  ])
  func multiplyAddsAreThoseOfTheTree(_ architecture: NetworkArchitecture, count: Int) {
    let network = DetectorNetwork(
      architecture, side: architecture.input.side, randomness: RandomSource(seed: 1))
    #expect(network.multiplyAdds == count)
  }

  /// Pictures, or short clips, of 64×64.
  private static func shape(_ count: Int, _ architecture: NetworkArchitecture) -> [Int] {
    [count] + (architecture.frames > 1 ? [4] : []) + [64, 64, 3]
  }

  @Test(arguments: NetworkArchitecture.allCases)
  func shapesOfTheTreeAreThoseOfTheForwardPass(_ architecture: NetworkArchitecture) {
    let network = DetectorNetwork(architecture, side: 64, randomness: RandomSource(seed: 1))
    var shape = NetworkTests.shape(2, architecture)
    var x = Tensor.random(shape, seed: 2)
    for step in network.body.steps {
      (x, shape) = (step.layer(x), step.layer.outputShape(for: shape))
      #expect(x.shape == shape, "\(step.name)")
    }
    #expect(shape == [2, 1])
  }

  @Test(arguments: NetworkArchitecture.allCases)
  func aWalkMeetsEveryParameterOnce(_ architecture: NetworkArchitecture) {
    let network = DetectorNetwork(architecture, side: 64, randomness: RandomSource(seed: 1))
    var met: [String] = []
    network.body.walk(NetworkTests.shape(1, architecture)) { visit in
      met += visit.node.ownParameters.under(visit.path).map(\.name)
    }
    #expect(met.sorted() == network.parameters.map(\.name).sorted())
  }

  @Test(arguments: NetworkArchitecture.allCases)
  func scoringWithMergedNormalizationsSaysTheSame(_ architecture: NetworkArchitecture) {
    let network = DetectorNetwork(architecture, side: 64, randomness: RandomSource(seed: 1))
    for (key, entry) in network.parameters.enumerated()
    where entry.name.hasSuffix("running_mean") || entry.name.hasSuffix("running_var") {
      // Variances that keep deep networks from exploding, and so from multiplying rounding errors.
      entry.parameter.value = .random(
        entry.parameter.value.shape, in: entry.name.hasSuffix("var") ? 1.5...3 : -0.3...0.3,
        seed: UInt64(key))
    }
    let pictures = Tensor.random(NetworkTests.shape(3, architecture), seed: 4)
    let (plain, merged) = (network.logits(pictures), network.forScoring.logits(pictures))
    #expect(plain.shape == [3, 1])
    #expect(allClose(plain, merged, tolerance: 2e-3), "\(plain.values), \(merged.values)")
  }

  @Test func parametersAreNamedByTheirPath() {
    let network = DetectorNetwork(.efficientnetB0, side: 64, randomness: RandomSource(seed: 1))
    let names = network.parameters.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.first == "stem.conv.weight")
    #expect(names.contains("blocks.1.expand.norm.running_var"))
    #expect(names.contains("blocks.2.body.excite.reduce.weight"))
    #expect(names.last == "classifier.bias")
  }
}
