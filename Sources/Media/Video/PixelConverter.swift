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
    let (width, height) = frame.storedSize
    return try unsafe convert(width, height) { tables, pixels, message in
      unsafe cffmpeg_converter_read(tables, frame.handle, pixels, &message)
    }
  }

  /// The same, reduced to a size.
  func picture(
    of frame: VideoFrame, width: Int, height: Int
  ) throws(MediaError) -> Image {
    try unsafe convert(width, height) { tables, pixels, message in
      unsafe cffmpeg_converter_read_reduced(
        tables, frame.handle, Int32(width), Int32(height), pixels, &message)
    }
  }

  /// A rectangle of the frame as stored; nil for frames that are only converted as a whole.
  func part(
    of frame: VideoFrame, x: Int, y: Int, width: Int, height: Int
  ) throws(MediaError) -> Image? {
    guard unsafe cffmpeg_frame_has_parts(frame.handle) else { return nil }
    return try unsafe convert(width, height) { tables, pixels, message in
      unsafe cffmpeg_converter_read_part(
        tables, frame.handle, Int32(x), Int32(y), Int32(width), Int32(height), pixels, &message)
    }
  }

  /// A picture of a size that `body` fills, given tables that no other thread uses meanwhile.
  private func convert(
    _ width: Int, _ height: Int,
    _ body: (
      _ tables: OpaquePointer, _ pixels: UnsafeMutablePointer<UInt8>?, _ message: inout [CChar]
    ) -> cffmpeg_status
  ) throws(MediaError) -> Image {
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
      status = unsafe body(tables.handle, pixels.baseAddress, &message)
      count = status == CFFMPEG_OK ? width * height * 3 : 0
    }
    guard status == CFFMPEG_OK else {
      throw .unreadableVideo(name: name, reason: sentence(message))
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
