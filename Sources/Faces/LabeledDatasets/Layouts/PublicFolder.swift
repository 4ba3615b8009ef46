import Foundation

/// The folder of a public data set, as its adapters look at it: read, never written.
struct PublicFolder {
  /// The folder, as it was named.
  let path: String

  /// More files than this are no data set that is read here.
  private static let mostFiles = 2_000_000
  /// A list with more bytes than this is refused.
  private static let longestList = 64 << 20

  /// The pictures and videos below a part of the folder, as paths below the whole, in order.
  func media(in part: String) throws(FacesError) -> [String] {
    let start = part.isEmpty ? path : FolderListing.path(of: part, in: path)
    guard let walk = FileManager.default.enumerator(atPath: start) else { return [] }
    var found: [String] = []
    for case let name as String in walk where MediaNames.isMedium(name) {
      guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
      found.append(part.isEmpty ? name : "\(part)/\(name)")
      guard found.count <= PublicFolder.mostFiles else {
        throw .unknownLayout(
          path: path, reason: "it holds more than \(PublicFolder.mostFiles) files")
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The names of the folders in a part of the folder, in order; none if there is no such part.
  func folders(in part: String = "") -> [String] {
    let start = part.isEmpty ? path : FolderListing.path(of: part, in: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: start)) ?? []
    return names.filter { !$0.hasPrefix(".") && isFolder("\(start)/\($0)") }.sorted()
  }

  /// True when a file or folder of this name is there.
  func holds(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: FolderListing.path(of: name, in: path))
  }

  /// What a list of the data set says; nil if it is not there.
  func text(of name: String) throws(FacesError) -> Data? {
    guard holds(name) else { return nil }
    let file = FolderListing.path(of: name, in: path)
    let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber
    guard size?.intValue ?? 0 <= PublicFolder.longestList else {
      throw .unknownLayout(path: path, reason: "'\(name)' is too long for a list")
    }
    do {
      return try Data(contentsOf: URL(filePath: file))
    } catch {
      throw .unreadableFolder(path: file, reason: (error as NSError).plainReason)
    }
  }

  /// What a list in JSON says; nil if it is not there.
  func json<Value: Decodable>(_ name: String, as type: Value.Type) throws(FacesError) -> Value? {
    guard let data = try text(of: name) else { return nil }
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      let reason = (error as? DecodingError)?.plainReason ?? "it cannot be read"
      throw .unknownLayout(path: path, reason: "in '\(name)' \(reason)")
    }
  }

  private func isFolder(_ path: String) -> Bool {
    let url = URL(filePath: path).resolvingSymlinksInPath()
    return (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
  }
}
