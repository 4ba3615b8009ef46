import Foundation

/// The picture files of a folder, by name.
enum FolderListing {
  /// Extensions of picture files.
  ///
  /// Unsupported ones are listed so that they can be reported as
  /// skipped, or read if their content is JPEG or PNG.
  private static let endings: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png",
    "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif",
  ]

  /// The names of the picture files, in byte order, like Python's `sorted`.
  ///
  /// Without the contact sheet that `dflab` writes beside faces.
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
    let pictures = names.filter {
      !$0.hasPrefix(".") && endings.contains(ending(of: $0)) && $0 != FaceSet.sheetName
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

  private static func ending(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return name[name.utf8.index(after: dot)...].lowercased()
  }
}
