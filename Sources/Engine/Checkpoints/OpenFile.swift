import Foundation

/// An open file descriptor, closed on deinitialization.
struct OpenFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  /// Opens an existing file.
  init(reading path: String) throws(FileProblem) {
    // Avoids blocking on a pipe.
    try self.init(path, O_RDONLY | O_NONBLOCK)
  }

  /// Opens a file for writing from the start, and creates it if necessary.
  init(writing path: String) throws(FileProblem) {
    do {
      try self.init(path, O_WRONLY | O_CREAT | O_TRUNC)
    } catch {
      let folder = (path as NSString).deletingLastPathComponent
      let isThere = folder.isEmpty || FileManager.default.fileExists(atPath: folder)
      throw isThere ? error : FileProblem("no such folder: '\(folder)'")
    }
  }

  /// Opens a folder, to synchronize its entries to disk.
  init(folder path: String) throws(FileProblem) {
    try self.init(path, O_RDONLY | O_DIRECTORY)
  }

  /// Opens a file in memory that holds an embedded model.
  init(reading model: CarriedModel) throws(FileProblem) {
    path = model.rawValue
    descriptor = model.openedInMemory()
    guard descriptor >= 0 else { throw FileProblem(code: errno, path: path) }
  }

  private init(_ path: String, _ flags: Int32) throws(FileProblem) {
    self.path = path
    descriptor = unsafe open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileProblem(code: errno, path: path) }
  }

  deinit { close(descriptor) }

  /// Bytes in the file.
  func size() throws(FileProblem) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw problem() }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(status.st_size)
    case S_IFDIR: throw FileProblem(code: EISDIR, path: path)
    default: throw FileProblem("not a regular file")
    }
  }

  /// Some bytes.
  func data(at offset: Int, count: Int) throws(FileProblem) -> Data {
    var bytes = [UInt8](repeating: 0, count: count)
    var result: Result<Void, FileProblem> = .success(())
    unsafe bytes.withUnsafeMutableBytes { buffer in
      result = Result { () throws(FileProblem) in try unsafe read(buffer, at: offset) }
    }
    try result.get()
    return Data(bytes)
  }

  /// Fills a buffer.
  func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileProblem) {
    var done = 0
    while done < buffer.count {
      guard let start = buffer.baseAddress else { return }
      let count = unsafe pread(
        descriptor, start + done, min(buffer.count - done, 1 << 30), off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw problem() }
      guard count > 0 else { throw FileProblem("the file was truncated while reading") }
      done += count
    }
  }

  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(FileProblem) {
    var result: Result<Void, FileProblem> = .success(())
    unsafe bytes.withUnsafeBytes { buffer in
      result = Result { () throws(FileProblem) in try unsafe write(buffer) }
    }
    try result.get()
  }

  /// Appends bytes.
  func write(_ buffer: UnsafeRawBufferPointer) throws(FileProblem) {
    var done = 0
    while done < buffer.count {
      guard let start = buffer.baseAddress else { return }
      let count = unsafe systemWrite(descriptor, start + done, min(buffer.count - done, 1 << 30))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw problem() }
      done += count
    }
  }

  /// Synchronizes the file to disk.
  func synchronize() throws(FileProblem) {
    // Some file systems do not support it for folders, and return EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw problem() }
  }

  private func problem() -> FileProblem { FileProblem(code: errno, path: path) }
}

/// The system's `write`, which the method of the same name shadows.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}

/// The reason why a file cannot be read or written, phrased as the end of a sentence.
struct FileProblem: Error, Equatable {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }

  /// The text for an error number of the system.
  init(code: Int32, path: String) {
    let folder = (path as NSString).deletingLastPathComponent
    let place = folder.isEmpty ? "this folder" : "the folder '\(folder)'"
    switch code {
    case ENOSPC: reason = "the disk is full; free space, or use another disk"
    case EDQUOT: reason = "the disk quota is exceeded; free space, or use another folder"
    case EFBIG: reason = "the file would be too large for the file system"
    case EACCES, EPERM: reason = "permission denied in \(place)"
    case EROFS: reason = "the disk is read-only"
    case EISDIR: reason = "it is a folder, not a file"
    default: reason = unsafe String(cString: strerror(code))
    }
  }
}
