internal import CFFmpeg
import Foundation

/// Encodes a segment of a video into a file, to be joined with others later.
///
/// Size, pixel format and colors are those of the first frame. The file gets its name when it is
/// complete. One thread at a time may use it.
@safe public final class VideoSegmentWriter: @unchecked Sendable {
  private let path: String
  private let name: String
  private let handle: OpaquePointer

  /// - Parameters:
  ///   - path: the segment's file.
  ///   - encoding: the compression settings.
  ///   - first: a frame with the properties of all that follow; it is not written yet.
  ///   - video: the name of the final video, for error messages.
  public init(
    path: String, encoding: VideoEncoding, like first: VideoFrame, of video: String
  ) throws(MediaError) {
    self.path = path
    name = video
    let info = first.info
    var handle: OpaquePointer?
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    let status = unsafe encoding.codec.encoder.withCString { encoder in
      unsafe encoding.preset.withCString { preset in
        var asked = unsafe cffmpeg_encoding(
          encoder: encoder, preset: encoding.codec == .ffv1 ? nil : preset,
          quality: Int32(encoding.quality), is_lossless: encoding.isLossless,
          threads: Int32(encoding.threads), time_base: info.timeBase.ratio,
          frame_rate: (info.frameRate ?? Rational(25, 1)).ratio,
          sample_aspect: info.storedAspect.ratio)
        return unsafe cffmpeg_writer_open(
          "\(path).part", &asked, first.handle, &handle, &message)
      }
    }
    guard status == CFFMPEG_OK, let handle = unsafe handle else {
      unsafe unlink("\(path).part")
      throw .unwritableVideo(path: video, reason: sentence(message))
    }
    unsafe self.handle = handle
  }

  deinit {
    unsafe cffmpeg_writer_close(handle)
    // A partial file is useless.
    unsafe unlink("\(path).part")
  }

  /// Appends a frame; time stamps must increase.
  public func write(_ frame: VideoFrame) throws(MediaError) {
    try check { message in
      unsafe cffmpeg_writer_write(handle, frame.handle, Int64(frame.timestamp), &message)
    }
  }

  /// Completes the file and gives it its name.
  public func finish() throws(MediaError) {
    try check { message in unsafe cffmpeg_writer_finish(handle, &message) }
    try check { message in unsafe cffmpeg_publish("\(path).part", path, &message) }
  }

  private func check(_ call: (inout [CChar]) -> cffmpeg_status) throws(MediaError) {
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    guard call(&message) == CFFMPEG_OK else {
      throw .unwritableVideo(path: name, reason: sentence(message))
    }
  }
}

extension VideoInfo {
  /// The width of a pixel over its height, as it is stored.
  fileprivate var storedAspect: Rational {
    guard orientation >= 5, sampleAspect.numerator > 0 else { return sampleAspect }
    return Rational(sampleAspect.denominator, sampleAspect.numerator)
  }
}

extension Rational {
  var ratio: cffmpeg_ratio {
    cffmpeg_ratio(
      numerator: Int32(clamping: numerator), denominator: Int32(clamping: denominator))
  }
}
