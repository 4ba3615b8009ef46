import Detection
import Engine
import Foundation
import Media

/// What a judgement leaves in a folder: `verdict.json`, for videos `timeline.png`, and where the
/// reasons are asked for `explanation.json`, `explanation.txt`, `report.html` and `report.md`.
struct JudgementFiles {
  let judgement: FileJudgement
  let models: [DetectorModels.Model]
  let faces: [JudgedFace]
  /// The figures of the training that the detectors are from; nil where they are not known.
  let results: DetectResults?

  /// - Parameter folder: made where it is missing.
  /// - Returns: the reasons, where they are asked for.
  func write(to folder: String, isExplained: Bool) throws -> Explanation? {
    try RunFolder.make(folder)
    try WholeFile.write(try JSONText.pretty(judgement), to: "\(folder)/verdict.json")
    let timeline = try Timeline(judgement: judgement).drawn()
    if let timeline {
      try WholeFile.write(
        try timeline.encoded(as: .png, mark: Mark.synthetic(by: Program.name)),
        to: "\(folder)/timeline.png")
    }
    guard isExplained else { return nil }
    let explanation = Explanation(
      judgement, evidence: try evidence, models: models, results: results)
    try WholeFile.write(try JSONText.pretty(explanation), to: "\(folder)/explanation.json")
    try WholeFile.write(
      Array((explanation.sentences.joined(separator: "\n") + "\n").utf8),
      to: "\(folder)/explanation.txt")
    try ExplanationPage(
      explanation: explanation, faces: faces, models: models, timeline: timeline
    ).page().write(to: folder)
    return explanation
  }

  /// Of each person in turn, what the face shows whose picture was kept.
  private var evidence: [Evidence] {
    get throws {
      try faces.filter { $0.picture != nil }.compactMap { face in
        let rank = judgement.people.first { person in
          person.scores.contains { $0.frame == face.frame && $0.each == face.probabilities }
        }
        return try rank.flatMap {
          try Evidence($0.person, face, models, real: results?.sharpness)
        }
      }.sorted { $0.person < $1.person }
    }
  }
}
