import Foundation
import Media

/// The picture files of a folder, by name.
enum FolderListing {
  /// The names of the picture files, in byte order, like Python's `sorted`.
  ///
  /// Files are pictures by their content; those with a picture's name are listed too, so that they
  /// are reported as skipped if they are none. Without the contact sheet that `dflab` writes beside
  /// faces.
  static func pictureNames(in folder: String) throws(FacesError) -> [String] {
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else { throw .missingFolder(path: folder) }
    guard files.fileExists(atPath: path(of: ".", in: folder)) else {
      guard isFolder(folder) else { throw .notAFolder(path: folder) }
      throw .unreadableFolder(path: folder, reason: "permission denied")
    }
    let names: [String]
    do {
      names = try files.contentsOfDirectory(atPath: folder)
    } catch {
      throw .unreadableFolder(path: folder, reason: error.localizedDescription)
    }
    let pictures = names.filter { name in
      guard !name.hasPrefix("."), name != FaceSet.sheetName else { return false }
      return MediaKind(named: name) == .picture
        || (try? MediaKind(of: path(of: name, in: folder))) == .picture
    }
    guard !pictures.isEmpty else { throw .noPictures(path: folder) }
    return pictures.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The path of a file in a folder.
  static func path(of name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  private static func isFolder(_ path: String) -> Bool {
    let url = URL(filePath: path).resolvingSymlinksInPath()
    return (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
  }
}
