import CImageIO

/// A picture with one value per pixel, such as a mask or a depth map.
public struct GrayImage: Equatable, Sendable {
  /// The number of possible values.
  public enum Depth: Int, Sendable {
    case eightBits = 8
    case sixteenBits = 16
  }

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The bit depth.
  public let depth: Depth
  /// As in a file, row by row: one byte per pixel, or two with the high byte first.
  private let samples: [UInt8]

  /// A picture of 8-bit values, row by row.
  public init(width: Int, height: Int, values: [UInt8]) {
    precondition(values.count == width * height, "\(values.count) values for \(width)x\(height)")
    (self.width, self.height, depth, samples) = (width, height, .eightBits, values)
  }

  /// A picture of 16-bit values, row by row.
  public init(width: Int, height: Int, values: [UInt16]) {
    precondition(values.count == width * height, "\(values.count) values for \(width)x\(height)")
    (self.width, self.height, depth) = (width, height, .sixteenBits)
    samples = values.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  /// Encodes the picture as a gray PNG file; the same picture and mark give the same bytes.
  ///
  /// - Parameter mark: the mark of the picture's origin; nil leaves it unmarked.
  public func encoded(mark: Mark?) throws(MediaError) -> [UInt8] {
    let file = try unsafe encodedFile { bytes, size, message in
      unsafe withText(mark?.latinSoftware) { software in
        unsafe withText(mark?.packet) { xmp in
          unsafe cimageio_encode_gray_png(
            samples, Int64(width), Int64(height), Int32(depth.rawValue), software, xmp, bytes,
            size, message)
        }
      }
    }
    return try mark.map { mark throws(MediaError) in try mark.seal.sealed(file, mark) } ?? file
  }
}
