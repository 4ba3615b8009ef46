import Foundation
public import Generation
public import Records

/// The log of a swap run.
public typealias SwapLog = RunLog<LogEntry>

/// One line of `log.jsonl`.
public struct LogEntry: LogLine, Equatable, Sendable {
  /// How many steps were done.
  public var iteration: Int
  /// Seconds of training so far, over all sessions of the run.
  public var seconds: Double
  /// The training loss of each side, in this step.
  public var lossA, lossB: Double?
  /// What the terms of each side's loss say in this step, by name and before their weights.
  public var termsA, termsB: [String: Double]?
  /// The loss of each side's discriminator.
  public var discriminatorA, discriminatorB: Double?
  /// What each side's made faces cost for not fooling the discriminator, before its weight.
  public var adversarialA, adversarialB: Double?
  /// What swaps made by each side's decoder cost for what the frozen adversary makes of them, before
  /// its weight.
  public var adversaryA, adversaryB: Double?
  /// How far these swaps are from those of the weights that training began with, before its weight.
  public var fidelityA, fidelityB: Double?
  /// How well each discriminator tells real from made patches, from 0 (as by chance) to 1.
  public var separationA, separationB: Double?
  /// The discriminators that have been no rivals for long, as of this step.
  public var collapsed: [DiscriminatorCollapse]?
  /// The held-out structural similarity of each side's reconstruction, 0…1, mean per face.
  public var ssimA, ssimB: Double?
  /// The held-out peak signal-to-noise ratio of each side's reconstruction, in dB, mean per face.
  public var psnrA, psnrB: Double?
  /// The mean gradient of each side's held-out reconstruction beside the real faces'; 1 is as sharp.
  public var sharpnessA, sharpnessB: Double?
  /// How close the held-out swaps come to the true ones, mean per face; for synthetic people alone.
  public var truth: GroundTruthQuality?
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
    case discriminatorA = "discriminator_a"
    case discriminatorB = "discriminator_b"
    case adversarialA = "adversarial_a"
    case adversarialB = "adversarial_b"
    case adversaryA = "adversary_a"
    case adversaryB = "adversary_b"
    case fidelityA = "fidelity_a"
    case fidelityB = "fidelity_b"
    case separationA = "separation_a"
    case separationB = "separation_b"
  }

  /// A line without figures yet.
  public init(iteration: Int, seconds: Double) {
    self.iteration = iteration
    self.seconds = NumberText.rounded(seconds, 3) ?? 0
  }

  /// The same line with the training losses.
  public func with(lossA: Float, lossB: Float) -> LogEntry {
    var line = self
    line.lossA = NumberText.rounded(Double(lossA), 6)
    line.lossB = NumberText.rounded(Double(lossB), 6)
    return line
  }

  /// The same line with all that a step tells.
  func with(_ step: SwapStep) -> LogEntry {
    var line = with(lossA: step.lossA, lossB: step.lossB)
    func terms(_ side: Side) -> [String: Double]? {
      step.terms[side]?.compactMapValues { NumberText.rounded(Double($0), 6) }
    }
    func adversarialLoss(_ side: Side) -> Double? {
      step.adversarialLoss[side].flatMap { NumberText.rounded(Double($0), 6) }
    }
    (line.termsA, line.termsB) = (terms(.a), terms(.b))
    (line.adversarialA, line.adversarialB) = (adversarialLoss(.a), adversarialLoss(.b))
    func evasionLoss(_ side: Side) -> Double? {
      step.evasionLosses[side].flatMap { NumberText.rounded(Double($0), 6) }
    }
    func fidelityLoss(_ side: Side) -> Double? {
      step.fidelityLosses[side].flatMap { NumberText.rounded(Double($0), 6) }
    }
    (line.adversaryA, line.adversaryB) = (evasionLoss(.a), evasionLoss(.b))
    (line.fidelityA, line.fidelityB) = (fidelityLoss(.a), fidelityLoss(.b))
    for output in step.outputs {
      let loss = NumberText.rounded(Double(output.loss), 6)
      let separation = NumberText.rounded(output.separation, 4)
      switch output.side {
      case .a: (line.discriminatorA, line.separationA) = (loss, separation)
      case .b: (line.discriminatorB, line.separationB) = (loss, separation)
      }
    }
    line.collapsed = step.collapses.isEmpty ? nil : step.collapses
    return line
  }

  /// The same line with the held-out figures.
  func with(_ result: BestCheckpoint) -> LogEntry {
    var line = self
    let quality = result.quality
    line.ssimA = NumberText.rounded(quality.ssimA, 6)
    line.ssimB = NumberText.rounded(quality.ssimB, 6)
    line.psnrA = NumberText.rounded(quality.psnrA, 4)
    line.psnrB = NumberText.rounded(quality.psnrB, 4)
    line.sharpnessA = quality.sharpnessA.flatMap { NumberText.rounded($0, 4) }
    line.sharpnessB = quality.sharpnessB.flatMap { NumberText.rounded($0, 4) }
    line.truth = result.truth?.rounded
    return line
  }
}
