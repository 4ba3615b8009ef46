import Faces
import Foundation
import Workflows

/// Prints the progress of `dflab augment`.
final class AugmentProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var before = 0
  private var throughput = Throughput(before: 0)

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: AugmentEvent) {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .read(let faces, let clips, let people, let sets, let models):
      log(
        (clips.map { "Clips       \($0) with \(faces) frames of" } ?? "Faces       \(faces) of")
          + " \(people == 1 ? "1 identity" : "\(people) identities"), from \(shortened(sets))"
      )
      log("Models      \(models.isEmpty ? "none" : shortened(models))")
    case .divided(let people):
      let counts = Split.allCases.compactMap { split in
        people[split].map { "\($0) in \(split.rawValue)" }
      }
      log("Identities  \(counts.joined(separator: ", "))")
    case .started(let folder, let done, let count):
      (before, throughput) = (done, Throughput(before: done))
      let what = done == 0 ? "" : done == count ? "; already complete" : "; resuming at \(done)"
      log("Creating \(count) samples in \(folder)\(what)")
    case .made(let done, let count): update(done, count)
    case .auditing: if !isQuiet { terminal.update("running shortcut baselines") }
    }
  }

  /// Prints the result.
  func end(_ outcome: AugmentOutcome) throws {
    if let audit = outcome.audit, !audit.leaks.isEmpty {
      terminal.warn(AuditTable.warning(audit))
    }
    guard !isJSON else { return try terminal.print(json: outcome) }
    if let shard = outcome.shard {
      log("\(outcome.made - before) samples created")
      return terminal.print(finished(shard, in: outcome.folder))
    }
    guard let sheet = outcome.sheet else {
      terminal.print(
        "Interrupted at \(outcome.made) of \(outcome.pictures) samples. Rerun the command to resume."
      )
      return
    }
    let rate = outcome.picturesPerSecond.map { ", \(decimals($0, 0)) samples/s" } ?? ""
    log("\(outcome.made - before) samples created\(rate)")
    if let audit = outcome.audit { terminal.print(AuditTable.text(audit)) }
    terminal.print("dataset   \(outcome.folder)")
    terminal.print("sheet     \(sheet)")
    terminal.print("report    \(outcome.folder)/report.html")
  }

  private func shortened(_ names: [String]) -> String {
    names.count > 4
      ? "\(names[0]), \(names[1]), ... \(names[names.count - 1]) (\(names.count))"
      : names.joined(separator: ", ")
  }

  /// Prints a line unless output is quiet.
  private func log(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func update(_ done: Int, _ count: Int) {
    guard !isQuiet, terminal.isLive, let rate = throughput.rate(done) else { return }
    let parts = [
      progressBar(Double(done) / Double(count)), "\(done) of \(count)",
      "\(decimals(rate, 0)) samples/s",
      "\(time(Double(count - done) / rate)) left",
    ]
    terminal.update(parts.joined(separator: "  "))
  }
}

/// The shortcut baselines of a dataset, as text.
enum AuditTable {
  /// One line per baseline.
  static func text(_ audit: AuditReport) -> String {
    if let reason = audit.reason { return "audit     skipped: \(reason)" }
    let lines = audit.baselines.map { baseline in
      let interval =
        baseline.low.flatMap { low in
          baseline.high.map { " (95 % CI \(decimals(low, 3)) to \(decimals($0, 3)))" }
        } ?? ""
      let gap = String(repeating: " ", count: max(0, 14 - baseline.name.count))
      return "  \(baseline.name)\(gap)  \(decimals(baseline.auc, 3))\(interval)"
        + (baseline.isAtChance ? "" : "  LEAK")
    }
    let head =
      "audit     ROC AUC of shortcut baselines on \(audit.samples) samples (chance: 0.5)"
    return ([head] + lines).joined(separator: "\n")
  }

  /// A warning about shortcuts that reveal the label.
  static func warning(_ audit: AuditReport) -> String {
    let names = audit.leaks.map { "\($0.name) (ROC AUC \(decimals($0.auc, 3)))" }
    return "WARNING: the labels can be predicted without the face, from "
      + "\(names.joined(separator: ", ")). Detectors may learn these shortcuts instead of the "
      + "forgeries; do not rely on metrics measured on this dataset."
  }
}
