import Engine
import Faces
import Foundation
import TestSupport
import Testing

@testable import Detection

/// A network of torchvision or timm, as `Golden/published.py` writes it.
private struct PublishedNetwork: Decodable, CustomTestStringConvertible {
  let network, publisher: String
  let side: Int
  let names: [String]
  let shapes: [String: [Int]]
  let features: [Float]

  var testDescription: String { "\(network), \(publisher)" }

  static let all: [PublishedNetwork] = (try? golden("published")) ?? []

  var architecture: NetworkArchitecture {
    get throws { try #require(NetworkArchitecture(rawValue: network)) }
  }

  /// The weights that the script drew, under the publisher's names, with a classifier.
  func checkpoint() throws -> Checkpoint {
    let drawn = DetectorNetwork(
      try architecture, side: side, randomness: RandomSource(seed: 1)
    ).parameters.prefix(names.count)
    try #require(drawn.count == names.count)
    var tensors: [(name: String, tensor: Tensor)] = []
    for (index, (parameter, name)) in zip(drawn, names).enumerated() {
      var tensor = parameter.parameter.plain
      if tensor.shape.count == 1 {
        let range =
          name.hasSuffix(".weight")
          ? 0.5...1.5 : name.hasSuffix(".running_var") ? 1.5...3.0 : -0.3...0.3
        tensor = .random(tensor.shape, in: range, seed: UInt64(1000 + index))
      }
      tensors.append((name, tensor.reshaped(to: shapes[name] ?? tensor.shape)))
    }
    let last =
      network.hasPrefix("densenet")
      ? "classifier"
      : !network.hasPrefix("efficientnet")
        ? "fc" : publisher == "torchvision" ? "classifier.1" : "classifier"
    return Checkpoint(
      tensors: tensors + [
        ("\(last).weight", Tensor(zeros: [1000, 7])), ("\(last).bias", Tensor(zeros: [1000])),
      ])
  }
}

@Suite struct PretrainedNetworkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Some of the values that the classifier, or the recurrence, reads of one picture.
  private func features(_ network: PretrainedNetwork, side: Int) throws -> Tensor {
    let isClip = network.architecture.frames > 1
    var x = Tensor.random(isClip ? [1, 1, side, side, 3] : [1, side, side, 3], seed: 7)
    let own = DetectorNetwork(
      network.architecture, side: network.input.side, randomness: RandomSource(seed: 0))
    try own.parameters.restore(from: network.detector.checkpoint())
    for step in own.body.steps {
      x = step.layer(x)
      if step.name == "mean" { break }
    }
    let values = x.values
    let some = stride(from: 0, to: values.count, by: values.count / 24).map { values[$0] }
    return Tensor(shape: [some.count], values: some)
  }

  @Test(arguments: PublishedNetwork.all.filter { !$0.names.isEmpty })
  private func importedWeightsComputeWhatTheyDoInPyTorch(_ golden: PublishedNetwork) throws {
    let path = folder.path("published.safetensors")
    try golden.checkpoint().write(to: path)
    let network = try PretrainedNetwork(
      importing: path, as: golden.architecture, origin: "published.py")
    let expected = Tensor(shape: [golden.features.count], values: golden.features)
    #expect(allClose(try features(network, side: golden.side), expected, tolerance: 1e-4))
  }

  @Test func theCarriedWeightsComputeWhatTheyDoInPyTorch() throws {
    let golden = try #require(PublishedNetwork.all.first { $0.publisher == "carried" })
    let path = folder.path("carried.safetensors")
    try Data(CarriedModel.imageNetLite0.bytes).write(to: URL(filePath: path))
    let network = try PretrainedNetwork(reading: path)
    #expect(network.architecture == .efficientnetLite0)
    let expected = Tensor(shape: [golden.features.count], values: golden.features)
    #expect(allClose(try features(network, side: golden.side), expected, tolerance: 1e-4))
    #expect(network.detector.logits(of: .random([2, 224, 224, 3], seed: 1)) == [0, 0])
  }

  /// What a recurrent network has beside published layers has initial weights: of zeros, neither it nor
  /// the classifier behind it would learn.
  @Test func theRecurrenceBehindPublishedLayersBeginsAtRandom() throws {
    let published = try #require(PublishedNetwork.all.first { $0.network == "densenet121-gru" })
    let path = folder.path("published.safetensors")
    try published.checkpoint().write(to: path)
    let detector = try PretrainedNetwork(
      importing: path, as: .densenet121GRU, origin: "a"
    ).detector
    let weights = detector.parameters.filter { $0.name.hasPrefix("gru.") }
    #expect(weights.count == 8 && weights.allSatisfy { $0.tensor.values.contains { $0 != 0 } })
    let clip = FaceClip(gradientPictures(5, seed: 1).map { FaceClip.Frame(crop: $0) })
    #expect(detector.scores(of: [clip]) == [.clip(0)])
  }

  /// Weights of Kinetics, under some of the names in pytorch-i3d.
  @Test func i3dHasTheNamesOfItsPublisher() throws {
    let names = try #require(NetworkArchitecture.i3d.published.first)
    let layout = PretrainedNetwork.layout(of: .i3d)
    #expect(layout.count == 57 * 5)
    for (mine, theirs) in [
      ("stem1.conv.weight", "Conv3d_1a_7x7.conv3d.weight"),
      ("stem3.norm.running_var", "Conv3d_2c_3x3.bn.running_var"),
      ("stage1.0.b0.conv.weight", "Mixed_3b.b0.conv3d.weight"),
      ("stage2.4.b2.a.norm.bias", "Mixed_4f.b2a.bn.bias"),
      ("stage3.1.b3.b.conv.weight", "Mixed_5c.b3b.conv3d.weight"),
    ] { #expect(names.source(of: mine)?.name == theirs && layout.contains { $0.name == mine }) }
    #expect(names.isLeftOut("logits.conv3d.bias"))
  }

  @Test func aFileIsReadAsItWasWritten() throws {
    let published = try #require(PublishedNetwork.all.first { $0.network == "resnet18" })
    let (source, target) = (folder.path("a.safetensors"), folder.path("b.safetensors"))
    try published.checkpoint().write(to: source)
    var network = try PretrainedNetwork(importing: source, as: .resnet18, origin: "a")
    network.program = "test"
    try network.checkpoint.write(to: target)
    let again = try PretrainedNetwork(reading: target)
    #expect(again.origin == "a" && again.program == "test" && again.input == .imageNet)
    #expect(again.checkpoint.tensors.map(\.tensor) == network.checkpoint.tensors.map(\.tensor))
    #expect(PretrainedNetwork.kind(at: target) == .resnet18)
    #expect(PretrainedNetwork.kind(at: source) == nil)
    #expect(
      throws: DetectionError.noPretrainedNetwork(
        path: source, reason: "its metadata name no known network")
    ) { try PretrainedNetwork(reading: source) }
    #expect(
      throws: DetectionError.noDetector(
        path: target, reason: "its kind is 'dflab pretrained network'")
    ) { try TrainedDetector(reading: target) }
  }

  /// What is said of a file as one of a network's; nil if it is taken.
  private func fault(
    of checkpoint: Checkpoint, as architecture: NetworkArchitecture = .resnet18
  ) throws -> String? {
    let path = folder.path("published.safetensors")
    try checkpoint.write(to: path)
    do {
      _ = try PretrainedNetwork(importing: path, as: architecture, origin: "a")
      return nil
    } catch {
      guard case .noPublishedNetwork(let named, let network, let reason) = error else {
        throw error
      }
      #expect(named == path && network == architecture.rawValue)
      return reason
    }
  }

  @Test func whatDoesNotFitTheNetworkIsNamed() throws {
    let published = try #require(PublishedNetwork.all.first { $0.network == "resnet18" })
    let whole = try published.checkpoint()
    let names = " (names of torchvision and timm)"
    var changed = whole
    changed.tensors.append(("bn1.num_batches_tracked", Tensor(zeros: [])))
    #expect(try fault(of: changed) == nil)
    changed.tensors.removeAll { $0.name.hasPrefix("layer4.1.bn2.") }
    #expect(try fault(of: changed) == "'layer4.1.bn2.weight' is missing and 3 more" + names)
    changed = whole
    changed.tensors[0].tensor = Tensor(zeros: [64, 1, 7, 7])
    #expect(
      try fault(of: changed)
        == "'conv1.weight' has the shape [64, 1, 7, 7], not [64, 3, 7, 7]" + names)
    changed = whole
    changed.tensors.append(("head.weight", Tensor(zeros: [2])))
    #expect(try fault(of: changed) == "'head.weight' is unexpected" + names)
    changed = whole
    changed.tensors[1].tensor = Tensor(shape: [64], values: [Float](repeating: .nan, count: 64))
    #expect(try fault(of: changed) == "'bn1.weight' is not finite")
    changed = whole
    changed.tensors.removeAll { $0.name.hasPrefix("bn1") }
    #expect(
      try fault(of: changed, as: .efficientnetLite0)
        == "none of its tensors is named as in timm or efficientnet_lite_pytorch")
    let other = try #require(try fault(of: whole, as: .resnet50))
    #expect(
      other.hasPrefix(
        "'layer1.0.conv3.weight' is missing and 164 more; 'layer1.0.conv1.weight' has the shape"),
      "\(other)")
  }
}
