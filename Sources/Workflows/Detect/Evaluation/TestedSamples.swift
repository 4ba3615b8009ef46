import Detection
import Faces

/// The samples of a set that tell how good detectors are: those of people of whom none has learned.
struct TestedSamples {
  /// Of the test split where both classes are in it, otherwise of the whole set.
  let samples: [Sample]
  /// How many others show people of whom a detector has learned.
  let leftOut: Int
  /// Which samples these are, to be read inside a sentence.
  let about: String

  /// Refuses a set that holds, of other people, no real and fake pictures both.
  init(of set: LabeledDataset, for models: [DetectorModels.Model]) throws {
    func isKnown(_ sample: Sample) -> Bool {
      models.contains { $0.trained.known(in: sample) != nil }
    }
    func lacksClass(_ samples: [Sample]) -> Bool {
      Set(samples.map(\.label)).count < Label.allCases.count
    }
    let unknown = set.samples.filter { !isKnown($0) }
    let test = unknown.filter { $0.split == .test }
    if unknown.isEmpty || lacksClass(unknown) && !lacksClass(set.samples) {
      throw WorkflowError.onlyKnownPeople(path: set.path, detectors: models.map(\.name))
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
  /// Somebody in a picture of whom the detector has learned; nil for nobody, and where that is not known.
  func known(in sample: Sample) -> String? {
    people.flatMap { people in sample.identities.first { people.contains($0) } }
  }
}
