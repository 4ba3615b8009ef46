import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Detection

/// Training on several ranks, which are threads here, against one process.
@Suite struct RankedDetectorTests {
  /// Faces and their twins with a tinted half.
  private static let samples: NetworkSamples = {
    var pictures: [Image] = []
    for image in gradientPictures(9, seed: 1) {
      var pixels = image.pixels
      for at in stride(from: 1, to: pixels.count / 2, by: 3) { pixels[at] = pixels[at] / 2 + 120 }
      pictures += [image, Image(width: 256, height: 256, pixels: pixels)]
    }
    let all = pictures
    let labels = all.indices.map { $0 % 2 == 0 ? Label.real : .fake }
    let faces = DetectorFaces(
      labels: labels, weights: all.indices.map { 1 + Float($0 % 3) },
      units: (0..<9).map { [2 * $0, 2 * $0 + 1] }
    ) { all[$0] }
    return NetworkSamples(
      of: LabeledClips(
        labels: labels, lengths: labels.map { _ in 1 }, groups: labels.indices.map(String.init),
        faces: faces
      ) { FaceClip(still: all[$0]) }, frames: 1)
  }()

  private static func trainer(_ kind: String, _ ranks: Ranks) -> DetectorTrainer {
    var settings = DetectorSettings(kind == "batch norm" ? .cnnBN : .cnn)
    settings.input.side = 32
    settings.batch = 7
    settings.schedule = Schedule(.cosine, warmup: 3)
    if kind == "mixup" { settings.mixup = 0.4 }
    return DetectorTrainer(settings, samples: samples, ranks: ranks)
  }

  /// The losses of some steps, and the weights after them.
  private static func train(_ kind: String, _ ranks: Ranks) -> (losses: [Float], weights: [[Float]])
  {
    var trainer = trainer(kind, ranks)
    var losses: [Float] = []
    if ranks.isFirst {
      trainer.lead()
      for step in 0..<5 {
        if let step = try? trainer.step(progress: Double(step) / 10) { losses.append(step.loss) }
      }
      trainer.dismiss()
    } else {
      trainer.follow()
    }
    return (losses, trainer.network.parameters.map(\.parameter.value.values))
  }

  @Test(arguments: ["twins", "mixup", "batch norm"])
  func detectorsLearnAsInOneProcess(_ kind: String) {
    let whole = RankedDetectorTests.train(kind, .alone)
    for count in [2, 3] {
      let ranks = ThreadRanks.run(count) { RankedDetectorTests.train(kind, $0) }
      #expect(ranks[0].losses.count == 5)
      for (own, other) in zip(ranks[0].losses, whole.losses) {
        #expect(abs(own - other) < 2e-3, "\(own) \(other)")
      }
      for rank in ranks { #expect(rank.weights == ranks[0].weights) }
      let again = ThreadRanks.run(count) { RankedDetectorTests.train(kind, $0) }
      #expect(again[0].weights == ranks[0].weights)
    }
  }

  @Test func eachSampleIsTheSameInAnyShare() {
    var settings = DetectorSettings(.cnn)
    (settings.input.side, settings.batch) = (16, 7)
    let batches = DetectorBatches(
      of: RankedDetectorTests.samples, settings, randomness: RandomSource(seed: 2))
    let whole = batches.batch(iteration: 3)
    for range in [0..<3, 3..<4, 4..<7] {
      let part = batches.batch(iteration: 3, samples: range)
      #expect(part.input == whole.input.samples(range))
      #expect(part.weights == whole.weights.samples(range))
      #expect(part.targets == whole.targets.samples(range))
      let (own, all) = (MaskTarget(of: part, rows: 4), MaskTarget(of: whole, rows: 4))
      #expect(own?.targets == all?.targets.samples(range))
      #expect(own?.weights == all?.weights.samples(range))
    }
  }
}
