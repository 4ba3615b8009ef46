private import CFFmpeg
import Synchronization

/// Converts the frames of one video to RGB, from any thread.
@safe final class PixelConverter: @unchecked Sendable {
  private let name: String
  private let handle: OpaquePointer
  private let turn = Mutex(())

  init(name: String) throws(MediaError) {
    guard let handle = unsafe cffmpeg_converter_make() else {
      throw .unreadableVideo(name: name, reason: "out of memory")
    }
    self.name = name
    unsafe self.handle = handle
  }

  deinit { unsafe cffmpeg_converter_free(handle) }

  /// The frame's picture as stored, without rotation.
  func picture(of frame: VideoFrame) throws(MediaError) -> Image {
    let info = frame.info
    let isTurned = info.orientation >= 5
    let (width, height) = isTurned ? (info.height, info.width) : (info.width, info.height)
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    var status = CFFMPEG_OK
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: width * height * 3) { pixels, count in
      turn.withLock { _ in
        status = unsafe cffmpeg_converter_read(
          handle, frame.handle, pixels.baseAddress, &message)
      }
      count = status == CFFMPEG_OK ? width * height * 3 : 0
    }
    guard status == CFFMPEG_OK else {
      throw .unreadableVideo(name: name, reason: sentence(message))
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
