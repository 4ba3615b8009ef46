private import CFFmpeg
private import CImageIO

extension Image {
  /// Decodes a picture file with one of FFmpeg's decoders, by its name.
  init(_ bytes: [UInt8], _ name: String, by decoder: String) throws(MediaError) {
    var picture = unsafe cffmpeg_picture()
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    let status = unsafe cffmpeg_picture_decode(
      decoder, bytes, bytes.count, Int64(Image.mostPixels), Int32(Image.longestSide), &picture,
      &message)
    defer { unsafe cffmpeg_picture_clear(&picture) }
    let (width, height) = unsafe (Int(picture.width), Int(picture.height))
    switch status {
    case CFFMPEG_OK: break
    case CFFMPEG_TOO_LARGE: throw .tooLarge(name: name, width: width, height: height)
    case CFFMPEG_UNSUPPORTED: throw .unsupported(name: name, reason: sentence(message))
    default: throw .damaged(name: name, reason: sentence(message))
    }
    let count = width * height
    if unsafe picture.has_alpha { unsafe cimageio_lay_on_black(picture.pixels, count) }
    unsafe cimageio_to_srgb(picture.pixels, Int64(count), picture.profile, picture.profile_size)
    let pixels = unsafe Array(UnsafeBufferPointer(start: picture.pixels, count: count * 3))
    self.init(width: width, height: height, pixels: pixels)
  }

  /// A WebP picture, or the first frame of an animated one.
  init(webP file: WebPFile, _ name: String) throws(MediaError) {
    guard !file.isCut else { throw .truncated(name: name) }
    let (bytes, place) = file.still
    var image = try Image(bytes, name, by: "webp")
    if let place, place.width != image.width || place.height != image.height {
      guard place.width * place.height <= Image.mostPixels else {
        throw .tooLarge(name: name, width: place.width, height: place.height)
      }
      guard place.x + image.width <= place.width, place.y + image.height <= place.height else {
        throw .damaged(name: name, reason: "its first frame lies outside the picture")
      }
      let frame = image
      image = Image(
        width: place.width, height: place.height,
        pixels: [UInt8](repeating: 0, count: place.width * place.height * 3))
      image.paste(frame, x: place.x, y: place.y)
    }
    self = image.turned(upright: file.exif.map(Image.orientation(inTIFF:)) ?? 1)
  }

  /// EXIF's orientation, 1–8, in a TIFF file or in EXIF data, which have the same structure.
  static func orientation(inTIFF bytes: [UInt8]) -> Int {
    Int(unsafe cimageio_orientation(bytes, bytes.count))
  }

  /// True if a BMP file is shorter than its header says; FFmpeg would leave the rest black.
  static func isCutBMP(_ bytes: [UInt8]) -> Bool {
    bytes[2..<6].reversed().reduce(0) { $0 << 8 | Int($1) } > bytes.count
  }
}
