private import CImageIO

extension Image {
  /// The maximum number of pixels of a file: 64 megapixels.
  public static let mostPixels = Int(CIMAGEIO_MOST_PIXELS)
  /// The maximum number of rows or columns of a file.
  public static let longestSide = Int(CIMAGEIO_LONGEST_SIDE)

  /// Reads a picture file and turns it upright; its content says what it is, not its name.
  ///
  /// Gray, palettes, 16 bits and inks become 8-bit RGB; transparent pixels are composited on black.
  /// The orientation in EXIF or HEIF is applied, and an ICC profile's colors are converted to sRGB.
  /// Of several pictures in a file the first is read, of HEIF the primary one.
  public init(reading path: String) throws(MediaError) {
    self = try Image(decoding: PictureFile.bytes(of: path), name: path)
  }

  /// Decodes the bytes of a picture file; `name` is for error messages.
  public init(decoding bytes: [UInt8], name: String) throws(MediaError) {
    guard !bytes.isEmpty else { throw .emptyFile(name: name) }
    switch PictureKind(sniffing: bytes) {
    case .jpeg:
      self = unsafe try Image.decoded(bytes, name, by: cimageio_decode_jpeg)
    case .png:
      self = unsafe try Image.decoded(bytes, name, by: cimageio_decode_png)
    case .heif:
      self = unsafe try Image.decoded(bytes, name, by: cimageio_decode_heif)
    case .webP:
      self = try Image(webP: WebPFile(bytes), name)
    case .gif:
      guard !GIFFile(bytes).isCut else { throw .truncated(name: name) }
      self = try Image(bytes, name, by: "gif")
    case .bmp:
      guard !Image.isCutBMP(bytes) else { throw .truncated(name: name) }
      self = try Image(bytes, name, by: "bmp")
    case .tiff:
      self = try Image(bytes, name, by: "tiff").turned(upright: Image.orientation(inTIFF: bytes))
    case .jpeg2000:
      self = try Image(bytes, name, by: "jpeg2000")
    case nil:
      throw .notAPicture(name: name, isVideo: MediaKind.isVideo(bytes))
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
    case CIMAGEIO_UNSUPPORTED: throw .unsupported(name: name, reason: sentence(message))
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
