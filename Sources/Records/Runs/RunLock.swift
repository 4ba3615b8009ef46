import Foundation
import Glibc

/// An exclusive lock on a folder for one process.
///
/// The system releases the lock when the process ends, however it ends.
public final class RunLock: Sendable {
  private let file: FileHandle

  /// Locks `run`, or throws with the holder.
  public convenience init(_ run: RunFolder) throws(RecordsError) {
    try self.init(at: run.lock) { .runInUse(name: run.name, process: $0) }
  }

  /// Takes the lock of the file at `path`.
  ///
  /// - Parameter refusal: the error if the named process holds the lock.
  public init(at path: String, refusal: (String) -> RecordsError) throws(RecordsError) {
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    let file: FileHandle
    do {
      file = try FileHandle(forUpdating: URL(filePath: path))
    } catch {
      throw .unwritable(path: path, reason: RunFolder.reason(of: error))
    }
    guard flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = (try? file.readToEnd()).flatMap { String(data: $0, encoding: .utf8) } ?? ""
      throw refusal(holder.isEmpty ? "just started" : holder)
    }
    self.file = file
    // The holder is stored for error messages only: a full disk must not stop the run.
    try? file.truncate(atOffset: 0)
    try? file.write(contentsOf: Data("number \(getpid())".utf8))
  }

  /// True if a process holds the lock of the file at `path`.
  static func isHeld(at path: String) -> Bool {
    guard let file = FileHandle(forUpdatingAtPath: path) else { return false }
    defer { try? file.close() }
    return flock(file.fileDescriptor, LOCK_EX | LOCK_NB) != 0
  }

  deinit { try? file.close() }
}
