private import CFFmpeg
import Synchronization

/// Converts the frames of one video to RGB, from any number of threads at once.
final class PixelConverter: Sendable {
  private let name: String
  /// Tables that are not in use.
  private let idle: Mutex<[Tables]>

  /// The tables of a conversion, for one thread at a time; owns the C handle.
  @safe private final class Tables: @unchecked Sendable {
    let handle: OpaquePointer

    init(name: String) throws(MediaError) {
      guard let handle = unsafe cffmpeg_converter_make() else {
        throw .unreadableVideo(name: name, reason: "out of memory")
      }
      unsafe self.handle = handle
    }

    deinit { unsafe cffmpeg_converter_free(handle) }
  }

  init(name: String) throws(MediaError) {
    self.name = name
    idle = Mutex([try Tables(name: name)])
  }

  /// The frame's picture as stored, without rotation.
  func picture(of frame: VideoFrame) throws(MediaError) -> Image {
    let info = frame.info
    let isTurned = info.orientation >= 5
    let (width, height) = isTurned ? (info.height, info.width) : (info.width, info.height)
    let tables: Tables
    if let rested = idle.withLock({ $0.popLast() }) {
      tables = rested
    } else {
      tables = try Tables(name: name)
    }
    defer { idle.withLock { $0.append(tables) } }
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    var status = CFFMPEG_OK
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: width * height * 3) { pixels, count in
      status = unsafe cffmpeg_converter_read(
        tables.handle, frame.handle, pixels.baseAddress, &message)
      count = status == CFFMPEG_OK ? width * height * 3 : 0
    }
    guard status == CFFMPEG_OK else {
      throw .unreadableVideo(name: name, reason: sentence(message))
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
