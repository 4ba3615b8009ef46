import Foundation

/// A folder of labeled samples, pictures and clips, with its manifest, `manifest.jsonl`.
///
/// One JSON object per line and sample (`Sample`). Manifests are untrusted input: sizes are
/// bounded, files must lie in the folder, and an identity or clip in two splits is refused, because
/// metrics on such a dataset are meaningless.
public struct LabeledDataset: Sendable {
  /// The manifest's name.
  public static let manifestName = Sample.manifestName

  /// The folder, as given.
  public let path: String
  /// The samples whose pictures all exist, in the manifest's order.
  public let samples: [Sample]
  /// The first missing picture of each other sample, in the same order.
  public let skipped: [SkippedPicture]

  /// Reads the manifest of a folder and checks which pictures exist.
  ///
  /// A torn last line, left by a killed process, is ignored.
  public init(reading path: String) throws(FacesError) {
    try self.init(ManifestText<Sample>(of: path).lines(), in: path)
  }

  /// A dataset of samples whose pictures lie below a folder.
  public init(_ all: [Sample], in path: String) throws(FacesError) {
    self.path = path
    try LabeledDataset.check(all, path)
    let missing = all.map { sample in
      sample.files.map(\.path).first {
        !FileManager.default.fileExists(atPath: FolderListing.path(of: $0, in: path))
      }
    }
    samples = zip(all, missing).filter { $0.1 == nil }.map(\.0)
    skipped = missing.compactMap(\.self).map {
      SkippedPicture(name: $0, reason: "is not in the folder")
    }
  }

  /// True if the folder has the manifest of a labeled dataset.
  public static func isManifested(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: Sample.manifestPath(of: path))
  }

  /// The path of a sample's picture; of a clip, its first frame.
  public func path(of sample: Sample) -> String {
    FolderListing.path(of: sample.firstPicture, in: path)
  }

  /// The samples of one split, in the manifest's order.
  public func samples(in split: Split) -> [Sample] { samples.filter { $0.split == split } }

  /// The identity group of each sample, numbered from 0.
  ///
  /// Samples with the same identity or clip of their original picture have the same number; donors
  /// are ignored. Used for folds that keep an identity on one side.
  public var groups: [Int] {
    let groups = IdentityGroups(samples.map { Array($0.links.prefix(1)) + [.clip($0.clips[0])] })
    return samples.map { groups[$0.links[0]] }
  }
}

extension LabeledDataset {
  /// Refuses datasets with a single class, and with leaking splits.
  ///
  /// - Parameter rule: how identities were told, as a clause that follows "because".
  static func check(
    _ samples: [Sample], _ path: String, rule: String? = nil
  ) throws(FacesError) {
    guard let first = samples.first else { throw .noSamples(path: path) }
    guard samples.contains(where: { $0.label != first.label }) else {
      throw .oneClass(path: path, label: first.label)
    }
    var seen: [IdentityLink: Sample] = [:]
    for sample in samples {
      for link in sample.links {
        guard let other = seen[link] else {
          seen[link] = sample
          continue
        }
        guard other.split == sample.split else {
          throw .leak(path: path, SplitLeak(link, other, sample, rule: rule))
        }
      }
    }
  }
}
