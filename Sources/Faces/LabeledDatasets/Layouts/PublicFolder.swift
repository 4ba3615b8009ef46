import Foundation

/// A public dataset's folder, read-only, as seen by the adapters.
struct PublicFolder {
  /// The folder, as given.
  let path: String

  /// The maximum number of files.
  private static let mostFiles = 2_000_000
  /// The maximum size of a list in bytes.
  private static let longestList = 64 << 20

  /// The pictures and videos in a subfolder, as paths below the root, sorted.
  func media(in part: String) throws(FacesError) -> [String] {
    let start = part.isEmpty ? path : FolderListing.path(of: part, in: path)
    guard let walk = FileManager.default.enumerator(atPath: start) else { return [] }
    var found: [String] = []
    for case let name as String in walk where MediaNames.isMedium(name) {
      guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
      found.append(part.isEmpty ? name : "\(part)/\(name)")
      guard found.count <= PublicFolder.mostFiles else {
        throw .unknownLayout(
          path: path, reason: "it has more than \(PublicFolder.mostFiles) files")
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The names of the folders in a subfolder, sorted; none if it does not exist.
  func folders(in part: String = "") -> [String] {
    let start = part.isEmpty ? path : FolderListing.path(of: part, in: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: start)) ?? []
    return names.filter { !$0.hasPrefix(".") && isFolder("\(start)/\($0)") }.sorted()
  }

  /// True if a file or folder of this name exists.
  func holds(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: FolderListing.path(of: name, in: path))
  }

  /// The content of one of the dataset's lists; nil if it does not exist.
  func text(of name: String) throws(FacesError) -> Data? {
    guard holds(name) else { return nil }
    let file = FolderListing.path(of: name, in: path)
    let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber
    guard size?.intValue ?? 0 <= PublicFolder.longestList else {
      throw .unknownLayout(path: path, reason: "'\(name)' is too large")
    }
    do {
      return try Data(contentsOf: URL(filePath: file))
    } catch {
      throw .unreadableFolder(path: file, reason: (error as NSError).plainReason)
    }
  }

  /// The decoded content of a JSON list; nil if it does not exist.
  func json<Value: Decodable>(_ name: String, as type: Value.Type) throws(FacesError) -> Value? {
    guard let data = try text(of: name) else { return nil }
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      let reason = (error as? DecodingError)?.plainReason ?? "invalid JSON"
      throw .unknownLayout(path: path, reason: "'\(name)': \(reason)")
    }
  }

  private func isFolder(_ path: String) -> Bool {
    let url = URL(filePath: path).resolvingSymlinksInPath()
    return (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
  }
}
