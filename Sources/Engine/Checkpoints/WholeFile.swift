import Foundation

/// Atomic file writes.
///
/// The bytes go to a hidden temporary file in the same folder, are synchronized to disk, and are
/// renamed into place; if the process is killed, the previous file remains. The temporary file
/// `.NAME.partial` is removed if writing fails, and overwritten by the next write if the process
/// was killed. One process at a time may write a file.
public enum WholeFile {
  /// Writes a file.
  public static func write(_ bytes: [UInt8], to path: String) throws(EngineError) {
    try write(CollectionOfOne(bytes), to: path)
  }

  /// Writes a file from chunks.
  public static func write(_ chunks: some Sequence<[UInt8]>, to path: String) throws(EngineError) {
    do {
      try write(to: path) { (file: borrowing OpenFile) throws(FileProblem) in
        for chunk in chunks { try file.write(chunk) }
      }
    } catch {
      throw .unwritableFile(path: path, reason: error.reason)
    }
  }

  /// Writes several files of one folder, and synchronizes them to disk together, which takes a
  /// fraction of the time.
  ///
  /// If it fails, some of them may be written.
  public static func write(
    _ files: [(name: String, bytes: [UInt8])], in folder: String
  ) throws(EngineError) {
    let paths = files.map { (folder as NSString).appendingPathComponent($0.name) }
    let partials = files.map { (folder as NSString).appendingPathComponent(".\($0.name).partial") }
    do throws(FileProblem) {
      for (partial, file) in zip(partials, files) {
        try OpenFile(writing: partial).write(file.bytes)
      }
      // The file system combines what several threads ask for.
      let results = ThreadPool.map(partials.count) { index in
        Result { () throws(FileProblem) in try OpenFile(reading: partials[index]).synchronize() }
      }
      for result in results { try result.get() }
      for (partial, path) in zip(partials, paths) {
        guard unsafe rename(partial, path) == 0 else { throw FileProblem(code: errno, path: path) }
      }
      if !files.isEmpty { try OpenFile(folder: folder).synchronize() }
    } catch {
      for partial in partials { unsafe unlink(partial) }
      throw .unwritableFile(path: folder, reason: error.reason)
    }
  }

  /// Writes a file that `body` fills.
  static func write(
    to path: String, _ body: (borrowing OpenFile) throws(FileProblem) -> Void
  ) throws(FileProblem) {
    let name = (path as NSString).lastPathComponent
    let folder = (path as NSString).deletingLastPathComponent
    guard !name.isEmpty, !path.hasSuffix("/") else { throw FileProblem(code: EISDIR, path: path) }
    let partial = (folder as NSString).appendingPathComponent(".\(name).partial")
    do {
      let file = try OpenFile(writing: partial)
      try body(file)
      try file.synchronize()
    } catch {
      unsafe unlink(partial)
      throw error
    }
    guard unsafe rename(partial, path) == 0 else {
      let problem = FileProblem(code: errno, path: path)
      unsafe unlink(partial)
      throw problem
    }
    try OpenFile(folder: folder.isEmpty ? "." : folder).synchronize()
  }
}
