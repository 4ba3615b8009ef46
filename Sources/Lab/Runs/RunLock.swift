import Foundation
import Glibc

/// The right to work in a run: one process at a time has it.
///
/// The system takes the lock back when the process ends, however it ends.
final class RunLock {
  private let file: FileHandle

  /// Takes the lock of `run`, or says who has it.
  init(_ run: RunFolder) throws(LabError) {
    if !FileManager.default.fileExists(atPath: run.lock) {
      _ = FileManager.default.createFile(atPath: run.lock, contents: nil)
    }
    let file: FileHandle
    do {
      file = try FileHandle(forUpdating: URL(filePath: run.lock))
    } catch {
      throw .unwritable(path: run.lock, reason: RunFolder.reason(of: error))
    }
    guard flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = (try? file.readToEnd()).flatMap { String(data: $0, encoding: .utf8) } ?? ""
      throw .runInUse(name: run.name, process: holder.isEmpty ? "just started" : holder)
    }
    self.file = file
    // Who holds the lock is said for people's sake alone: a full disk must not hinder the run.
    try? file.truncate(atOffset: 0)
    try? file.write(contentsOf: Data("number \(getpid())".utf8))
  }

  deinit { try? file.close() }
}
