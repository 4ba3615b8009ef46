import Foundation
import Generation
import Lab

/// The last lines of `dflab swap`: how good it is, and where everything lies.
struct SwapSummary {
  let lines: [String]

  init(_ outcome: SwapOutcome) {
    guard let best = outcome.best else {
      lines = ["Nothing was trained yet in '\(outcome.run)'."]
      return
    }
    lines = [
      "Best held-out faces: \(figures(best.quality)), at iteration \(best.iteration)",
      "  preview  \(outcome.lab)/preview.png",
      "  curves   \(outcome.lab)/curves.png",
      "  swaps    \(outcome.lab)/swaps: \(outcome.swapped) of \(outcome.pictures) pictures",
      "  models   \(outcome.checkpoints): best.safetensors, latest.safetensors",
    ]
  }
}

/// The held-out figures in words.
func figures(_ quality: SwapQuality) -> String {
  "SSIM \(decimals(quality.ssimA, 3)) / \(decimals(quality.ssimB, 3)), "
    + "PSNR \(decimals(quality.psnrA, 1)) / \(decimals(quality.psnrB, 1)) dB (A / B)"
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
