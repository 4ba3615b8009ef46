import Foundation
import Glibc

/// The right to work in a folder: one process at a time has it.
///
/// The system takes the lock back when the process ends, however it ends.
public final class RunLock {
  private let file: FileHandle

  /// Takes the lock of `run`, or says who has it.
  public convenience init(_ run: RunFolder) throws(RecordsError) {
    try self.init(at: run.lock) { .runInUse(name: run.name, process: $0) }
  }

  /// Takes the lock that the file at `path` stands for.
  ///
  /// - Parameter refusal: the error for a lock that the named process has.
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
    // Who holds the lock is said for people's sake alone: a full disk must not hinder the run.
    try? file.truncate(atOffset: 0)
    try? file.write(contentsOf: Data("number \(getpid())".utf8))
  }

  /// True when a process has the lock that the file at `path` stands for.
  static func isHeld(at path: String) -> Bool {
    guard let file = FileHandle(forUpdatingAtPath: path) else { return false }
    defer { try? file.close() }
    return flock(file.fileDescriptor, LOCK_EX | LOCK_NB) != 0
  }

  deinit { try? file.close() }
}
