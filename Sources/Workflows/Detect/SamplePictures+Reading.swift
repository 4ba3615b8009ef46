import Detection
import Faces
import Foundation
import Records

extension SamplePictures {
  /// Reads and decodes every picture once; one that cannot be, or has changed since it was made, is
  /// refused by name.
  init(_ samples: [Sample], of set: LabeledDataset) throws {
    try self.init(samples, of: set) { try SamplePictures.bytes(of: $0, in: set) }
  }

  private static func bytes(of sample: Sample, in set: LabeledDataset) throws -> [UInt8] {
    let path = set.path(of: sample)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RecordsError.unreadable(path: path, reason: "cannot open the file")
    }
    let bytes = [UInt8](data)
    if let hash = sample.hash, hash != FileHash.of(bytes) {
      throw WorkflowError.changedSample(path: path)
    }
    return bytes
  }
}
