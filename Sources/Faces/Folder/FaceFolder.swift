import Engine
import Foundation
public import Media

/// A folder of pictures of one face, in name order, at 256×256.
///
/// With a manifest (`FaceSet`) it holds the listed pictures, each with its line. A plain folder is
/// a face set too: it holds the picture files, without hidden files and subfolders. All
/// pictures are kept in memory as 8-bit RGB, 196 608 bytes each.
public struct FaceFolder: Sendable {
  /// The minimum number of usable pictures.
  public static let fewest = 16
  /// More pictures than this (3.2 GB in memory) are subsampled evenly.
  public static let most = 16_384

  /// The folder, as given.
  public let path: String
  /// The usable pictures, in byte order of their names.
  public let pictures: [FacePicture]
  /// The others, in the same order.
  public let skipped: [SkippedPicture]
  /// Notes for the user about how the folder was read; each a sentence.
  public let notes: [String]
  /// The training pictures: the first ones.
  public let training: Range<Int>
  /// The held-out pictures: the last ones, a contiguous block of a video's frames.
  public let heldOut: Range<Int>

  /// Reads all pictures of a folder, spread over the thread pool.
  ///
  /// - Parameter holdout: the share of pictures to hold out, 0…1; at least one picture is held out,
  ///   and at least one remains.
  public init(at path: String, holdout: Double = 0.15) throws(FacesError) {
    try self.init(at: path, holdout: holdout, most: FaceFolder.most)
  }

  init(at path: String, holdout: Double, most: Int) throws(FacesError) {
    let all = try FaceListing(of: path)
    let names = FaceFolder.thinned(all.names, to: most)
    let results = ThreadPool.map(names.count) { index in
      FacePicture.read(name: names[index], in: path, line: all.lines[names[index]])
    }
    var pictures: [FacePicture] = []
    var skipped = all.skipped
    for result in results {
      switch result {
      case .success(let picture): pictures.append(picture)
      case .failure(let skip): skipped.append(skip)
      }
    }
    guard pictures.count >= FaceFolder.fewest else {
      throw .tooFewPictures(
        path: path, usable: pictures.count, skipped: skipped.count,
        reasons: skipped.prefix(3).map(\.description))
    }
    let cut = FaceFolder.cut(pictures, holdout: holdout)
    self.path = path
    self.pictures = pictures
    self.skipped = skipped
    var notes: [String] = []
    if all.unlisted > 0 {
      notes.append(FaceListing.note(unlisted: all.unlisted, in: "'\(path)'"))
    }
    if names.count < all.names.count {
      notes.append(
        "Using \(names.count) of the \(all.names.count) pictures in '\(path)', evenly spaced, the "
          + "maximum held in memory.")
    }
    self.notes = notes
    training = 0..<cut
    heldOut = cut..<pictures.count
  }

  /// The training pictures, 256×256.
  public var trainingImages: [Image] { pictures[training].map(\.image) }
  /// The held-out pictures, 256×256.
  public var heldOutImages: [Image] { pictures[heldOut].map(\.image) }
}

extension FaceFolder {
  /// The number of pictures before the held-out ones, fewer where faces of one source picture or
  /// frame would be on both sides.
  private static func cut(_ pictures: [FacePicture], holdout: Double) -> Int {
    let wanted = cut(pictures.count, holdout: holdout)
    var cut = wanted
    while cut > 1, pictures[cut - 1].sharesSource(with: pictures[cut]) { cut -= 1 }
    return cut > 1 ? cut : wanted
  }

  /// The number of pictures before the held-out ones: `int(round(count * (1 - holdout)))` in
  /// Python,
  /// which rounds halves to even.
  static func cut(_ count: Int, holdout: Double) -> Int {
    let cut = (Double(count) * (1 - holdout)).rounded(.toNearestOrEven)
    return Int(min(max(cut, 1), Double(count - 1)))
  }

  /// At most `most` names, evenly spread.
  static func thinned(_ names: [String], to most: Int) -> [String] {
    guard names.count > most else { return names }
    return (0..<most).map { names[$0 * names.count / most] }
  }
}
