public import Faces

/// The samples that detectors are tested on: those of identities that none of them was trained on.
public struct TestedSamples {
  /// The samples of the test split if it has both classes, otherwise all.
  public let samples: [Sample]
  /// The number of samples excluded because a detector was trained on their identities.
  public let leftOut: Int
  /// A description of the samples, phrased for the middle of a sentence.
  public let about: String

  /// Throws if there are no real or no fake samples of other identities.
  public init(of set: LabeledDataset, for models: [StoredDetector]) throws(DetectionError) {
    func isKnown(_ sample: Sample) -> Bool {
      models.contains { $0.trained.known(in: sample) != nil }
    }
    func lacksClass(_ samples: [Sample]) -> Bool {
      Set(samples.map(\.label)).count < Label.allCases.count
    }
    let unknown = set.samples.filter { !isKnown($0) }
    let test = unknown.filter { $0.split == .test }
    if unknown.isEmpty || lacksClass(unknown) && !lacksClass(set.samples) {
      throw .onlyKnownPeople(path: set.path, detectors: models.map(\.name))
    }
    let words: String
    if lacksClass(test) {
      samples = unknown
      leftOut = set.samples.count - unknown.count
      words = "all \(unknown.count) samples, because the test split lacks a class"
    } else {
      samples = test
      leftOut = set.samples.count { $0.split == .test } - test.count
      words = "\(test.count) samples of the test split"
    }
    about =
      leftOut == 0
      ? words
      : words + " (\(leftOut) excluded: identities in the training data of a detector)"
  }
}

extension TrainedDetector {
  /// An identity of a sample that the detector was trained on; nil if there is none or it is
  /// unknown.
  public func known(in sample: Sample) -> String? {
    people.flatMap { people in sample.identities.first { people.contains($0) } }
  }
}
