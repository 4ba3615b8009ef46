import Detection
import Workflows

/// The result of `dflab detect --retrain`: each detector on the test split.
struct DetectSummary {
  let text: String

  init(_ results: DetectResults) {
    var lines = results.detectors.first?.frames.warning.map { [$0] } ?? []
    if let frames = results.detectors.first?.frames {
      lines.append("Test split: \(frames.balance.count) samples \(frames.origin)")
    }
    lines.append("Per sample, with 95 % intervals (bootstrap over clips):")
    for detector in results.detectors {
      let metrics = detector.frames.metrics
      lines.append(
        "  \(detector.name.padding(to: 18))balanced accuracy \(metrics[.balancedAccuracy]?.text ?? "–")"
          + "  ROC AUC \(metrics[.rocAUC]?.text ?? "–")")
    }
    let leaks = results.audit.leaks.map(\.name)
    lines.append(
      leaks.isEmpty
        ? "  Shortcut baselines: all within 0.03 of chance."
        : "  Shortcut baselines: LEAK in \(leaks.joined(separator: ", ")); see the report.")
    text = lines.joined(separator: "\n")
  }
}
