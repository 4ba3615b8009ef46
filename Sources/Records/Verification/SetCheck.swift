import Engine
import Faces
import Foundation

/// Whether a labeled dataset matches its manifest, and whether its splits leak.
public struct SetCheck: Encodable, Equatable, Sendable {
  /// The folder, from the root.
  public let folder: String
  /// Pictures, counting each frame of a clip.
  public let pictures: Int
  /// Changed and missing pictures.
  public let changed, missing: [String]
  /// The number of pictures without a hash in the manifest.
  public let unhashed: Int
  /// An identity or clip in two splits, or another reason why metrics on the dataset are
  /// meaningless; a sentence.
  public let leak: String?

  /// True if metrics on the dataset can be trusted.
  public var isWhole: Bool { changed.isEmpty && missing.isEmpty && leak == nil }

  /// Reads every picture of a set, spread over the thread pool.
  ///
  /// - Parameter name: a name below the workspace's `Datasets`, or a folder; nil for the newest set.
  public init(of name: String?, workspace: String?) throws {
    let path = try LabeledDataset.path(of: name, workspace: workspace)
    let samples = try LabeledDatasetWriter(in: path).earlier
    do {
      _ = try LabeledDataset(samples, in: path)
      leak = nil
    } catch {
      leak = error.description
    }
    let files = samples.flatMap(\.files)
    let now = ThreadPool.map(files.count) { try? FileHash.ofFile("\(path)/\(files[$0].path)") }
    let pairs = zip(files, now)
    (folder, pictures) = (path, files.count)
    unhashed = files.count { $0.hash == nil }
    missing = pairs.filter { $1 == nil }.map(\.0.path)
    changed = pairs.filter { file, hash in
      hash.map { hash in file.hash.map { $0.lowercased() != hash } ?? false } ?? false
    }.map(\.0.path)
  }
}
