import Foundation

/// The names in a folder: the one place that reads folders of a user's files.
///
/// A folder may be a symbolic link. Hidden names are left out.
public enum FolderListing {
  /// Extensions of picture files.
  ///
  /// Unsupported ones are listed so that they can be reported as
  /// skipped, or read if their content is JPEG or PNG.
  private static let endings: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png",
    "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif",
  ]

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
  /// Without the contact sheet that `dflab` writes beside faces.
  static func pictureNames(in folder: String) throws(FacesError) -> [String] {
    let pictures = try names(in: folder).filter {
      endings.contains(ending(of: $0)) && $0 != FaceSet.sheetName
    }
    guard !pictures.isEmpty else { throw .noPictures(path: folder) }
    return pictures
  }

  /// The path of a file in a folder.
  static func path(of name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// True for a folder that can be entered, or a link to one.
  static func isFolder(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: FolderListing.path(of: ".", in: path))
  }

  private static func ending(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return name[name.utf8.index(after: dot)...].lowercased()
  }
}
