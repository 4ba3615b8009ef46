import Foundation
import Records
import Workflows

/// Small versions of the workspace's pictures, kept once made.
struct Thumbnails: Sendable {
  let folder: String

  init(in folder: String) { self.folder = folder }

  /// The file of a picture's thumbnail, which is made if there is none.
  func path(of picture: String) async throws -> String {
    let attributes = try? FileManager.default.attributesOfItem(atPath: picture)
    guard let attributes else { throw WebFault.notFound }
    let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
    let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    let name = FileHash.of("\(picture) \(size) \(changed)".utf8)
    let place = "\(folder)/\(name.prefix(2))"
    let path = "\(place)/\(name).jpg"
    guard !FileKind.isThere(path) else { return path }
    let bytes = try PictureThumbnail.jpeg(of: picture)
    try RunFolder.make(place)
    try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    return path
  }
}
