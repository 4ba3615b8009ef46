import Detection
import Engine
import Faces
import Foundation
import Records

/// What detectors scored one picture of a test, or a frame of a clip: a line of `scores.jsonl`.
struct SampleScore: Codable, Equatable {
  /// The folder of the dataset, below the workspace or from the root.
  let dataset: String
  /// The picture, below the dataset's folder.
  let path: String
  let label: Label
  /// The forgery method, or `real`.
  let method: String
  /// The calibrated scores by detector, and of several their mean; without those that are not applicable.
  let scores: [String: Double]

  /// The name of the file in a run's folder.
  static let file = "scores.jsonl"

  /// The scores of a test.
  ///
  /// - Parameter dataset: the folder of its samples, below the workspace or from the root.
  static func all(of test: SetTest, dataset: String) -> [SampleScore] {
    let columns = test.scores
    return test.pictures.samples.enumerated().map { place, sample in
      SampleScore(
        dataset: dataset, path: sample.path, label: sample.label, method: sample.method,
        scores: Dictionary(
          columns.compactMap { name, scores in scores[place].map { (name, $0) } },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// Writes the scores of a run.
  static func write(_ scores: [SampleScore], to folder: String) throws {
    try WholeFile.write(try scores.map { try JSONText.line($0) + [0x0A] }, to: "\(folder)/\(file)")
  }

  /// The scores of a run; nil where none are stored.
  static func read(in folder: String) throws -> [SampleScore]? {
    guard let data = try RunFolder.contents(of: "\(folder)/\(file)") else { return nil }
    let decoder = JSONDecoder()
    return data.split(separator: 0x0A).compactMap { try? decoder.decode(SampleScore.self, from: $0) }
  }
}
