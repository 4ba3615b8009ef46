import Detection
import Engine
import Foundation
import Records

/// `log.jsonl` of a detector training: one object per line.
struct DetectLog {
  /// One line: a validation and the steps before it.
  struct Line: Codable, Equatable, Sendable {
    let detector: DetectorKind
    let iteration: Int
    let seconds: Double
    /// The mean training loss since the line before.
    let loss: Double
    /// On validation faces, per frame.
    let auc: Double

    /// The line's numbers, as TensorBoard shows them.
    var point: BoardFile.Point {
      BoardFile.Point(
        step: iteration, seconds: seconds,
        scalars: [
          ("\(detector.rawValue)/train/loss", loss), ("\(detector.rawValue)/val/roc_auc", auc),
        ])
    }
  }

  private let path: String
  /// The run that gets TensorBoard's file as well; nil for none.
  private let run: RunFolder?
  private var board: BoardFile?
  private(set) var lines: [Line]

  /// Takes up the log at `path`; lines that a lost session wrote after the last save are cut.
  ///
  /// - Parameter run: the run that gets TensorBoard's file as well; nil for none.
  init(at path: String, boardOf run: RunFolder? = nil) throws {
    (self.path, self.run) = (path, run)
    let data = try RunFolder.contents(of: path) ?? Data()
    let decoder = JSONDecoder()
    lines = data.split(separator: 0x0A).compactMap { try? decoder.decode(Line.self, from: $0) }
  }

  /// Forgets what was logged of a detector after an iteration.
  mutating func cut(_ detector: DetectorKind, after iteration: Int) {
    lines.removeAll { $0.detector == detector && $0.iteration > iteration }
  }

  mutating func append(_ line: Line) throws {
    lines.append(line)
    // The file begins with the first line of a session: only then it is known which old ones stay.
    if let run, board == nil { board = try BoardFile(of: run, past: lines.map(\.point)) }
    try board?.append(line.point)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try WholeFile.write(lines.map { [UInt8](try encoder.encode($0)) + [0x0A] }, to: path)
  }
}
