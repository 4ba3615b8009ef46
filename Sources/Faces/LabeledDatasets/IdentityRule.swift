import Foundation

/// How to tell which files of a public dataset show the same person.
public enum IdentityRule: Codable, Equatable, Sendable {
  /// As the dataset's layout has it.
  case layout
  /// By the folder that holds a file.
  case folder
  /// By the file's name: files of the same name are one person.
  case file
  /// Not at all: no two files are taken for the same person.
  case unknown
  /// As in a list: a CSV file with the columns `path` and `identity`.
  case list(String)

  /// Parses `layout`, `folder`, `file`, `none` or the path of a CSV file; nil for another text.
  public init?(_ text: String) {
    switch text {
    case "layout": self = .layout
    case "folder": self = .folder
    case "file": self = .file
    case "none": self = .unknown
    default:
      guard text.lowercased().hasSuffix(".csv") else { return nil }
      self = .list(text)
    }
  }

  /// The text that `init(_:)` parses.
  public var description: String {
    switch self {
    case .layout: "layout"
    case .folder: "folder"
    case .file: "file"
    case .unknown: "none"
    case .list(let path): path
    }
  }

  /// How the rule tells identities, as a clause that follows "because".
  func clause(_ layout: PublicLayout) -> String {
    switch self {
    case .layout: layout.identityRule
    case .folder: "files in folders of the same name count as one identity"
    case .file: "files of the same name count as one identity"
    case .unknown: "they come from the same clip"
    case .list(let path): "'\(path)' says so"
    }
  }
}

extension IdentityRule {
  /// The items with the identities of this rule.
  ///
  /// Clips are those of the layout where it states them; otherwise an item is a clip of its own.
  ///
  /// - Returns: the items, and how many a list does not name; these keep the layout's identities.
  func applied(
    to items: [PublicItem], _ layout: PublicLayout
  ) throws(FacesError) -> (items: [PublicItem], unlisted: Int) {
    let names: (PublicItem) -> [String]?
    switch self {
    case .layout: return (items, 0)
    case .folder: names = { [IdentityRule.folder(of: $0)] }
    case .file: names = { [IdentityRule.withoutEnding($0.place)] }
    case .unknown: names = { [$0.path] }
    case .list(let path):
      let list = try IdentityList(reading: path)
      names = { list.identities(of: $0.path) }
      guard items.contains(where: { names($0) != nil }) else {
        throw .badIdentities(
          path: path,
          reason: "it names none of the \(items.count) files, such as '\(items[0].path)'")
      }
    }
    var unlisted = 0
    let named = items.map { item in
      guard let identities = names(item) else {
        unlisted += 1
        return item
      }
      var item = item
      item.identities = identities
      if !layout.statesClips { item.clips = [IdentityRule.withoutEnding(item.path)] }
      return item
    }
    return (named, unlisted)
  }

  /// The name of the folder that holds a file; of frames, their folder.
  private static func folder(of item: PublicItem) -> String {
    let parts = item.path.split(separator: "/").map(String.init)
    return (item.frames.isEmpty ? parts.dropLast().last : parts.last) ?? item.path
  }

  private static func withoutEnding(_ path: String) -> String {
    MediaNames.isMedium(path) ? (path as NSString).deletingPathExtension : path
  }
}

/// The identities of files, from a CSV file.
private struct IdentityList {
  /// By path below the dataset's folder.
  private var identities: [String: [String]] = [:]

  init(reading path: String) throws(FacesError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .badIdentities(path: path, reason: (error as NSError).plainReason)
    }
    let table = CSVTable(parsing: data)
    guard let file = table.column("path", "file", "filename"),
      let identity = table.column("identity", "identities", "person")
    else {
      throw .badIdentities(
        path: path, reason: "its first line must name the columns 'path' and 'identity'")
    }
    for (number, row) in table.rows.enumerated() {
      let people = row[identity].split(separator: ";")
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      guard !row[file].isEmpty, !people.isEmpty, people.count <= Sample.mostSources else {
        throw .badIdentities(path: path, reason: "record \(number + 1) lacks a path or an identity")
      }
      identities[row[file].hasSuffix("/") ? String(row[file].dropLast()) : row[file]] = people
    }
  }

  /// The identities of a file, or of the nearest listed folder around it.
  func identities(of path: String) -> [String]? {
    var parts = path.split(separator: "/")
    while !parts.isEmpty {
      if let found = identities[parts.joined(separator: "/")] { return found }
      parts.removeLast()
    }
    return nil
  }
}
