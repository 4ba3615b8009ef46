import Foundation
import Generation
import Records
import Workflows

/// The last lines of `dflab swap`: how good it is, and where everything lies.
struct SwapSummary {
  let lines: [String]

  init(_ outcome: SwapOutcome) {
    guard let best = outcome.best else {
      lines = ["Nothing was trained yet in '\(outcome.run)'."]
      return
    }
    let truth = best.truth.map { ["Their swaps against the true ones: \(figures($0))"] } ?? []
    let models =
      outcome.stopped == .pretrained
      ? [] : ["  models   \(outcome.checkpoints): best.safetensors, latest.safetensors"]
    lines =
      ["Best held-out faces: \(figures(best.quality)), at iteration \(best.iteration)"] + truth + [
        "  report   \(outcome.lab)/report.html",
        "  preview  \(outcome.lab)/preview.png",
        "  curves   \(outcome.lab)/curves.png",
        "  swaps    \(outcome.lab)/swaps: \(outcome.swapped) of \(outcome.pictures) pictures",
      ] + models
  }
}

/// The held-out figures in words.
func figures(_ quality: SwapQuality) -> String {
  "SSIM \(decimals(quality.ssimA, 3)) / \(decimals(quality.ssimB, 3)), "
    + "PSNR \(decimals(quality.psnrA, 1)) / \(decimals(quality.psnrB, 1)) dB"
    + beside("sharpness", quality.sharpnessA, quality.sharpnessB, 2) + " (A / B)"
}

/// The figures against the true swaps in words.
func figures(_ truth: GroundTruthQuality) -> String {
  func pair(_ figure: KeyPath<GroundTruthMetrics, Double>, _ digits: Int) -> String {
    "\(decimals(truth.a2b[keyPath: figure], digits)) / "
      + decimals(truth.b2a[keyPath: figure], digits)
  }
  var parts = [
    "SSIM \(pair(\.ssim, 3))", "PSNR \(pair(\.psnr, 1)) dB", "gradients \(pair(\.gradient, 1))",
  ]
  if let a = truth.a2b.landmarks, let b = truth.b2a.landmarks {
    parts.append("landmarks \(decimals(a, 1)) / \(decimals(b, 1)) %")
  }
  parts.append("identity \(pair(\.identity, 2))")
  return parts.joined(separator: ", ")
    + beside("sharpness", truth.a2b.sharpness, truth.b2a.sharpness, 2) + " (A to B / B to A)"
}

/// ", NAME X / Y" where both are known.
private func beside(_ name: String, _ a: Double?, _ b: Double?, _ digits: Int) -> String {
  guard let a, let b else { return "" }
  return ", \(name) \(decimals(a, digits)) / \(decimals(b, digits))"
}

/// A number with so many decimals.
func decimals(_ value: Double, _ digits: Int) -> String {
  value.formatted(
    .number.precision(.fractionLength(digits)).grouping(.never)
      .locale(Locale(identifier: "en_US_POSIX")))
}

/// Seconds as 4 s, 3 min 04 s, 2 h 05 min.
func time(_ seconds: Double) -> String {
  let whole = Int(seconds.rounded())
  let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
  if whole < 60 { return "\(whole) s" }
  if whole < 3600 { return "\(whole / 60) min \(pad(whole % 60)) s" }
  return "\(whole / 3600) h \(pad(whole / 60 % 60)) min"
}
