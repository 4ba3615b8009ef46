import Engine
import Foundation

/// A line of a run's log.
public protocol LogLine: Codable {
  /// The number of completed steps.
  var iteration: Int { get }
  /// The line's numbers, as TensorBoard shows them; nil for a line without any.
  var point: BoardFile.Point? { get }
}

/// The log of a run, which grows by whole lines and is never ahead of the saved weights.
public struct RunLog<Line: LogLine> {
  private let path: String
  private let file: FileHandle
  /// The TensorBoard file; nil if not requested.
  public let board: BoardFile?

  /// Opens the log of a run at `iteration`.
  ///
  /// Lines after that iteration, written by a lost session, are removed, as is a torn one.
  ///
  /// - Parameter run: the run with the TensorBoard file; nil for none.
  public init(at path: String, standingAt iteration: Int, boardOf run: RunFolder? = nil) throws {
    self.path = path
    let old = try RunFolder.contents(of: path)
    let kept = RunLog.lines(in: old ?? Data()).filter { $0.iteration <= iteration }
    var bytes: [UInt8] = []
    for line in kept { bytes += try RunLog.json(of: line) + [0x0A] }
    if old.map({ [UInt8]($0) }) != bytes { try WholeFile.write(bytes, to: path) }
    guard let file = FileHandle(forWritingAtPath: path) else {
      throw RecordsError.unwritable(path: path, reason: "cannot open the file")
    }
    self.file = file
    try file.seekToEnd()
    board = try run.map { try BoardFile(of: $0, past: kept.compactMap(\.point)) }
  }

  /// Appends an entry immediately.
  public func append(_ line: Line) throws {
    do {
      try file.write(contentsOf: RunLog.json(of: line) + [0x0A])
    } catch {
      throw RecordsError.unwritable(path: path, reason: RunFolder.reason(of: error))
    }
    if let point = line.point { try board?.append(point) }
  }

  /// All complete lines of the log at `path`; empty if there is no log.
  public static func lines(at path: String) -> [Line] {
    lines(in: FileManager.default.contents(atPath: path) ?? Data())
  }

  /// The complete lines; incomplete and invalid ones are skipped.
  private static func lines(in data: Data) -> [Line] {
    guard let end = data.lastIndex(of: 0x0A) else { return [] }
    let decoder = JSONDecoder()
    return data[..<end].split(separator: 0x0A).compactMap {
      try? decoder.decode(Line.self, from: $0)
    }
  }

  /// The line as JSON, without a line's end.
  static func json(of line: Line) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(line)
  }
}
