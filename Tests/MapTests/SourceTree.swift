import Foundation

/// The sources of the package, as text.
struct SourceTree {
  /// One Swift file of a room.
  struct File {
    let room: String
    /// The path below the room's folder.
    let path: String
    let text: String

    /// The modules that the file imports.
    var imports: [String] {
      text.split(separator: "\n").compactMap { line in
        let words = line.split { $0 == " " }.map(String.init)
        guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count,
          words[..<keyword].allSatisfy(SourceTree.isModifier)
        else { return nil }
        // `import struct Room.Type` names its kind first.
        let kinds: Set = ["struct", "class", "enum", "protocol", "func", "typealias", "let", "var"]
        let name =
          kinds.contains(words[keyword + 1]) ? words.last ?? "" : words[keyword + 1]
        return name.split(separator: ".").first.map(String.init)
      }
    }

    /// True when an identifier or keyword of the file is `word`.
    func contains(word: String) -> Bool {
      text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == word }
    }
  }

  /// The folder that holds Package.swift.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All Swift files below Sources.
  static func files() throws -> [File] {
    let sources = root.appending(path: "Sources").path(percentEncoded: false)
    return try FileManager.default.subpathsOfDirectory(atPath: sources).sorted()
      .filter { $0.hasSuffix(".swift") }
      .map { path in
        let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
        let text = try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)
        return File(room: parts[0], path: parts[parts.count - 1], text: text)
      }
  }

  /// A file beside Package.swift.
  static func text(of name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  private static func isModifier(_ word: String) -> Bool {
    word.hasPrefix("@")
      || ["public", "package", "internal", "fileprivate", "private"].contains(word)
  }
}
