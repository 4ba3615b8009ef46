import Foundation

/// A public dataset's folder, read-only, as seen by the layouts.
struct PublicFolder {
  /// The folder, as given.
  let root: String
  /// The subfolder that is seen, below the root; empty for all.
  let part: String
  /// The files below the root.
  let tree: FileTree

  /// The maximum size of a list in bytes.
  private static let longestList = 256 << 20

  /// A folder with all that is in it.
  init(listing root: String) throws(FacesError) {
    self.init(root: root, part: "", tree: try FileTree(of: root))
  }

  private init(root: String, part: String, tree: FileTree) {
    (self.root, self.part, self.tree) = (root, part, tree)
  }

  /// A subfolder, in which all paths are below it.
  func subfolder(_ name: String) -> PublicFolder {
    name.isEmpty ? self : PublicFolder(root: root, part: below(name), tree: tree)
  }

  /// The path of the folder.
  var path: String { part.isEmpty ? root : FolderListing.path(of: part, in: root) }

  /// The files in a subfolder and below, as paths below this folder, in byte order.
  func files(in name: String = "") -> [String] {
    let count = part.isEmpty ? 0 : part.utf8.count + 1
    let files = tree.files(in: name.isEmpty ? part : below(name))
    return files.map { String($0.utf8.dropFirst(count)) ?? $0 }
  }

  /// The names of the folders in a subfolder, in byte order; none if it does not exist.
  func folders(in name: String = "") -> [String] {
    tree.folders(in: name.isEmpty ? part : below(name))
  }

  /// The names of the folders here that are one of some names, whatever their case.
  func folders(named names: Set<String>, in part: String = "") -> [String] {
    folders(in: part).filter { names.contains($0.lowercased()) }
  }

  /// True if a file, or a folder with one, has this name.
  func holds(_ name: String) -> Bool { tree.holds(below(name)) }

  /// The content of one of the dataset's lists; nil if it does not exist.
  func data(of name: String) throws(FacesError) -> Data? {
    guard holds(name) else { return nil }
    let file = FolderListing.path(of: name, in: path)
    let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber
    guard size?.intValue ?? 0 <= PublicFolder.longestList else {
      throw refusal("'\(name)' is too large")
    }
    do {
      return try Data(contentsOf: URL(filePath: file).resolvingSymlinksInPath())
    } catch {
      throw .unreadableFolder(path: file, reason: (error as NSError).plainReason)
    }
  }

  /// The decoded content of a JSON list; nil if it does not exist.
  func json<Value: Decodable>(_ name: String, as type: Value.Type) throws(FacesError) -> Value? {
    guard let data = try data(of: name) else { return nil }
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      let reason = (error as? DecodingError)?.plainReason ?? "invalid JSON"
      throw refusal("'\(name)': \(reason)")
    }
  }

  /// The rows of a CSV list; nil if it does not exist.
  func table(_ name: String) throws(FacesError) -> CSVTable? {
    try data(of: name).map { CSVTable(parsing: $0) }
  }

  /// The error for a folder that contradicts its layout.
  func refusal(_ reason: String) -> FacesError { .unknownLayout(path: root, reason: reason) }

  /// A path below the root.
  private func below(_ name: String) -> String { part.isEmpty ? name : "\(part)/\(name)" }
}
