import Engine
import Foundation
import TestSupport
import Testing

@testable import Detection

/// What is particular to the networks of frequencies and capsules, and to CLIP's encoder.
@Suite struct FrequencyNetworkTests {
  private static func network(
    _ architecture: NetworkArchitecture, side: Int, reachesInput: Bool = false
  ) -> DetectorNetwork {
    DetectorNetwork(
      architecture, side: side, reachesInput: reachesInput, randomness: RandomSource(seed: 1))
  }

  /// Where the two streams' maps would differ in size, the second is padded.
  @Test(arguments: [32, 33, 40, 54, 72, 99])
  func twoStreamsMeetAtAnySide(side: Int) {
    for architecture in [NetworkArchitecture.f3net, .srm] {
      let network = Self.network(architecture, side: side)
      #expect(network.body.outputShape(for: network.inputShape(1)) == [1, 1])
    }
  }

  @Test(arguments: [NetworkArchitecture.spsl, .f3net, .srm, .capsule])
  func gradientsReachThePicturesWhereTheyAreAskedFor(_ architecture: NetworkArchitecture) {
    let x = Tensor.random([1, 32, 32, 3], seed: 2)
    for reaches in [false, true] {
      let network = Self.network(architecture, side: 32, reachesInput: reaches)
      var saved = Saved(.evaluation)
      let y = network.body.forward(x, saving: &saved)
      let dx = network.body.backward(Tensor(shape: [1, 1], values: [1]), from: &saved)
      #expect(saved.isEmpty && y.shape == [1, 1])
      #expect(dx.shape == (reaches ? x.shape : [0]))
      #expect(!reaches || dx.values.contains { $0 != 0 && $0.isFinite })
    }
  }

  @Test func capsulesAgreeBetweenMinusFourAndFour() {
    let network = Self.network(.capsule, side: 32)
    for named in network.parameters where named.name.hasSuffix("routing.weight") {
      named.parameter.plain = named.parameter.plain.scaled(by: 100)
    }
    let logits = network.logits(.random([5, 32, 32, 3], seed: 3)).values
    #expect(logits.allSatisfy { abs($0) < 4 } && Set(logits).count == 5)
  }

  @Test(arguments: [
    (NetworkArchitecture.spsl, 2), (.capsule, 8), (.f3net, 2), (.srm, 2), (.clipVision, 4),
  ])
  func gradCAMShowsTheLastMap(_ architecture: NetworkArchitecture, rows: Int) throws {
    var input = architecture.input
    input.side = 64
    let detector = NetworkDetector(Self.network(architecture, side: 64), input: input)
    let gradCAM = try #require(detector.gradCAM(on: gradientPictures(1, seed: 4)))
    #expect(gradCAM.rows == rows && gradCAM.columns == rows)
    #expect(Set(gradCAM.values).count > 1 && gradCAM.values.allSatisfy(\.isFinite))
  }
}

/// Weights under the names of others.
@Suite struct ImportedPartsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The first layers of torchvision's VGG-19; what it has beyond them is left out.
  @Test func capsulesBeginWithVGG() throws {
    let drawn = DetectorNetwork(.capsule, side: 128, randomness: RandomSource(seed: 5))
    let features = drawn.parameters.filter { $0.name.hasPrefix("features.") }
    let numbers = [0, 2, 5, 7, 10, 12, 14, 16]
    var tensors = zip(features, numbers.flatMap { ["\($0).weight", "\($0).bias"] }).map {
      (name: "features.\($1)", tensor: $0.parameter.plain)
    }
    tensors += [
      ("features.19.weight", Tensor(zeros: [2])), ("features.34.bias", Tensor(zeros: [2])),
      ("classifier.6.bias", Tensor(zeros: [2])),
    ]
    let path = folder.path("vgg19.safetensors")
    try Checkpoint(tensors: tensors).write(to: path)
    let network = try PretrainedNetwork(importing: path, as: .capsule, origin: "a")
    let copy = folder.path("copy.safetensors")
    try network.checkpoint.write(to: copy)
    let detector = try PretrainedNetwork(reading: copy).detector
    for (mine, theirs) in zip(detector.parameters, drawn.parameters) {
      let isImported = mine.name.hasPrefix("features.")
      // Biases and normalizations are alike in all fresh networks.
      guard isImported || mine.name.hasSuffix("conv1.weight") else { continue }
      #expect((mine.tensor == theirs.parameter.plain) == isImported, "\(mine.name)")
    }
    // Their capsules are random, so that they can learn.
    #expect(detector.logits(of: .random([1, 128, 128, 3], seed: 6))[0] != 0)
  }

  /// Three of OpenAI's layers are one, and a file of either has a text encoder too.
  @Test(arguments: ["open_clip", "transformers"])
  func clipIsReadUnderBothNames(publisher: String) throws {
    let drawn = DetectorNetwork(.clipVision, side: 224, randomness: RandomSource(seed: 7))
    let names = try #require(
      NetworkArchitecture.clipVision.published.first { $0.publisher == publisher })
    var tensors: [(name: String, tensor: Tensor)] = [
      ("logit_scale", Tensor(zeros: [])),
      (
        publisher == "open_clip" ? "transformer.resblocks.0.ln_1.bias" : "text_model.x.bias",
        Tensor(zeros: [2])
      ),
    ]
    for named in drawn.parameters {
      guard let source = names.source(of: named.name) else { continue }
      if source.part > 0, let index = tensors.firstIndex(where: { $0.name == source.name }) {
        tensors[index].tensor = .joined([tensors[index].tensor, named.parameter.plain])
      } else {
        tensors.append((source.name, named.parameter.plain))
      }
    }
    let all = Set(tensors.map(\.name))
    #expect(
      all.isSuperset(
        of: publisher == "open_clip"
          ? [
            "visual.conv1.weight", "visual.class_embedding", "visual.positional_embedding",
            "visual.ln_pre.weight", "visual.transformer.resblocks.11.attn.in_proj_weight",
            "visual.transformer.resblocks.0.attn.in_proj_bias",
            "visual.transformer.resblocks.3.attn.out_proj.bias",
            "visual.transformer.resblocks.3.mlp.c_fc.weight", "visual.ln_post.bias",
          ]
          : [
            "vision_model.embeddings.patch_embedding.weight",
            "vision_model.embeddings.class_embedding",
            "vision_model.embeddings.position_embedding.weight",
            "vision_model.pre_layrnorm.weight",
            "vision_model.encoder.layers.11.self_attn.q_proj.weight",
            "vision_model.encoder.layers.0.layer_norm2.bias",
            "vision_model.encoder.layers.3.mlp.fc2.weight", "vision_model.post_layernorm.bias",
          ]))
    let path = folder.path("clip.safetensors")
    try Checkpoint(tensors: tensors).write(to: path)
    let network = try PretrainedNetwork(importing: path, as: .clipVision, origin: "a")
    let found = network.checkpoint.tensors
    #expect(found.count == drawn.parameters.count - 2)
    for (mine, theirs) in zip(found, drawn.parameters) {
      #expect(mine.name == theirs.name && mine.tensor == theirs.parameter.plain)
    }
  }
}
