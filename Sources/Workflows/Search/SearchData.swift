import Detection
import Engine
import Faces
import Records

/// The decoded pictures that all trials share; the test split is never read.
struct SearchData {
  let training, validation: LabeledClips
  let counts: (training: Int, validation: Int)

  /// Reads and decodes the splits of a dataset.
  init(_ set: LabeledDataset) throws {
    for split in [Split.training, .validation] {
      let labels = Set(set.samples(in: split).map(\.label))
      guard labels.count == Label.allCases.count else {
        throw WorkflowError.oneClassSplit(path: set.path, split: split.rawValue)
      }
    }
    let (training, validation) = (
      try SamplePictures(set.samples(in: .training), of: set),
      try SamplePictures(set.samples(in: .validation), of: set)
    )
    counts = (training.sampleCount, validation.sampleCount)
    self.training = training.labeledClips()
    self.validation = validation.labeledClips()
  }
}
