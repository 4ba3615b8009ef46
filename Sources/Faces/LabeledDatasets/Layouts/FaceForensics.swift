import Foundation

/// FaceForensics++: real videos by number, forged ones as `target_source`; FaceShifter alike.
///
/// With `train.json`, `val.json` and `test.json` (lists of pairs, in the folder or in `splits`),
/// the official splits are used. DeepFakeDetection's actors are supported too: `01__scene`,
/// `01_02__scene__code`. Instead of videos there may be folders of their frames, as DeepfakeBench
/// has them. Masks (`METHOD/masks/videos`, or `masks` beside `frames`) are no samples, but show
/// whose face is forged.
enum FaceForensics {
  private static let (originals, forgeries) = ("original_sequences", "manipulated_sequences")

  static func isLayout(of folder: PublicFolder) -> Bool {
    folder.holds(originals) || folder.holds(forgeries)
  }

  static func contents(of folder: PublicFolder) throws(FacesError) -> LayoutContents {
    let splits = try officialSplits(of: folder)
    let masks = Masks(of: folder, in: forgeries)
    var contents = LayoutContents()
    try contents.add(MediaListing(of: folder, in: originals, hasFrames: true)) { medium in
      let isActor = medium.path.hasPrefix("\(originals)/actors/")
      guard let source = source(medium.name, isActor: isActor) else { return nil }
      var item = PublicItem(real: medium, identity: source.identity, clip: source.clip)
      item.mask = masks.of(original: source.clip)
      return item
    }
    try contents.add(MediaListing(of: folder, in: forgeries, hasFrames: true)) { medium in
      guard medium.folders.count > 1 else { return nil }
      let method = medium.folders[1]
      guard let pair = pair(medium.name) else { return nil }
      var item = PublicItem(
        medium, .fake, method.lowercased(), pair.map { $0.identity }, pair.map { $0.clip })
      item.mask = masks.of(medium)
      return item
    }
    for index in contents.items.indices {
      let own = Set(contents.items[index].identities.map { splits[$0] })
      if own.count == 1, let split = own.first { contents.items[index].split = split }
    }
    return contents
  }

  typealias Source = (identity: String, clip: String)

  /// The identity in a real video.
  static func source(_ name: String, isActor: Bool = false) -> Source? {
    guard isActor else { return isNumber(name) ? ("ff\(name)", "ff\(name)") : nil }
    let parts = name.components(separatedBy: "__")
    guard parts.count > 1, isNumber(parts[0]) else { return nil }
    return ("actor\(parts[0])", "actor\(parts[0])/\(parts[1])")
  }

  /// The identity in the original video, and the inserted one.
  static func pair(_ name: String) -> [Source]? {
    let parts = name.components(separatedBy: "__")
    let numbers = parts[0].split(separator: "_").map(String.init)
    guard numbers.count == 2, numbers.allSatisfy(isNumber) else { return nil }
    // Two numbers of a scene are actors.
    guard parts.count > 1 else { return numbers.map { ("ff\($0)", "ff\($0)") } }
    return numbers.map { ("actor\($0)", "actor\($0)/\(parts[1])") }
  }

  private static func officialSplits(of folder: PublicFolder) throws(FacesError) -> [String: Split]
  {
    var splits: [String: Split] = [:]
    for (name, split) in [("train", Split.training), ("val", .validation), ("test", .test)] {
      for file in ["\(name).json", "splits/\(name).json"] {
        guard let pairs = try folder.json(file, as: [[String]].self) else { continue }
        for number in pairs.joined() { splits["ff\(number)"] = split }
      }
    }
    return splits
  }

  static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

extension FaceForensics {
  /// The masks of the forgeries: videos, or folders of pictures.
  private struct Masks {
    /// By method and name, then by compression.
    private var forgeries: [String: [String: String]] = [:]
    /// By the clip of the original.
    private var originals: [String: String] = [:]

    init(of folder: PublicFolder, in part: String) {
      for path in folder.files(in: part) {
        let folders = path.split(separator: "/").dropLast().map(String.init)
        guard folders.count > 2, folders.dropFirst(2).contains("masks") else { continue }
        let isVideo = MediaNames.isVideo(path)
        guard isVideo || MediaNames.isPicture(path) else { continue }
        let mask = isVideo ? path : folders.joined(separator: "/")
        let name = isVideo ? MediaNames.stem(path) : folders[folders.count - 1]
        forgeries["\(folders[1])/\(name)", default: [:]][folders[2]] = mask
        if let target = FaceForensics.pair(name)?[0].clip, originals[target] == nil {
          originals[target] = mask
        }
      }
    }

    /// The mask of a forgery, if possible of the same compression.
    func of(_ medium: Medium) -> String? {
      let folders = medium.folders
      guard let masks = forgeries["\(folders[1])/\(medium.name)"] else { return nil }
      return (folders.count > 2 ? masks[folders[2]] : nil) ?? masks.min { $0.key < $1.key }?.value
    }

    /// The mask of the first forgery of a real clip.
    func of(original clip: String) -> String? { originals[clip] }
  }
}
