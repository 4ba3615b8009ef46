import Engine
public import Faces
import Foundation
import Media

/// Pictures that occur, nearly alike, in two splits of a labeled dataset.
public struct NearDuplicates: Codable, Equatable, Sendable {
  /// Two pictures of different splits.
  public struct Pair: Codable, Equatable, Sendable {
    /// Their files, below the dataset's folder.
    public let first, second: String
    /// Their splits.
    public let splits: [Split]
    /// The number of bits, of 255, in which their hashes differ.
    public let distance: Int
    /// Whether one is the other's mirror image.
    public let isMirrored: Bool
  }

  /// How many pictures were compared, and how many pairs are near duplicates.
  public let pictures, count: Int
  /// The nearest of them.
  public let pairs: [Pair]
  /// Pictures that could not be read; each a sentence.
  public let unreadable: [String]

  /// The most pictures that are compared, evenly spread over the dataset.
  static let mostPictures = 20_000
  /// The most pairs that are listed.
  static let mostPairs = 20

  /// Compares every picture with those of the other splits; of clips, their first and middle frames.
  ///
  /// - Parameter path: the dataset's folder.
  init(in samples: [Sample], of path: String) {
    let all = samples.flatMap { sample in
      let files = sample.files.map(\.path)
      return Set([0, files.count / 2]).sorted().map { (file: files[$0], split: sample.split) }
    }
    let count = min(NearDuplicates.mostPictures, all.count)
    let chosen = (0..<count).map { all[$0 * all.count / count] }
    let hashes = ThreadPool.map(count) { index in
      let file = FolderListing.path(of: chosen[index].file, in: path)
      return Result { () throws(MediaError) in PictureHash.pair(of: try Image(reading: file)) }
    }
    var (known, unreadable) = ([Hashed](), [String]())
    for (picture, hash) in zip(chosen, hashes) {
      switch hash {
      case .success(let pair?):
        known.append(
          Hashed(
            file: picture.file, split: picture.split, own: pair.own, mirrored: pair.mirrored))
      case .success(nil): break
      case .failure(let error): unreadable.append(error.description)
      }
    }
    let found = ThreadPool.map(known.count) { [known] index in
      NearDuplicates.pairs(known[index], known[(index + 1)...])
    }.flatMap(\.self).sorted {
      ($0.distance, $0.first, $0.second) < ($1.distance, $1.first, $1.second)
    }
    (pictures, self.count, self.unreadable) = (known.count, found.count, unreadable)
    pairs = Array(found.prefix(NearDuplicates.mostPairs))
  }

  /// A picture with its hashes.
  private struct Hashed: Sendable {
    let file: String
    let split: Split
    let own, mirrored: PictureHash
  }

  private static func pairs(_ one: Hashed, _ others: ArraySlice<Hashed>) -> [Pair] {
    others.compactMap { other in
      guard other.split != one.split else { return nil }
      let (own, mirrored) = (one.own.distance(to: other.own), one.mirrored.distance(to: other.own))
      guard min(own, mirrored) <= PictureHash.nearDuplicate else { return nil }
      return Pair(
        first: one.file, second: other.file, splits: [one.split, other.split],
        distance: min(own, mirrored), isMirrored: mirrored < own)
    }
  }
}
