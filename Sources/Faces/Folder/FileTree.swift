import Foundation

/// All files below a folder.
///
/// Symbolic links are followed, to files and to folders. A link to a folder around it would lead in
/// circles: it is not entered, but noted. Hidden names are left out.
public struct FileTree: Sendable {
  /// The files, as paths below the folder, in byte order.
  public let files: [String]
  /// Links to a folder around them, in byte order.
  public let loops: [String]
  /// Links to nothing, in byte order.
  public let broken: [String]
  /// Folders that cannot be listed, in byte order.
  public let unreadable: [String]

  /// Lists a folder.
  ///
  /// - Parameter most: the maximum number of files; more are refused.
  public init(of folder: String, most: Int = 2_000_000) throws(FacesError) {
    _ = try FolderListing.names(in: folder)
    var walk = Walk(folder: folder, most: most)
    try walk.enter("", at: Walk.resolved(folder), within: [])
    files = walk.files.byteSorted
    loops = walk.loops.byteSorted
    broken = walk.broken.byteSorted
    unreadable = walk.unreadable.byteSorted
  }

  /// The files in a subfolder and below, as paths below the root; all for an empty name.
  public func files(in part: String) -> ArraySlice<String> {
    guard !part.isEmpty else { return files[...] }
    let prefix = part + "/"
    let start = position(of: prefix)
    let end = files[start...].firstPlace { !$0.hasPrefix(prefix) }
    return files[start..<end]
  }

  /// The names of the folders in a subfolder that hold a file at any depth, in byte order.
  public func folders(in part: String = "") -> [String] {
    let prefix = part.isEmpty ? "" : part + "/"
    var names: [String] = []
    var rest = files(in: part)
    while let file = rest.first {
      let below = file.dropFirst(prefix.count)
      guard let slash = below.firstIndex(of: "/") else {
        rest = rest.dropFirst()
        continue
      }
      let name = String(below[..<slash])
      names.append(name)
      let start = rest.startIndex
      let end = rest.firstPlace { !$0.hasPrefix("\(prefix)\(name)/") }
      rest = rest[max(end, start + 1)...]
    }
    return Array(Set(names)).byteSorted
  }

  /// True for a file, or a folder that holds one at any depth.
  public func holds(_ path: String) -> Bool {
    let place = position(of: path)
    if place < files.endIndex, files[place] == path { return true }
    return !files(in: path).isEmpty
  }

  /// The place of the first file that does not precede a path.
  private func position(of path: String) -> Int {
    files[...].firstPlace { !$0.utf8.lexicographicallyPrecedes(path.utf8) }
  }
}

/// The state of a listing.
private struct Walk {
  let folder: String
  let most: Int
  var files: [String] = []
  var loops: [String] = []
  var broken: [String] = []
  var unreadable: [String] = []

  /// Deeper folders are taken for a loop.
  static let deepest = 64

  /// Lists a folder below the root.
  ///
  /// - Parameters:
  ///   - real: its path without links.
  ///   - around: the paths of the folders around it, without links.
  mutating func enter(_ part: String, at real: String, within around: [String]) throws(FacesError) {
    let manager = FileManager.default
    let path = part.isEmpty ? folder : FolderListing.path(of: part, in: folder)
    let names: [String]
    do throws(FacesError) {
      names = try FolderListing.names(in: path)
    } catch {
      unreadable.append(part)
      return
    }
    for name in names {
      let below = part.isEmpty ? name : "\(part)/\(name)"
      let whole = FolderListing.path(of: name, in: path)
      if FolderListing.isFolder(whole) {
        let isLink = (try? manager.destinationOfSymbolicLink(atPath: whole)) != nil
        let target = isLink ? Walk.resolved(whole) : FolderListing.path(of: name, in: real)
        if (isLink && (around + [real]).contains(target)) || around.count >= Walk.deepest {
          loops.append(below)
        } else {
          try enter(below, at: target, within: around + [real])
        }
      } else if manager.fileExists(atPath: whole) {
        files.append(below)
        guard files.count <= most else {
          throw .unknownLayout(path: folder, reason: "it has more than \(most) files")
        }
      } else {
        broken.append(below)
      }
    }
  }

  /// A path without links.
  static func resolved(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path(percentEncoded: false)
      .trimmedSlash
  }
}

extension String {
  fileprivate var trimmedSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}

extension [String] {
  /// In byte order, like Python's `sorted`.
  var byteSorted: [String] { sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}

extension ArraySlice<String> {
  /// The first index at which a predicate holds that, once true, stays true; binary search.
  fileprivate func firstPlace(where isAfter: (String) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
