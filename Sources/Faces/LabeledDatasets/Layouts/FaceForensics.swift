import Foundation

/// FaceForensics++: real videos by number, forged ones as `target_source`.
///
/// With `train.json`, `val.json` and `test.json` (lists of pairs, in the folder or in `splits`),
/// the official splits are used. DeepFakeDetection's actors are supported too: `01__scene`,
/// `01_02__scene__code`.
enum FaceForensics {
  static func items(of folder: PublicFolder) throws(FacesError) -> [PublicItem] {
    let splits = try officialSplits(of: folder)
    var items: [PublicItem] = []
    for path in try folder.media(in: "original_sequences") {
      let parts = path.split(separator: "/").map(String.init)
      guard let source = person(of: MediaNames.stem(path), isActor: parts[1] == "actors") else {
        continue
      }
      items.append(PublicItem(real: path, identity: source.identity, clip: source.clip))
    }
    for path in try folder.media(in: "manipulated_sequences") {
      let parts = path.split(separator: "/").map(String.init)
      let (stem, method) = (MediaNames.stem(path), parts[1])
      guard let pair = pair(of: stem, isActor: method == "DeepFakeDetection") else { continue }
      items.append(
        PublicItem(path, .fake, method.lowercased(), pair.map { $0.identity }, pair.map { $0.clip })
      )
    }
    return items.map { item in
      var item = item
      let own = Set(item.identities.map { splits[$0] })
      if own.count == 1, let split = own.first { item.split = split }
      return item
    }
  }

  private typealias Source = (identity: String, clip: String)

  /// The identity in a real video.
  private static func person(of stem: String, isActor: Bool) -> Source? {
    guard isActor else { return isNumber(stem) ? ("ff\(stem)", "ff\(stem)") : nil }
    let parts = stem.components(separatedBy: "__")
    guard parts.count > 1, isNumber(parts[0]) else { return nil }
    return ("actor\(parts[0])", "actor\(parts[0])/\(parts[1])")
  }

  /// The identity in the original video, and the inserted one.
  private static func pair(of stem: String, isActor: Bool) -> [Source]? {
    let parts = stem.components(separatedBy: "__")
    let numbers = parts[0].split(separator: "_").map(String.init)
    guard numbers.count == 2, numbers.allSatisfy(isNumber) else { return nil }
    guard isActor else { return numbers.map { ("ff\($0)", "ff\($0)") } }
    guard parts.count > 1 else { return nil }
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

  private static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
