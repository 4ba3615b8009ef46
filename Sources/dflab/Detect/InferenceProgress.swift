import Detection
import Foundation
import Workflows

/// Tells what was said of each file: a few lines, or one JSON object a file.
final class InferenceProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var throughput = Throughput(before: 0)
  private var scored = 0
  /// Files in which a face was judged, and those of them that are called fake.
  private(set) var judged = 0
  private(set) var fakes = 0

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows how far a file is looked at.
  func advance(_ file: String, _ faces: Int) {
    guard !isQuiet, terminal.isLive else { return }
    let rate = throughput.rate(scored + faces).map { "  \(decimals($0, 0)) faces/s" } ?? ""
    terminal.update("\(file)  \(faces) faces\(rate)")
  }

  /// Shows what is said of a file.
  func show(_ judgment: FileVerdict, _ reasons: Explanation?, _ folder: String?) throws {
    let faces = judgment.people.reduce(0) { $0 + $1.faces }
    scored += faces
    judged += faces > 0 ? 1 : 0
    fakes += judgment.verdict == .fake ? 1 : 0
    if isJSON {
      if let reasons { return try terminal.print(json: reasons) }
      return try terminal.print(json: JudgedFile(judgment))
    }
    for note in judgment.notes { terminal.warn(note) }
    if let failure = judgment.failure { return terminal.warn(failure) }
    terminal.print(text(judgment))
    for sentence in reasons?.sentences ?? [] { terminal.print("  - \(sentence)") }
    if let folder { terminal.print("  folder   \(folder)") }
  }

  func end() throws {
    guard !isQuiet, scored > 1, let rate = throughput.rate(scored) else { return }
    terminal.print("\(scored) faces scored, \(decimals(rate, 0)) faces/s")
  }

  private func text(_ judgment: FileVerdict) -> String {
    if judgment.verdict == .notApplicable {
      return "\(judgment.file): not applicable; no face was scored"
    }
    guard !judgment.people.isEmpty else {
      return "\(judgment.file): no face found in \(judgment.frames) "
        + (judgment.frames == 1 ? "picture" : "frames") + "; nothing was judged"
    }
    var lines = ["\(judgment.file): \(judgment.verdict.rawValue)"]
    for person in judgment.people {
      let who = judgment.people.count > 1 ? "identity \(person.person): " : ""
      lines.append("  \(who)\(person.text)")
      if let interval = person.interval {
        lines.append(
          "    mean of \(person.faces) frames, 95 % interval \(decimals(interval.low, 2)) to "
            + "\(decimals(interval.high, 2)); \(Int((person.shareOverThreshold * 100).rounded())) % "
            + "of frames at or above the threshold")
      }
      for part in person.detectors {
        lines.append("    \(part.model.padding(to: 32))\(part.text)")
      }
    }
    if judgment.framesWithoutFace > 0 {
      lines.append("  no face in \(judgment.framesWithoutFace) of \(judgment.frames) frames")
    }
    return lines.joined(separator: "\n")
  }
}

/// A judgment with its verdict, as JSON.
private struct JudgedFile: Encodable {
  let verdict: FileVerdict.Verdict
  let judgment: FileVerdict

  init(_ judgment: FileVerdict) {
    (verdict, self.judgment) = (judgment.verdict, judgment)
  }
}
