import CImageIO

/// A file format for pictures.
public enum PictureFormat: Equatable, Sendable {
  /// Lossless.
  case png
  /// Lossy; `quality` is libjpeg's, 1–100. Chroma keeps full resolution (4:4:4).
  case jpeg(quality: Int)
}

extension Image {
  /// Encodes the picture as a file; the same picture and mark give the same bytes.
  ///
  /// - Parameters:
  ///   - mark: the mark of the picture's origin; nil for real pictures.
  ///   - finish: changes the file before it is signed.
  public func encoded(
    as format: PictureFormat, mark: Mark?, finish: ([UInt8]) -> [UInt8] = { $0 }
  ) throws(MediaError) -> [UInt8] {
    let file = finish(try unsigned(as: format, mark: mark))
    return try mark.map { mark throws(MediaError) in try mark.seal.sealed(file, mark) } ?? file
  }

  /// The size of the file before it is signed, in bytes.
  public func unsignedSize(as format: PictureFormat, mark: Mark?) throws(MediaError) -> Int {
    try unsigned(as: format, mark: mark).count
  }

  private func unsigned(as format: PictureFormat, mark: Mark?) throws(MediaError) -> [UInt8] {
    let xmp = mark?.packet
    switch format {
    case .png:
      return try unsafe encodedFile { bytes, size, message in
        unsafe withText(mark?.latinSoftware) { software in
          unsafe withText(xmp) { xmp in
            unsafe cimageio_encode_png(
              pixels, Int64(width), Int64(height), software, xmp, bytes, size, message)
          }
        }
      }
    case .jpeg(let quality):
      precondition((1...100).contains(quality), "a JPEG quality of \(quality)")
      guard max(width, height) <= Image.longestSide else {
        throw .unencodable(reason: "\(max(width, height)) pixels per side are too many for JPEG")
      }
      return try unsafe encodedFile { bytes, size, message in
        unsafe withText(xmp) { xmp in
          unsafe cimageio_encode_jpeg(
            pixels, Int64(width), Int64(height), Int32(quality), xmp, bytes, size, message)
        }
      }
    }
  }
}

/// Stores a file's bytes, their number and a message, as the C encoders do.
typealias PictureEncoder = (
  UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, UnsafeMutablePointer<Int>,
  UnsafeMutablePointer<CChar>
) -> cimageio_status

/// The file that a C encoder produces.
func encodedFile(by encode: PictureEncoder) throws(MediaError) -> [UInt8] {
  var message = [CChar](repeating: 0, count: Int(CIMAGEIO_ERROR_SIZE))
  var bytes: UnsafeMutablePointer<UInt8>? = nil
  var size = 0
  let status = unsafe encode(&bytes, &size, &message)
  defer { unsafe cimageio_free(bytes) }
  guard status == CIMAGEIO_OK else { throw .unencodable(reason: sentence(message)) }
  return unsafe Array(UnsafeBufferPointer(start: bytes, count: size))
}

/// Passes a text to C, or NULL.
func withText<Result>(_ text: [UInt8]?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
  guard let text else { return body(nil) }
  return unsafe (text.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer {
    unsafe body($0.baseAddress)
  }
}
