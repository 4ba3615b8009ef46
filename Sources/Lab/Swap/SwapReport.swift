import Engine
import Foundation
import Generation

/// `report.md`: what was trained, how good it is with which certainty, and how to repeat it.
struct SwapReport {
  let folder: RunFolder
  let record: SwapRecord
  let best: SwapBest
  /// Steps of the whole training.
  let iterations: Int
  /// The figures of each held-out picture.
  let figures: SwapReportFigures

  func write() throws {
    try WholeFile.write(Array(text.utf8), to: folder.report)
  }

  /// The report in Markdown.
  var text: String {
    ([
      "# \(folder.name)", "", trained, "", "## Reconstruction of held-out faces", "",
      figures.reconstruction, "", SwapReport.reconstruction,
    ] + truth + ["", "## Again", "", "```", command, "```", "", again, ""])
    .joined(separator: "\n")
  }

  private var trained: String {
    let settings = record.settings
    return """
      The swap model `\(settings.architecture.rawValue)`, trained by dflab \(record.version) for \(iterations) steps of \
      2×\(settings.batch) faces, seed \(settings.seed), \
      \(settings.precision.rawValue); the weights are those of step \(best.iteration), the best \
      by the held-out reconstruction.

      | | folder | pictures | fingerprint |
      | --- | --- | --- | --- |
      | A | `\(record.a.folder)` | \(record.a.pictures) | `\(record.a.fingerprint)` |
      | B | `\(record.b.folder)` | \(record.b.pictures) | `\(record.b.fingerprint)` |

      The last \(SwapReport.percent(settings.holdout)) of each folder in name order were never \
      trained on. All figures are of these, but they also chose the weights: they are validation \
      figures, and somewhat too good for that.
      """
  }

  private static let reconstruction = """
    Means per picture with 95 % intervals (bootstrap over clips, or over ten stretches where there \
    are fewer than eight clips). Structural similarity and signal to noise as scikit-image \
    computes them, on the 64×64 crop.
    """

  private var truth: [String] {
    guard let table = figures.truth else { return [] }
    return ["", "## Swaps against the true swap", "", table, "", SwapReport.howMeasured]
  }

  private static let howMeasured = """
    The true swap of a picture is its scene rendered anew with the other person in it: the same \
    expression, pose, light, camera and background. Compared are the 64×64 face that the model \
    makes, before it is blended into the picture, and the rendered one without noise and JPEG, \
    inside the face's mask alone.

    - **SSIM, PSNR**: structural similarity (windows cut by the mask) and signal to noise.
    - **gradients**: mean difference of the gradients over four sizes (64 to 8 pixels), in levels of \
    255 from pixel to pixel; 0 is perfect.
    - **landmarks**: distance of brows, nose, eyes and mouth from the truth's, both found by the same \
    predictor at the same size, in percent of the distance of the eyes' outer corners: \
    expression, pose and features. *Predictor alone* is how far the predictor is from the exact \
    landmarks on the truth itself.
    - **identity**: 0 is the person that was swapped, 1 the one it should be. Features are histograms \
    of oriented gradients; the swap is projected on the line from the source, rendered in the same \
    scene, to the truth. *To target* and *to source* are the distances from both, in units \
    of the distance between them.

    Limits: a renderer is no camera, and these people vary less than people do. Colour has no say in \
    identity; hair, glasses and the outline of the head have little, for they lie outside the mask. \
    The figures compare models and settings on these faces; they say nothing about real people.
    """

  private var command: String {
    let settings = record.settings
    var words = [
      "dflab swap", "--a \(SwapReport.quoted(record.a.folder))",
      "--b \(SwapReport.quoted(record.b.folder))", "--name NEW",
      "--model \(settings.architecture.rawValue)", "--batch \(settings.batch)",
      "--seed \(settings.seed)", "--precision \(settings.precision.rawValue)",
      "--learning-rate \(settings.learningRate)", "--holdout \(settings.holdout)",
      "--evaluate-every \(record.habits.evaluateEvery)", "--threads \(record.threads)",
    ]
    if let minutes = record.budget.seconds.map({ $0 / 60 }) { words.append("--minutes \(minutes)") }
    if let steps = record.budget.iterations { words.append("--iterations \(steps)") }
    return words.joined(separator: " ")
  }

  private var again: String {
    record.budget.seconds == nil
      ? "On the same machine with the same version this gives the same weights, to the bit."
      : "Minutes tie the learning rate to the clock: the weights will be alike, not the same. "
        + "With `--iterations` instead they are the same to the bit, on the same machine."
  }

  static func percent(_ share: Double) -> String {
    "\(LogLine.rounded(share * 100, 1) ?? 0) %"
  }

  /// A path as a shell takes it.
  static func quoted(_ path: String) -> String {
    let isPlain = path.allSatisfy { $0.isLetter || $0.isNumber || "/-_.".contains($0) }
    return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
  }
}
