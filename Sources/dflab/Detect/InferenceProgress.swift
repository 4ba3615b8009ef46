import Detection
import Foundation
import Workflows

/// Tells what was said of each file: a few lines, or one JSON object a file.
final class InferenceProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var throughput = Throughput(before: 0)
  private var scored = 0
  /// The verdict on each file that could be read.
  private(set) var verdicts: [FileVerdict.Verdict] = []

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// The exit code after some verdicts; nil for success.
  ///
  /// - Parameter isAsked: whether the code tells the verdicts.
  static func exitCode(of verdicts: [FileVerdict.Verdict], isAsked: Bool) -> Int32? {
    let answers = Set(verdicts)
    guard !answers.isDisjoint(with: [.fake, .real, .undecided]) else { return 3 }
    guard isAsked else { return nil }
    return answers.contains(.fake) ? 2 : answers.contains(.undecided) ? 4 : nil
  }

  /// Prints an event; a verdict is a result.
  func show(_ event: InferenceEvent) throws {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .advanced(let file, let faces): advance(file, faces)
    case .scored(let verdict, let explanation, let folder): try show(verdict, explanation, folder)
    }
  }

  /// Shows how far a file is looked at.
  private func advance(_ file: String, _ faces: Int) {
    guard !isQuiet, terminal.isLive else { return }
    let rate = throughput.rate(scored + faces).map { "  \(decimals($0, 0)) faces/s" } ?? ""
    terminal.update("\(file)  \(faces) faces\(rate)")
  }

  /// Shows what is said of a file.
  private func show(_ verdict: FileVerdict, _ reasons: Explanation?, _ folder: String?) throws {
    let faces = verdict.people.reduce(0) { $0 + $1.faces }
    scored += faces
    if verdict.failure == nil { verdicts.append(verdict.verdict) }
    if isJSON {
      if let reasons { return try terminal.print(json: reasons) }
      return try terminal.print(json: verdict)
    }
    for note in verdict.notes { terminal.warn(note) }
    if let failure = verdict.failure { return terminal.warn(failure) }
    terminal.print(verdict.text)
    if let camera = verdict.cameraSentence, reasons == nil { terminal.print("  \(camera)") }
    for sentence in reasons?.sentences ?? [] { terminal.print("  - \(sentence)") }
    if let folder { terminal.print("  folder   \(folder)") }
  }

  /// - Parameter timing: how long the stages took, where that is asked for.
  func end(_ timing: InferenceTiming?) throws {
    if let timing { try show(timing) }
    guard !isQuiet, scored > 1, let rate = throughput.rate(scored) else { return }
    terminal.print("\(scored) faces scored, \(decimals(rate, 0)) faces/s")
  }

  private func show(_ timing: InferenceTiming) throws {
    guard !isJSON else { return try terminal.print(json: ["timing": timing]) }
    for stage in timing.stages {
      terminal.print("  \(stage.name.padding(to: 16))\(decimals(stage.seconds, 2)) s")
    }
    if let total = timing.total {
      terminal.print("  \("total".padding(to: 16))\(decimals(total, 2)) s")
    }
    if let memory = timing.peakMemory {
      terminal.print("  \("peak memory".padding(to: 16))\(memory / 1_000_000) MB")
    }
  }
}
