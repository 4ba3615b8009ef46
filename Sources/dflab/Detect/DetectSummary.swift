import Detection
import Workflows

/// The last lines of a training of detectors: what each got on the test split.
struct DetectSummary {
  let text: String

  init(_ results: DetectResults) {
    var lines = results.detectors.first?.frames.warning.map { [$0] } ?? []
    if let frames = results.detectors.first?.frames {
      lines.append("Test split: \(frames.balance.count) pictures, \(frames.origin)")
    }
    lines.append("Per picture, with 95 % intervals over clips:")
    for detector in results.detectors {
      let figures = detector.frames.figures
      lines.append(
        "  \(detector.name.padding(to: 18))balanced accuracy \(figures[.balancedAccuracy]?.text ?? "–")"
          + "  ROC AUC \(figures[.rocAUC]?.text ?? "–")")
    }
    let open = results.audit.open.map(\.name)
    lines.append(
      open.isEmpty
        ? "  Shortcuts: all within three points of chance."
        : "  Shortcuts OPEN: \(open.joined(separator: ", ")); see the report.")
    text = lines.joined(separator: "\n")
  }
}

extension String {
  /// The text with spaces behind it, at least as wide as asked for.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
