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
    // The reasons of an earlier verdict are not those of this one.
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasPrefix(Evidence.Figure.prefix) && name.hasSuffix(Evidence.Figure.suffix) {
      try RunFolder.remove("\(folder)/\(name)")
    }
    guard isExplained else {
      for name in [ExplanationReport.file, "explanation.txt", ExplanationReport.gradCAMFile]
        + ReportPage.files
      where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
        try RunFolder.remove("\(folder)/\(name)")
      }
      return nil
    }
    let explanation = Explanation(verdict, evidence: try evidence(drawnIn: folder), by: ensemble)
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
    let mark = try Mark.synthetic(at: path)
    try WholeFile.write(try image.encoded(as: .png, mark: mark), to: path)
  }

  /// Of each person in turn, what the face shows whose picture was kept, and what was measured on
  /// clips, whose pictures are drawn.
  private func evidence(drawnIn folder: String) throws -> [Evidence] {
    let people = verdict.people.map(\.person)
    return try people.sorted().compactMap { person -> Evidence? in
      let own = faces.filter { $0.person + 1 == person }
      guard let face = own.first(where: { $0.clip != nil }) else { return nil }
      let found = try Evidence.found(in: own, by: ensemble.models)
      for case (let model, .clip(let evidence)) in found {
        let file = Evidence.Figure.file(model: model.name, person: person)
        try write(try evidence.drawn(), to: "\(folder)/\(file)")
      }
      return Evidence(
        face, found, of: Explanation.who(person, of: people.count),
        real: ensemble.results?.sharpness)
    }
  }
}
