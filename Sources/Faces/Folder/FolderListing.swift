import Foundation
import Media

/// The names in a folder: the one place that reads folders of a user's files.
///
/// A folder may be a symbolic link. Hidden names are left out.
public enum FolderListing {
  /// The names in a folder that are not hidden, in byte order, like Python's `sorted`.
  public static func names(in folder: String) throws(FacesError) -> [String] {
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else { throw .missingFolder(path: folder) }
    guard isFolder(folder) else {
      let values = try? URL(filePath: folder).resolvingSymlinksInPath()
        .resourceValues(forKeys: [.isDirectoryKey])
      guard values?.isDirectory ?? false else { throw .notAFolder(path: folder) }
      throw .unreadableFolder(path: folder, reason: "permission denied")
    }
    do {
      // The dot makes the system follow a link at the path's end.
      return try files.contentsOfDirectory(atPath: path(of: ".", in: folder))
        .filter { !$0.hasPrefix(".") }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw .unreadableFolder(path: folder, reason: (error as NSError).plainReason)
    }
  }

  /// The names of the picture files, in byte order.
  ///
  /// Files are pictures by their content; those with a picture's name are listed too, so that they
  /// are reported as skipped if they are none. Without the contact sheet that `dflab` writes beside
  /// faces.
  static func pictureNames(in folder: String) throws(FacesError) -> [String] {
    let pictures = try names(in: folder).filter { name in
      guard name != FaceSet.sheetName else { return false }
      return MediaKind(named: name) == .picture
        || (try? MediaKind(of: path(of: name, in: folder))) == .picture
    }
    guard !pictures.isEmpty else { throw .noPictures(path: folder) }
    return pictures
  }

  /// The path of a file in a folder.
  public static func path(of name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// True for a folder that can be entered, or a link to one.
  static func isFolder(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: FolderListing.path(of: ".", in: path))
  }
}
