import Foundation

/// A folder of pictures, each known to be real or fake, with its manifest, `manifest.jsonl`.
///
/// One JSON object a line, a line a picture (`Sample`). Whoever wrote the manifest may be a stranger:
/// it is read within bounds, what it names must lie in the folder, and a person or a clip that is in
/// two splits is refused, for figures on such a set say nothing.
public struct LabeledDataset: Sendable {
  /// What the manifest is called.
  public static let manifestName = Sample.manifestName

  /// The folder, as it was named.
  public let path: String
  /// The samples whose picture is there, in the manifest's order.
  public let samples: [Sample]
  /// The samples whose picture is not there, in the same order.
  public let skipped: [SkippedPicture]

  /// Reads the manifest of a folder, and looks which pictures are there.
  ///
  /// A last line that is torn, because the program was killed while it wrote, is left out.
  public init(reading path: String) throws(FacesError) {
    try self.init(ManifestText<Sample>(of: path).lines(), in: path)
  }

  /// The set of some samples whose pictures lie below a folder.
  public init(_ all: [Sample], in path: String) throws(FacesError) {
    self.path = path
    try LabeledDataset.check(all, path)
    let isThere = all.map {
      FileManager.default.fileExists(atPath: FolderListing.path(of: $0.path, in: path))
    }
    samples = zip(all, isThere).filter(\.1).map(\.0)
    skipped = zip(all, isThere).filter { !$0.1 }.map {
      SkippedPicture(name: $0.0.path, reason: "is not in the folder")
    }
  }

  /// True when the folder holds a manifest of a labeled set.
  public static func isManifested(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: Sample.manifestPath(of: path))
  }

  /// Where the picture of a sample is.
  public func path(of sample: Sample) -> String { FolderListing.path(of: sample.path, in: path) }

  /// The samples of one split, in the manifest's order.
  public func samples(in split: Split) -> [Sample] { samples.filter { $0.split == split } }

  /// Which people and clips belong together: one number for each sample, from 0.
  ///
  /// Samples that share the person or the clip of their own picture have the same number; donors are
  /// left aside. For folds that keep a person on one side.
  public var groups: [Int] {
    let groups = IdentityGroups(samples.map { Array($0.kin.prefix(1)) + [.clip($0.clips[0])] })
    return samples.map { groups[$0.kin[0]] }
  }
}

extension LabeledDataset {
  /// Refuses a set of one class, and one whose splits leak.
  static func check(_ samples: [Sample], _ path: String) throws(FacesError) {
    guard let first = samples.first else { throw .noSamples(path: path) }
    guard samples.contains(where: { $0.label != first.label }) else {
      throw .oneClass(path: path, label: first.label)
    }
    var seen: [IdentityLink: Sample] = [:]
    for sample in samples {
      for kin in sample.kin {
        guard let other = seen[kin] else {
          seen[kin] = sample
          continue
        }
        guard other.split == sample.split else {
          throw .leak(path: path, SplitLeak(kin, other, sample))
        }
      }
    }
  }
}
