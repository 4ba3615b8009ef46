import Foundation
import Media
import Records

/// Small pictures for lists.
public enum PictureThumbnail {
  /// The longer side of a thumbnail, in pixels.
  public static let side = 128

  /// A picture, reduced, as JPEG, with the mark of the picture.
  public static func jpeg(of path: String) throws -> [UInt8] {
    let image = try Image(reading: path)
    let scale = min(1, Double(side) / Double(max(image.width, image.height)))
    let (width, height) = (
      max(1, Int((Double(image.width) * scale).rounded())),
      max(1, Int((Double(image.height) * scale).rounded()))
    )
    return try image.resized(width: width, height: height, filter: .area)
      .encoded(as: .jpeg(quality: 85), mark: .showing([path], at: path))
  }
}
