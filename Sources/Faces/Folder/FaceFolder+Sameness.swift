import Foundation

extension FaceFolder {
  /// Throws if both paths are the same folder, however written: relative, with `..`, or by a link.
  public static func requireDifferent(_ a: String, _ b: String) throws(FacesError) {
    guard let first = identity(of: a), let second = identity(of: b) else { return }
    guard first != second else { throw .sameFolder(path: a, other: b) }
  }

  /// The device and inode of the folder at a path, if it exists.
  private static func identity(of path: String) -> [Int]? {
    // The dot makes the system follow a link at the path's end.
    let folder = FolderListing.path(of: ".", in: path)
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder)
    guard
      let device = attributes?[.systemNumber] as? NSNumber,
      let number = attributes?[.systemFileNumber] as? NSNumber
    else { return nil }
    return [device.intValue, number.intValue]
  }
}
