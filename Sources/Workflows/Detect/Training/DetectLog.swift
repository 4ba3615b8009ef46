import Detection
import Engine
import Foundation
import Records

/// `log.jsonl` of a detector training run: one object per line.
struct DetectLog {
  /// A validation and the training steps before it.
  struct Line: Codable, Equatable, Sendable {
    let detector: DetectorKind
    let iteration: Int
    let seconds: Double
    /// The mean training loss since the previous line.
    let loss: Double
    /// ROC AUC on validation faces, per frame.
    let auc: Double

    /// The values for TensorBoard.
    var point: BoardFile.Point {
      BoardFile.Point(
        step: iteration, seconds: seconds,
        scalars: [
          ("\(detector.rawValue)/train/loss", loss), ("\(detector.rawValue)/val/roc_auc", auc),
        ])
    }
  }

  private let path: String
  /// The run that gets TensorBoard event files; nil for none.
  private let run: RunFolder?
  private var board: BoardFile?
  private(set) var lines: [Line]

  /// Opens the log at `path`, dropping lines written after the last saved checkpoint.
  ///
  /// - Parameter run: the run that gets TensorBoard event files; nil for none.
  init(at path: String, boardOf run: RunFolder? = nil) throws {
    (self.path, self.run) = (path, run)
    let data = try RunFolder.contents(of: path) ?? Data()
    let decoder = JSONDecoder()
    lines = data.split(separator: 0x0A).compactMap { try? decoder.decode(Line.self, from: $0) }
  }

  /// Removes the lines of a detector after an iteration.
  mutating func cut(_ detector: DetectorKind, after iteration: Int) {
    lines.removeAll { $0.detector == detector && $0.iteration > iteration }
  }

  mutating func append(_ line: Line) throws {
    lines.append(line)
    // The event file is created at a session's first line, when the old lines to keep are known.
    if let run, board == nil { board = try BoardFile(of: run, past: lines.map(\.point)) }
    try board?.append(line.point)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try WholeFile.write(lines.map { [UInt8](try encoder.encode($0)) + [0x0A] }, to: path)
  }
}
