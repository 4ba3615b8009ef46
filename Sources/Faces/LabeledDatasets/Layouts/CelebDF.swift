import Foundation

/// Celeb-DF: `id0_0001` is a real clip of person 0, `id0_id1_0001` the same with the face of person 1.
///
/// The files may be in a folder `videos`, or be folders of frames in `frames`, and `YouTube-real` may
/// be spelled `Youtube-real`. `List_of_testing_videos.txt` lists the test split. Its lines start with 1
/// for real and 0 for fake, the inverse of the labels here; the folders decide, and a line that
/// disagrees is refused.
enum CelebDF {
  private static let (real, fake, youTube) = ("celeb-real", "celeb-synthesis", "youtube-real")
  private static let listName = "list_of_testing_videos.txt"

  static func isLayout(of folder: PublicFolder) -> Bool {
    !folder.folders(named: [real, fake, youTube]).isEmpty
  }

  static func contents(of folder: PublicFolder) throws(FacesError) -> LayoutContents {
    var tested = try testList(of: folder)
    var contents = LayoutContents()
    for part in folder.folders(named: [real, fake, youTube]) {
      try contents.add(MediaListing(of: folder, in: part, hasFrames: true)) {
        medium throws(FacesError) in
        guard var item = item(medium, in: part.lowercased()) else { return nil }
        if let line = tested.lines.removeValue(forKey: key(of: part, medium.name)) {
          guard line.label == item.label else {
            throw folder.refusal(
              "'\(line.path)' is \(line.label) in '\(tested.name)', but \(item.label) by its folder"
            )
          }
          item.split = .test
        }
        return item
      }
    }
    contents.skipped += tested.lines.values.map(\.path).byteSorted.map { SkippedFile($0, .missing) }
    return contents
  }

  private static func item(_ medium: Medium, in part: String) -> PublicItem? {
    guard let sources = sources(medium.name, isYouTube: part == youTube) else { return nil }
    guard (part == fake) == (sources.identities.count == 2) else { return nil }
    return PublicItem(
      medium, part == fake ? .fake : .real, part == fake ? "celeb-df" : Sample.real,
      sources.identities, sources.clips)
  }

  /// The identities in a clip, and the clips that it comes from.
  static func sources(
    _ name: String, isYouTube: Bool = false
  ) -> (identities: [String], clips: [String])? {
    guard !isYouTube else { return (["youtube\(name)"], ["youtube\(name)"]) }
    let names = name.split(separator: "_").map(String.init)
    guard let first = names.first, first.hasPrefix("id") else { return nil }
    switch names.count {
    case 2: return ([first], [name])
    case 3 where names[1].hasPrefix("id"): return ([first, names[1]], ["\(first)_\(names[2])"])
    default: return nil
    }
  }

  /// A line of the list of the test split.
  private struct Line {
    let path: String
    let label: Label
  }

  /// The list of the test split, by folder and name.
  private static func testList(
    of folder: PublicFolder
  ) throws(FacesError) -> (name: String, lines: [String: Line]) {
    let names = folder.files().filter { $0.lowercased() == listName }
    guard let name = names.first, let data = try folder.data(of: name) else { return ("", [:]) }
    var lines: [String: Line] = [:]
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard !parts.isEmpty else { continue }
      let path = parts.dropFirst().joined(separator: " ").replacing("\\", with: "/")
      let folders = path.split(separator: "/").map(String.init)
      guard folders.count > 1, ["0", "1"].contains(parts[0]) else {
        throw folder.refusal("invalid line in '\(name)': '\(line.prefix(60))'")
      }
      lines[key(of: folders[0], MediaNames.stem(path))] = Line(
        path: path, label: parts[0] == "1" ? .real : .fake)
    }
    return (name, lines)
  }

  private static func key(of part: String, _ name: String) -> String {
    "\(part.lowercased())/\(name)"
  }
}
