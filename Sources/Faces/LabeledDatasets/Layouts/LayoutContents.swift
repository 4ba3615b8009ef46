/// What a layout finds in a folder.
struct LayoutContents {
  var items: [PublicItem] = []
  var skipped: [SkippedFile] = []

  /// Adds the contents of a subfolder.
  mutating func add(_ other: LayoutContents, in part: String) {
    items += other.items.map { $0.moved(into: part) }
    skipped += other.skipped.map {
      part.isEmpty ? $0 : SkippedFile("\(part)/\($0.path)", $0.reason)
    }
  }

  /// Makes each medium an item, or skips it as not named as in the layout.
  mutating func add(_ listing: MediaListing, _ item: (Medium) throws(FacesError) -> PublicItem?)
    throws(FacesError)
  {
    skipped += listing.skipped
    for medium in listing.media {
      if let item = try item(medium) {
        items.append(item)
      } else {
        skipped.append(SkippedFile(medium.path, .unnamed))
      }
    }
  }
}

/// A picture, a video, or the folder of a video's frames.
struct Medium: Equatable {
  /// The file, or the folder of frames.
  let path: String
  /// The frames, in order; empty for a file.
  let frames: [String]

  /// The name without folders; of a file, without extension.
  var name: String {
    frames.isEmpty ? MediaNames.stem(path) : path.split(separator: "/").last.map(String.init) ?? ""
  }

  /// True for a file that is a video by its name.
  var isVideo: Bool { frames.isEmpty && MediaNames.isVideo(path) }

  /// The folders around it.
  var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }
}

/// The pictures and videos in a part of a folder.
struct MediaListing {
  private(set) var media: [Medium] = []
  private(set) var skipped: [SkippedFile] = []

  /// Folders beside the pictures and videos that hold something else.
  private static let others: Set<String> = ["masks", "mask", "landmarks"]
  /// Folders that hold a folder of frames for each video.
  private static let frameFolders: Set<String> = ["frames", "frames_all"]

  /// - Parameter hasFrames: true if every folder of pictures holds the frames of a video; otherwise
  ///   only those in a folder `frames` do.
  init(of folder: PublicFolder, in part: String, hasFrames: Bool) {
    var frames: [String: [String]] = [:]
    var videos: Set<String> = []
    for path in folder.files(in: part) {
      var folders = path.split(separator: "/").dropLast().map { $0.lowercased() }
      guard MediaListing.others.isDisjoint(with: folders.dropFirst()) else { continue }
      if MediaNames.isUnfinished(path) {
        skipped.append(SkippedFile(path, .unfinished))
      } else if MediaNames.isVideo(path) {
        media.append(Medium(path: path, frames: []))
        videos.insert(MediaListing.key(of: path))
      } else if MediaNames.isPicture(path) {
        // The frames of a video have a folder of their own below `frames`.
        folders = folders.dropLast()
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        if hasFrames || !MediaListing.frameFolders.isDisjoint(with: folders), parent != part {
          frames[parent, default: []].append(path)
        } else {
          media.append(Medium(path: path, frames: []))
        }
      }
    }
    for (path, files) in frames {
      guard !videos.contains(MediaListing.key(of: path)) else {
        skipped.append(SkippedFile(path, .repeated))
        continue
      }
      media.append(Medium(path: path, frames: files.sorted(by: MediaListing.precedes)))
    }
    media.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The listing without some folders.
  func without(_ folders: [String]) -> MediaListing {
    func isOutside(_ path: String) -> Bool {
      folders.allSatisfy { !path.hasPrefix("\($0)/") }
    }
    var rest = self
    rest.media = media.filter { isOutside($0.path) }
    rest.skipped = skipped.filter { isOutside($0.path) }
    return rest
  }

  /// The same for a video and for the folder of its frames.
  private static func key(of path: String) -> String {
    var parts = path.split(separator: "/").map(String.init)
    let name = MediaNames.stem(parts.popLast() ?? "")
    let folders = parts.filter {
      $0.lowercased() != "videos" && !frameFolders.contains($0.lowercased())
    }
    return (folders + [name]).joined(separator: "/")
  }

  /// The order of frames: by number, then by name.
  private static func precedes(_ a: String, _ b: String) -> Bool {
    let (first, second) = (number(of: a), number(of: b))
    return first == second ? a.utf8.lexicographicallyPrecedes(b.utf8) : first < second
  }

  /// The number at the end of a frame's name; 0 without one.
  static func number(of path: String) -> Int {
    let digits = MediaNames.stem(path).reversed().prefix { $0.isASCII && $0.isNumber }
    return Int(String(digits.reversed())) ?? 0
  }
}
