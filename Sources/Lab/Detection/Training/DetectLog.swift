import Detection
import Engine
import Foundation

/// `log.jsonl` of a training of detectors: an object a line.
struct DetectLog {
  /// One line: an evaluation and the steps before it.
  struct Line: Codable, Equatable, Sendable {
    let detector: DetectorKind
    let iteration: Int
    let seconds: Double
    /// The mean training loss since the line before.
    let loss: Double
    /// On validation faces, per frame.
    let auc: Double
  }

  private let path: String
  private(set) var lines: [Line]

  /// Takes up the log at `path`; lines that a lost session wrote after the last save are cut.
  init(at path: String) throws {
    self.path = path
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
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try WholeFile.write(lines.map { [UInt8](try encoder.encode($0)) + [0x0A] }, to: path)
  }
}
