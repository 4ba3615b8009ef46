import Detection
import Engine
import Foundation
import Media
import Records

/// What a verdict leaves in a folder: `verdict.json`, for videos `timeline.png`, and where the
/// reasons are asked for `explanation.json`, `explanation.txt`, `report.html` and `report.md`.
struct VerdictFiles {
  let verdict: FileVerdict
  let faces: [ScoredFace]
  let ensemble: DetectorEnsemble

  /// The name of the file with the verdict.
  static let file = "verdict.json"

  /// - Parameter folder: made where it is missing.
  /// - Returns: the reasons, where they are asked for.
  func write(to folder: String, isExplained: Bool) throws -> Explanation? {
    try RunFolder.make(folder)
    try WholeFile.write(try JSONText.pretty(verdict), to: "\(folder)/\(VerdictFiles.file)")
    let timeline = try Timeline(verdict: verdict).drawn()
    try write(timeline, to: "\(folder)/timeline.png")
    guard isExplained else {
      // The reasons of an earlier verdict are not those of this one.
      for name in [ExplanationReport.file, "explanation.txt", ExplanationReport.gradCAMFile]
        + ReportPage.files
      where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
        try RunFolder.remove("\(folder)/\(name)")
      }
      return nil
    }
    let explanation = Explanation(verdict, evidence: try evidence, by: ensemble)
    try WholeFile.write(
      try JSONText.pretty(explanation), to: "\(folder)/\(ExplanationReport.file)")
    try WholeFile.write(
      Array((explanation.sentences.joined(separator: "\n") + "\n").utf8),
      to: "\(folder)/explanation.txt")
    let gradCAM = try GradCAMSheet(faces: faces, models: ensemble.models).drawn()
    try write(gradCAM, to: "\(folder)/\(ExplanationReport.gradCAMFile)")
    _ = try RunReport(in: folder)
    return explanation
  }

  /// Keeps a drawing; one of an earlier verdict goes where there is none now.
  private func write(_ image: Image?, to path: String) throws {
    guard let image else {
      if FileManager.default.fileExists(atPath: path) { try RunFolder.remove(path) }
      return
    }
    let mark = Mark.synthetic(by: Program.name)
    try WholeFile.write(try image.encoded(as: .png, mark: mark), to: path)
  }

  /// Of each person in turn, what the face shows whose picture was kept.
  private var evidence: [Evidence] {
    get throws {
      let people = Set(verdict.people.map(\.person))
      return try faces.filter { people.contains($0.person + 1) }.compactMap { face in
        try Evidence(face, ensemble.models, real: ensemble.results?.sharpness)
      }.sorted { $0.person < $1.person }
    }
  }
}
