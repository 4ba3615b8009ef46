private import CFFmpeg

extension Image {
  /// The picture after H.264 compression as a single frame.
  ///
  /// It is encoded as a keyframe with 4:2:0 chroma on one thread: the same picture and quantizer
  /// give the same pixels.
  ///
  /// - Parameter quantizer: the same for the whole frame, 0–51; FaceForensics++'s c23 is 23, c40 is
  ///   40.
  public func throughH264(quantizer: Int) throws(MediaError) -> Image {
    precondition((0...51).contains(quantizer), "an H.264 quantizer of \(quantizer)")
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    var status = CFFMPEG_OK
    let values = unsafe [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      status = unsafe cffmpeg_still_through_h264(
        pixels, Int32(width), Int32(height), Int32(quantizer), target.baseAddress, &message)
      count = status == CFFMPEG_OK ? pixels.count : 0
    }
    guard status == CFFMPEG_OK else { throw .unencodable(reason: sentence(message)) }
    return Image(width: width, height: height, pixels: values)
  }
}
