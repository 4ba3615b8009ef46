import Faces
import Foundation
import Workflows

/// Tells what the making of a labeled set does: a bar on a terminal, lines at the ends elsewhere.
final class AugmentProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var before = 0
  private var pace = Throughput(before: 0)

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows one event.
  func show(_ event: AugmentEvent) {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .read(let faces, let people, let sets, let models):
      say(
        "Faces     \(faces) of \(people == 1 ? "1 person" : "\(people) people"), from \(some(sets))"
      )
      say("Models    \(models.isEmpty ? "none" : some(models))")
    case .divided(let people):
      let parts = Split.allCases.compactMap { split in
        people[split].map { "\($0) in \(split.rawValue)" }
      }
      say("People    \(parts.joined(separator: ", "))")
    case .started(let folder, let done, let count):
      (before, pace) = (done, Throughput(before: done))
      let what = done == 0 ? "" : done == count ? "; all are there already" : "; \(done) are there"
      say("Making \(count) pictures in \(folder)\(what)")
    case .made(let done, let count): renew(done, count)
    case .auditing: if !isQuiet { terminal.renew("Trying classifiers that see no face…") }
    }
  }

  /// Shows what came out.
  func end(_ outcome: AugmentOutcome) throws {
    if let audit = outcome.audit, !audit.open.isEmpty {
      terminal.warn(AuditTable.alarm(audit))
    }
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let sheet = outcome.sheet else {
      terminal.print(
        "Interrupted with \(outcome.made) of \(outcome.pictures) pictures; "
          + "the same command goes on.")
      return
    }
    let rate = outcome.picturesPerSecond.map { ", \(decimals($0, 0)) a second" } ?? ""
    say("\(outcome.made - before) pictures made\(rate)")
    if let audit = outcome.audit { terminal.print(AuditTable.text(audit)) }
    terminal.print("set       \(outcome.folder)")
    terminal.print("sheet     \(sheet)")
    terminal.print("report    \(outcome.folder)/report.html")
  }

  private func some(_ names: [String]) -> String {
    names.count > 4
      ? "\(names[0]), \(names[1]) … \(names[names.count - 1]) (\(names.count))"
      : names.joined(separator: ", ")
  }

  private func say(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func renew(_ done: Int, _ count: Int) {
    guard !isQuiet, terminal.isLive, let rate = pace.rate(done) else { return }
    let parts = [
      bar(Double(done) / Double(count)), "\(done) of \(count)", "\(decimals(rate, 0)) pictures/s",
      "\(time(Double(count - done) / rate)) left",
    ]
    terminal.renew(parts.joined(separator: "  "))
  }
}
