/// Celeb-DF: `id0_0001` is a real clip of person 0, `id0_id1_0001` the same with the face of person 1.
///
/// `List_of_testing_videos.txt` lists the test split. Its lines start with 1 for real and 0 for
/// fake, the inverse of the labels here; the folders decide, and a line that disagrees is refused.
enum CelebDF {
  static func items(of folder: PublicFolder) throws(FacesError) -> [PublicItem] {
    let tested = try testList(of: folder)
    var items: [PublicItem] = []
    for part in ["Celeb-real", "Celeb-synthesis", "YouTube-real"] {
      for path in try folder.media(in: part) {
        guard var item = item(path, in: part) else { continue }
        if let label = tested[path] {
          guard label == item.label else {
            throw .unknownLayout(
              path: folder.path,
              reason: "'\(path)' is \(label) in '\(listName)', but \(item.label) by its folder"
            )
          }
          item.split = .test
        }
        items.append(item)
      }
    }
    return items
  }

  private static let listName = "List_of_testing_videos.txt"

  private static func item(_ path: String, in part: String) -> PublicItem? {
    let stem = MediaNames.stem(path)
    let names = stem.split(separator: "_").map(String.init)
    guard part != "YouTube-real" else {
      return PublicItem(real: path, identity: "youtube\(stem)", clip: "youtube\(stem)")
    }
    guard part == "Celeb-synthesis" else {
      return names.count == 2 ? PublicItem(real: path, identity: names[0], clip: stem) : nil
    }
    guard names.count == 3 else { return nil }
    return PublicItem(
      path, .fake, "celeb-df", [names[0], names[1]], ["\(names[0])_\(names[2])"])
  }

  /// The label of each path in the list of the test split.
  private static func testList(of folder: PublicFolder) throws(FacesError) -> [String: Label] {
    guard let data = try folder.text(of: listName) else { return [:] }
    var labels: [String: Label] = [:]
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2, ["0", "1"].contains(parts[0]) else {
        throw .unknownLayout(
          path: folder.path, reason: "invalid line in '\(listName)': '\(line.prefix(60))'")
      }
      labels[parts[1]] = parts[0] == "1" ? .real : .fake
    }
    return labels
  }
}
