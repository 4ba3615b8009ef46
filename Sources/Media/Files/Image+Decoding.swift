private import CImageIO

extension Image {
  /// The maximum number of pixels of a file: 64 megapixels.
  public static let mostPixels = Int(CIMAGEIO_MOST_PIXELS)
  /// The maximum number of rows or columns of a file.
  public static let longestSide = Int(CIMAGEIO_LONGEST_SIDE)

  /// Reads a JPEG or PNG file, detected by content rather than by extension, and turns it upright.
  ///
  /// Gray, palettes, 16 bits and CMYK become 8-bit RGB; transparent pixels are composited on black.
  /// EXIF's orientation is applied; color profiles and gamma are ignored.
  public init(reading path: String) throws(MediaError) {
    self = try Image(decoding: PictureFile.bytes(of: path), name: path)
  }

  /// Decodes the bytes of a JPEG or PNG file; `name` is for error messages.
  public init(decoding bytes: [UInt8], name: String) throws(MediaError) {
    guard !bytes.isEmpty else { throw .emptyFile(name: name) }
    switch PictureKind(sniffing: bytes) {
    case .jpeg:
      self = unsafe try Image.decoded(bytes, name, by: cimageio_decode_jpeg)
    case .png:
      self = unsafe try Image.decoded(bytes, name, by: cimageio_decode_png)
    case .foreign(let kind):
      throw .unknownKind(name: name, kind: kind)
    case .unknown:
      throw .unknownKind(name: name, kind: nil)
    }
  }

  private typealias Decoder = (
    UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<cimageio_picture>?,
    UnsafeMutablePointer<CChar>?
  ) -> cimageio_status

  private static func decoded(
    _ bytes: [UInt8], _ name: String, by decode: Decoder
  ) throws(MediaError) -> Image {
    var picture = unsafe cimageio_picture()
    var message = [CChar](repeating: 0, count: Int(CIMAGEIO_ERROR_SIZE))
    let status = unsafe decode(bytes, bytes.count, &picture, &message)
    defer { unsafe cimageio_free(picture.pixels) }
    let (width, height) = unsafe (Int(picture.width), Int(picture.height))
    switch status {
    case CIMAGEIO_OK: break
    case CIMAGEIO_TRUNCATED: throw .truncated(name: name)
    case CIMAGEIO_TOO_LARGE: throw .tooLarge(name: name, width: width, height: height)
    default: throw .damaged(name: name, reason: sentence(message))
    }
    let pixels = unsafe Array(
      UnsafeBufferPointer(start: picture.pixels, count: width * height * 3))
    let image = Image(width: width, height: height, pixels: pixels)
    return image.turned(upright: Int(unsafe picture.orientation))
  }
}

/// A library's C message, phrased for the middle of a sentence.
func sentence(_ message: [CChar]) -> String {
  let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  let text = String(decoding: bytes, as: UTF8.self)
  return text.hasSuffix(".") ? String(text.dropLast()) : text
}
