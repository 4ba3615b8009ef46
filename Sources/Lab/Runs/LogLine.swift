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
  /// What the terms of each side's loss say in this step, by name and before their weights.
  public var termsA, termsB: [String: Double]?
  /// The loss of each side's critic.
  public var criticA, criticB: Double?
  /// What each side's made faces cost for not fooling the critic, before its weight.
  public var foolingA, foolingB: Double?
  /// What swaps made by each side's decoder cost for what the frozen adversary makes of them, before
  /// its weight.
  public var adversaryA, adversaryB: Double?
  /// How far these swaps are from those of the weights that training began with, before its weight.
  public var driftA, driftB: Double?
  /// How well each critic tells real from made patches, from 0 (as by chance) to 1.
  public var separationA, separationB: Double?
  /// The critics that have been no rivals for long, as of this step.
  public var collapsed: [CriticCollapse]?
  /// The held-out structural similarity of each side's reconstruction, 0…1, mean per face.
  public var ssimA, ssimB: Double?
  /// The held-out peak signal-to-noise ratio of each side's reconstruction, in dB, mean per face.
  public var psnrA, psnrB: Double?
  /// The mean gradient of each side's held-out reconstruction beside the real faces'; 1 is as sharp.
  public var sharpnessA, sharpnessB: Double?
  /// How close the held-out swaps come to the true ones, mean per face; for synthetic people alone.
  public var truth: TrueSwapQuality?
  /// Why training stopped, on the last line of a session.
  public var stopped: StopReason?

  enum CodingKeys: String, CodingKey {
    case iteration, seconds, stopped, truth, collapsed
    case lossA = "loss_a"
    case lossB = "loss_b"
    case ssimA = "ssim_a"
    case ssimB = "ssim_b"
    case psnrA = "psnr_a"
    case psnrB = "psnr_b"
    case sharpnessA = "sharpness_a"
    case sharpnessB = "sharpness_b"
    case termsA = "terms_a"
    case termsB = "terms_b"
    case criticA = "critic_a"
    case criticB = "critic_b"
    case foolingA = "fooling_a"
    case foolingB = "fooling_b"
    case adversaryA = "adversary_a"
    case adversaryB = "adversary_b"
    case driftA = "drift_a"
    case driftB = "drift_b"
    case separationA = "separation_a"
    case separationB = "separation_b"
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

  /// The same line with all that a step tells.
  func with(_ step: SwapStep) -> LogLine {
    var line = with(lossA: step.lossA, lossB: step.lossB)
    func terms(_ side: Side) -> [String: Double]? {
      step.terms[side]?.compactMapValues { LogLine.rounded(Double($0), 6) }
    }
    func fooling(_ side: Side) -> Double? {
      step.fooling[side].flatMap { LogLine.rounded(Double($0), 6) }
    }
    (line.termsA, line.termsB) = (terms(.a), terms(.b))
    (line.foolingA, line.foolingB) = (fooling(.a), fooling(.b))
    func price(_ side: Side) -> Double? {
      step.prices[side].flatMap { LogLine.rounded(Double($0), 6) }
    }
    func drift(_ side: Side) -> Double? {
      step.drifts[side].flatMap { LogLine.rounded(Double($0), 6) }
    }
    (line.adversaryA, line.adversaryB) = (price(.a), price(.b))
    (line.driftA, line.driftB) = (drift(.a), drift(.b))
    for opinion in step.opinions {
      let loss = LogLine.rounded(Double(opinion.loss), 6)
      let separation = LogLine.rounded(opinion.separation, 4)
      switch opinion.side {
      case .a: (line.criticA, line.separationA) = (loss, separation)
      case .b: (line.criticB, line.separationB) = (loss, separation)
      }
    }
    line.collapsed = step.collapses.isEmpty ? nil : step.collapses
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
    line.sharpnessA = quality.sharpnessA.flatMap { LogLine.rounded($0, 4) }
    line.sharpnessB = quality.sharpnessB.flatMap { LogLine.rounded($0, 4) }
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
