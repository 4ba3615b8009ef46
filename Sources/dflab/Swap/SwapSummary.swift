import Foundation
import Generation
import Records
import Workflows

/// The result of `dflab swap`: metrics and paths.
struct SwapSummary {
  let lines: [String]

  init(_ outcome: SwapOutcome) {
    guard let best = outcome.best else {
      lines = ["Run '\(outcome.run)' has no trained weights yet."]
      return
    }
    let pictures = outcome.swaps
    let truth = best.groundTruth.map { ["Swaps against ground truth: \(text($0))"] } ?? []
    let models =
      outcome.stopped == .pretrained
      ? [] : ["  models   \(outcome.checkpoints): best.safetensors, latest.safetensors"]
    lines =
      ["Best held-out reconstruction: \(text(best.quality)), at iteration \(best.iteration)"]
      + truth + [
        "  report   \(outcome.lab)/report.html",
        "  preview  \(outcome.lab)/preview.png",
        "  curves   \(outcome.lab)/curves.png",
        "  swaps    \(outcome.lab)/swaps: \(pictures.swapped) of \(pictures.pictures) pictures",
      ]
      + (pictures.left.isEmpty
        ? [] : ["           left as they were: \(SwapObstacle.text(pictures.left))"])
      + [text(pictures.fit)].compactMap(\.self).map { "           \($0)" } + models
  }
}

/// Metrics of held-out reconstructions.
func text(_ quality: SwapQuality) -> String {
  "SSIM \(decimals(quality.ssimA, 3)) / \(decimals(quality.ssimB, 3)), "
    + "PSNR \(decimals(quality.psnrA, 1)) / \(decimals(quality.psnrB, 1)) dB"
    + beside("sharpness", quality.sharpnessA, quality.sharpnessB, 2) + " (A / B)"
}

/// Metrics of held-out swaps against the ground truth.
func text(_ truth: GroundTruthQuality) -> String {
  func pair(_ metric: KeyPath<GroundTruthMetrics, Double>, _ digits: Int) -> String {
    "\(decimals(truth.a2b[keyPath: metric], digits)) / "
      + decimals(truth.b2a[keyPath: metric], digits)
  }
  var parts = [
    "SSIM \(pair(\.ssim, 3))", "PSNR \(pair(\.psnr, 1)) dB", "gradients \(pair(\.gradient, 1))",
  ]
  if let a = truth.a2b.landmarks, let b = truth.b2a.landmarks {
    parts.append("landmark NME \(decimals(a, 1)) / \(decimals(b, 1)) %")
  }
  parts.append("identity \(pair(\.identity, 2))")
  return parts.joined(separator: ", ")
    + beside("sharpness", truth.a2b.sharpness, truth.b2a.sharpness, 2) + " (A to B / B to A)"
}

/// How well swapped faces fit into their pictures; nil if none was measured.
func text(_ fit: InsertionFit) -> String? {
  guard let original = fit.original, let swapped = fit.swapped else { return nil }
  func pair(_ measure: KeyPath<InsertionFit.Measure, Double>) -> String {
    "\(decimals(swapped[keyPath: measure], 2)) (originals \(decimals(original[keyPath: measure], 2)))"
  }
  return "sharpness \(pair(\.sharpness)), seam \(pair(\.seam)), relative to the surroundings"
}

/// ", NAME X / Y" if both are known.
private func beside(_ name: String, _ a: Double?, _ b: Double?, _ digits: Int) -> String {
  guard let a, let b else { return "" }
  return ", \(name) \(decimals(a, digits)) / \(decimals(b, digits))"
}
