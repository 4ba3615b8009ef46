import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

/// Soft pictures with noise; that of fakes is in blocks of 2×2, as if they had been enlarged.
private func pictures(_ count: Int) -> (images: [Image], labels: [Label], groups: [String]) {
  var (labels, groups): ([Label], [String]) = ([], [])
  var images = gradientPictures(count, side: 64, seed: 3)
  for index in images.indices {
    let label: Label = index % 2 == 0 ? .real : .fake
    labels.append(label)
    groups.append("clip \(index / 4)")
    let chance = RandomSource(seed: UInt64(index))
    let block = label == .fake ? 2 : 1
    for place in images[index].pixels.indices {
      let (x, y) = (place / 3 % 64 / block, place / 3 / 64 / block)
      var drawn = chance.split(x * 64 + y)
      let value = Double(images[index].pixels[place]) + drawn.uniform(-6...6)
      images[index].pixels[place] = UInt8(min(max(value, 0), 255))
    }
  }
  return (images, labels, groups)
}

@Suite struct SpectrumDetectorTests {
  private let data = pictures(64)

  private func learned() throws -> SpectrumDetector {
    var training = SpectrumTraining()
    training.features = 40
    let (detector, trials) = try training.detector(
      learning: PowerSpectrum(features: 40)(data.images), labels: data.labels, groups: data.groups)
    #expect(trials.count == SpectrumTraining.settings.count)
    let best = try #require(trials.map(\.auc).max())
    #expect(trials.first(where: { $0.auc == best })?.setting == detector.setting)
    return detector
  }

  @Test func aPatternIsLearntAndTold() throws {
    let detector = try learned()
    let scores = detector.logits(of: data.images)
    for (score, label) in zip(scores, data.labels) { #expect((score > 0) == (label == .fake)) }
    #expect(detector.kind == .spectrum && detector.logits(of: [Image]()).isEmpty)
  }

  @Test func theSameDataTeachTheSame() throws {
    let one = try ThreadPool.with(threads: 1) { try learned() }
    #expect(try ThreadPool.with(threads: 3) { try learned() } == one)
  }

  @Test func theFrequenciesThatDifferDecided() throws {
    let detector = try learned()
    let fake = try #require(data.labels.firstIndex(of: .fake))
    let reasons = try detector.reasons(for: data.images[fake], bands: 8)
    #expect(reasons.count == 8 && reasons[0].low == 0 && abs(reasons[7].high - 0.7071) < 1e-3)
    let strongest = try #require(reasons.max { $0.change < $1.change })
    #expect(strongest.low > 0.25 && strongest.change > 0 && strongest.deviation < -1)
  }

  @Test(arguments: [
    SpectrumClassifier.regression(LogisticRegression()),
    .machine(SupportVectorMachine(kernel: .linear)),
    .machine(SupportVectorMachine(kernel: .radial(gamma: .scale()))),
    .machine(
      SupportVectorMachine(kernel: .polynomial(degree: 3, gamma: .scale(), coefficient: 1))),
  ])
  func aWrittenDetectorScoresTheSame(classifier: SpectrumClassifier) throws {
    let spectrum = PowerSpectrum(features: 30)
    let spectra = try spectrum(data.images)
    let standardizer = Standardizer(of: spectra)
    let detector = SpectrumDetector(
      spectrum: spectrum, setting: "a test", standardizer: standardizer, reals: standardizer,
      boundary: try classifier.boundary(of: standardizer(spectra), labels: data.labels))
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    try TrainedDetector(detector).write(to: path)
    let read = try SpectrumDetector(CheckpointFile(path))
    #expect(read == detector)
    #expect(read.logits(of: data.images) == detector.logits(of: data.images))
  }

  @Test func anotherModelIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    try Checkpoint(tensors: [("a", Tensor(zeros: [1]))]).write(to: path)
    #expect(
      throws: DetectionError.unusableDetector(
        path: path, reason: "unknown kernel")
    ) { _ = try SpectrumDetector(CheckpointFile(path)) }
  }

  @Test func damagedDetectorsAreRefused() throws {
    let detector = try learned()
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    func reason(_ change: (inout Checkpoint) -> Void) throws -> String? {
      var checkpoint = TrainedDetector(detector).checkpoint
      change(&checkpoint)
      try checkpoint.write(to: path)
      do throws(DetectionError) {
        _ = try TrainedDetector(reading: path)
      } catch {
        guard case .unusableDetector(_, let reason) = error else { return "\(error)" }
        return reason
      }
      return nil
    }
    #expect(try reason { _ in } == nil)
    #expect(
      try reason { $0.metadata["boundary"] = "{\"kernel\":\"radial\",\"gamma\":-1}" }
        == "unknown kernel")
    #expect(try reason { $0.tensors.removeLast() } == "'intercept' is missing")
    #expect(
      try reason { $0.tensors[1].tensor = Tensor(zeros: [40]) }
        == "'standardizer.deviation' is not above 0")
    #expect(
      try reason { $0.tensors[3].tensor = Tensor(zeros: [3]) }
        == "'real.deviation' has the shape [3], not [40]")
    #expect(
      try reason {
        $0.tensors[0].tensor = Tensor(shape: [40], values: [Float](repeating: .nan, count: 40))
      }
        == "'standardizer.mean' is not finite")
  }
}
