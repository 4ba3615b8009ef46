import Engine
import Foundation

/// The log of a run, which grows by whole lines and never runs ahead of the saved weights.
public struct RunLog {
  private let path: String
  private let file: FileHandle
  /// The same for TensorBoard; nil where that is not asked.
  let board: BoardFile?

  /// Opens the log for a run that stands at `iteration`.
  ///
  /// Lines after that iteration, which a lost session has written, are cut, and so is a torn one.
  ///
  /// - Parameter run: the run that gets TensorBoard's file as well; nil for none.
  init(at path: String, standingAt iteration: Int, boardOf run: RunFolder? = nil) throws {
    self.path = path
    let old = try RunFolder.contents(of: path)
    let kept = RunLog.lines(in: old ?? Data()).filter { $0.iteration <= iteration }
    var bytes: [UInt8] = []
    for line in kept { bytes += try line.json + [0x0A] }
    if old.map({ [UInt8]($0) }) != bytes { try WholeFile.write(bytes, to: path) }
    guard let file = FileHandle(forWritingAtPath: path) else {
      throw LabError.unwritable(path: path, reason: "it cannot be opened")
    }
    self.file = file
    try file.seekToEnd()
    board = try run.map { try BoardFile(of: $0, past: kept.compactMap(\.point)) }
  }

  /// Adds a line, at once.
  func append(_ line: LogEntry) throws {
    do {
      try file.write(contentsOf: line.json + [0x0A])
    } catch {
      throw LabError.unwritable(path: path, reason: RunFolder.reason(of: error))
    }
    if let point = line.point { try board?.append(point) }
  }

  /// All whole lines of the log at `path`; none if there is no log.
  public static func lines(at path: String) -> [LogEntry] {
    lines(in: FileManager.default.contents(atPath: path) ?? Data())
  }

  /// The whole lines: what does not end in a line's end, or is no line of ours, is left out.
  private static func lines(in data: Data) -> [LogEntry] {
    guard let end = data.lastIndex(of: 0x0A) else { return [] }
    let decoder = JSONDecoder()
    return data[..<end].split(separator: 0x0A).compactMap {
      try? decoder.decode(LogEntry.self, from: $0)
    }
  }
}
