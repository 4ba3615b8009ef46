import Foundation
public import Generation

/// One line of `log.jsonl`.
public struct LogLine: Codable, Equatable, Sendable {
  /// How many steps were done.
  public var iteration: Int
  /// Seconds of training so far, over all sessions of the run.
  public var seconds: Double
  /// The training loss of each side, in this step.
  public var lossA, lossB: Double?
  /// The held-out structural similarity of each side's reconstruction, 0…1, mean per face.
  public var ssimA, ssimB: Double?
  /// The held-out peak signal-to-noise ratio of each side's reconstruction, in dB, mean per face.
  public var psnrA, psnrB: Double?
  /// How close the held-out swaps come to the true ones, mean per face; for synthetic people alone.
  public var truth: TrueSwapQuality?
  /// Why training stopped, on the last line of a session.
  public var stopped: StopReason?

  enum CodingKeys: String, CodingKey {
    case iteration, seconds, stopped, truth
    case lossA = "loss_a"
    case lossB = "loss_b"
    case ssimA = "ssim_a"
    case ssimB = "ssim_b"
    case psnrA = "psnr_a"
    case psnrB = "psnr_b"
  }

  /// A line without figures yet.
  public init(iteration: Int, seconds: Double) {
    self.iteration = iteration
    self.seconds = LogLine.rounded(seconds, 3) ?? 0
  }

  /// The same line with the training losses.
  public func with(lossA: Float, lossB: Float) -> LogLine {
    var line = self
    line.lossA = LogLine.rounded(Double(lossA), 6)
    line.lossB = LogLine.rounded(Double(lossB), 6)
    return line
  }

  /// The same line with the held-out figures.
  func with(_ result: SwapBest) -> LogLine {
    var line = self
    let quality = result.quality
    line.ssimA = LogLine.rounded(quality.ssimA, 6)
    line.ssimB = LogLine.rounded(quality.ssimB, 6)
    line.psnrA = LogLine.rounded(quality.psnrA, 4)
    line.psnrB = LogLine.rounded(quality.psnrB, 4)
    line.truth = result.truth?.rounded
    return line
  }

  /// The line as JSON, without a line's end.
  var json: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(self)
    }
  }

  /// `value` with `digits` decimals; nothing where JSON has no word for it.
  static func rounded(_ value: Double, _ digits: Int) -> Double? {
    guard value.isFinite else { return nil }
    let scale = pow(10, Double(digits))
    return (value * scale).rounded() / scale
  }
}
