import Detection
import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct DetectorInitializationTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  @Test func aTrainingMayBeginWithATrainedDetector() throws {
    var request = shop.request
    (request.detectors, request.name) = ([.shallow], "first")
    _ = try DetectRun.train(request)
    let first = try #require(
      try DetectorModels(in: shop.workspace).models(named: ["first-shallow"]).first)
    #expect(first.trained.people == ["p0", "p1", "p2", "p3"], "those of training and validation")
    // The same people in the same splits: nobody of the test is known.
    let samples = try LabeledDataset(reading: shop.path).samples
    (request.initialModel, request.name, request.iterations) = ("first-shallow", "second", 1)
    #expect(
      throws: WorkflowError.badStart(
        name: "first-shallow",
        reason:
          "its training data contains 'p3', an identity in the validation or test split of '\(shop.path)'"
      )
    ) { _ = try DetectRun.train(request) }
    try shop.write(
      samples.map { sample in
        var other = sample
        other.identities = sample.identities.map { "q\($0)" }
        return other
      })
    _ = try DetectRun.train(request)
    let second = try #require(
      try DetectorModels(in: shop.workspace).models(named: ["second-shallow"]).first)
    #expect(
      second.trained.people
        == ["p0", "p1", "p2", "p3", "qp0", "qp1", "qp2", "qp3"])
    // One step from a trained detector lies nearer to it than to fresh weights.
    (request.initialModel, request.name, request.seed) = ("none", "fresh", 2)
    _ = try DetectRun.train(request)
    let fresh = try #require(
      try DetectorModels(in: shop.workspace).models(named: ["fresh-shallow"]).first)
    func distance(_ model: StoredDetector) throws -> Float {
      let (one, other) = (try Checkpoint(reading: first.path), try Checkpoint(reading: model.path))
      return zip(one.tensors, other.tensors).reduce(0) { sum, pair in
        sum + zip(pair.0.tensor.values, pair.1.tensor.values).reduce(0) { $0 + abs($1.0 - $1.1) }
      }
    }
    #expect(try distance(second) < 0.2 * distance(fresh))
  }

  @Test func aStartOfAnotherNetworkIsRefused() throws {
    var request = shop.request
    (request.detectors, request.name) = ([.shallow, .spectrum], "first")
    _ = try DetectRun.train(request)
    (request.initialModel, request.name) = ("first-spectrum", "second")
    #expect(
      throws: WorkflowError.badStart(
        name: "first-spectrum",
        reason: "it is a 'spectrum' detector, not a network selected for training")
    ) { _ = try DetectRun.train(request) }
  }

  @Test func theDetectorThatTheProgramCarriesIsLaidOutAndBegunWith() throws {
    var request = shop.request
    (request.detectors, request.iterations, request.batch) = ([.efficientnetB0], 1, 4)
    _ = try DetectRun.train(request)
    let path = "\(shop.workspace.checkpoints(of: "base-efficientnet-b0"))/best.safetensors"
    let carried = try TrainedDetector(reading: path, as: .efficientnetB0)
    #expect(try #require(carried.people).contains { $0.hasPrefix("seed501-") })
    let record = try #require(
      try DetectRecord.read(at: RunFolder(name: "quick", in: shop.workspace).settings))
    #expect(record.initialization?.name == "base-efficientnet-b0")
    #expect(record.initialization?.hash == (try FileHash.ofFile(path)))
  }

  @Test func imageNetIsBegunWithAtTheAskedSize() throws {
    var request = shop.request
    (request.detectors, request.iterations, request.batch) = ([.efficientnetLite0], 1, 4)
    (request.size, request.cropShare, request.learningRate) = (32, 0.5, 1e-9)
    _ = try DetectRun.train(request)
    let name = "imagenet-efficientnet-lite0"
    let path = "\(shop.workspace.checkpoints(of: name))/best.safetensors"
    let record = try #require(
      try DetectRecord.read(at: RunFolder(name: "quick", in: shop.workspace).settings))
    #expect(record.initialization?.name == name)
    #expect(record.initialization?.hash == (try FileHash.ofFile(path)))
    let trained = try #require(
      try DetectorModels(in: shop.workspace).models(named: ["quick-efficientnet-lite0"]).first)
    #expect(trained.trained.people == ["p0", "p1", "p2", "p3"])
    let (mine, theirs) = (try CheckpointFile(trained.path), try CheckpointFile(path))
    #expect(mine.metadata["input"]?.contains("\"share\":0.5,\"side\":32") == true)
    let weight = "stem.conv.weight"
    #expect(allClose(try mine.tensor(weight), try theirs.tensor(weight), tolerance: 1e-6))
    // The word and the name mean the same run; another size is another run.
    request.initialModel = "imagenet"
    #expect(try DetectRun.train(request).wasDone)
    request.size = 64
    #expect(
      throws: RecordsError.differentSetting(run: "quick", setting: "--size", has: "32", asked: "64")
    ) { _ = try DetectRun.train(request) }
  }

  @Test func imageNetWeightsOfOtherNetworksAreNotCarried() throws {
    var request = shop.request
    (request.detectors, request.initialModel) = ([.shallow], "imagenet")
    #expect(
      throws: WorkflowError.badStart(
        name: "imagenet", reason: "dflab carries ImageNet weights of efficientnet-lite0 alone")
    ) { _ = try DetectRun.train(request) }
    (request.detectors, request.size) = ([.resnet18], 16)
    #expect(throws: WorkflowError.badSize(size: 16, network: "resnet18", sides: 32...256)) {
      _ = try DetectRun.train(request)
    }
  }

  @Test func aNetworkThatNeedsWeightsIsNotTrainedWithout() throws {
    var request = shop.request
    for (detectors, initial) in [
      ([DetectorKind.clipVision], nil), ([.efficientnetLite0, .clipVision], "imagenet"),
    ] {
      (request.detectors, request.initialModel) = (detectors, initial)
      #expect(throws: WorkflowError.needsWeights(network: "clip-vit")) {
        _ = try DetectRun.train(request)
      }
    }
    #expect(
      "\(WorkflowError.needsWeights(network: "clip-vit"))"
        == "'clip-vit' cannot be trained from random weights. Import published ones with 'dflab models "
        + "import FILE --as clip-vit', and give --init pretrained-clip-vit.")
  }

  @Test func aPretrainedNetworkIsNoDetector() throws {
    try shop.workspace.lay(.imageNetLite0)
    let models = try DetectorModels(in: shop.workspace)
    #expect(try models.models(named: []).map(\.name) == [CarriedModel.detector.rawValue])
    let summary = try Registry(workspace: shop.workspace.path)
      .model(named: "imagenet-efficientnet-lite0")
    #expect(summary.kind == .pretrained && summary.architecture == "efficientnet-lite0")
  }
}
