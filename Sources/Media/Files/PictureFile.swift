import Foundation

/// Reads the bytes of picture and video files.
enum PictureFile {
  /// Larger files are refused unread; an uncompressed picture of the maximum size fits.
  static let mostBytes = 512 << 20

  static func bytes(of path: String) throws(MediaError) -> [UInt8] {
    let (file, size) = try opened(path)
    defer { close(file) }
    guard size <= mostBytes else {
      throw .unreadableFile(path: path, reason: "the file is too large")
    }
    return try read(file, size: size, path)
  }

  /// The first `count` bytes of a file, or all of a shorter one.
  static func bytes(of path: String, first count: Int) throws(MediaError) -> [UInt8] {
    let (file, size) = try opened(path)
    defer { close(file) }
    return try read(file, size: min(size, count), path)
  }

  /// Refuses paths that are not readable, non-empty files.
  static func check(_ path: String) throws(MediaError) {
    let (file, size) = try opened(path)
    close(file)
    guard size > 0 else { throw .emptyFile(name: path) }
  }

  /// An open file and its size in bytes.
  private static func opened(_ path: String) throws(MediaError) -> (file: Int32, size: Int) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw failure(path) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else {
      let failure = failure(path)
      close(file)
      throw failure
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(file)
      throw .unreadableFile(path: path, reason: "not a regular file")
    }
    return (file, Int(status.st_size))
  }

  private static func read(
    _ file: Int32, size: Int, _ path: String
  ) throws(MediaError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    var count = 0
    while count < size {
      let more = unsafe bytes.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return unsafe Foundation.read(file, start + count, size - count)
      }
      if more < 0, errno == EINTR { continue }
      guard more >= 0 else { throw failure(path) }
      guard more > 0 else { break }
      count += more
    }
    return count == size ? bytes : Array(bytes.prefix(count))
  }

  private static func failure(_ path: String) -> MediaError {
    .unreadableFile(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
