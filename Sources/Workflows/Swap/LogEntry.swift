import Foundation
public import Generation
public import Records

/// The log of a swap run.
public typealias SwapLog = RunLog<LogEntry>

/// A line of `log.jsonl`.
public struct LogEntry: LogLine, Equatable, Sendable {
  /// The training step.
  public var iteration: Int
  /// Training time in seconds, over all sessions of the run.
  public var seconds: Double
  /// The training loss of each side in this step.
  public var lossA, lossB: Double?
  /// The terms of each side's loss by name, before weighting.
  public var lossTermsA, lossTermsB: [String: Double]?
  /// The loss of each side's discriminator.
  public var discriminatorLossA, discriminatorLossB: Double?
  /// Each side's adversarial loss from the discriminator, before weighting.
  public var adversarialLossA, adversarialLossB: Double?
  /// The evasion loss of each decoder's swaps against the frozen detector, before weighting.
  public var evasionLossA, evasionLossB: Double?
  /// The fidelity loss of these swaps, before weighting.
  public var fidelityLossA, fidelityLossB: Double?
  /// How well each discriminator separates real from generated patches: 0 is chance, 1 perfect.
  public var separationA, separationB: Double?
  /// The discriminators that have collapsed, as of this step.
  public var collapsed: [DiscriminatorCollapse]?
  /// The held-out SSIM of each side's reconstruction, 0…1, mean per face.
  public var ssimA, ssimB: Double?
  /// The held-out PSNR of each side's reconstruction, in dB, mean per face.
  public var psnrA, psnrB: Double?
  /// The mean gradient magnitude of each side's held-out reconstruction relative to the real faces.
  public var sharpnessA, sharpnessB: Double?
  /// The held-out swaps against the ground truth, mean per face; for synthetic people alone.
  public var groundTruth: GroundTruthQuality?
  /// The reason for stopping, on the last line of a session.
  public var stopped: StopReason?

  enum CodingKeys: String, CodingKey {
    case iteration, seconds, stopped, collapsed
    case groundTruth = "ground_truth"
    case lossA = "loss_a"
    case lossB = "loss_b"
    case ssimA = "ssim_a"
    case ssimB = "ssim_b"
    case psnrA = "psnr_a"
    case psnrB = "psnr_b"
    case sharpnessA = "sharpness_a"
    case sharpnessB = "sharpness_b"
    case lossTermsA = "loss_terms_a"
    case lossTermsB = "loss_terms_b"
    case discriminatorLossA = "discriminator_loss_a"
    case discriminatorLossB = "discriminator_loss_b"
    case adversarialLossA = "adversarial_loss_a"
    case adversarialLossB = "adversarial_loss_b"
    case evasionLossA = "evasion_loss_a"
    case evasionLossB = "evasion_loss_b"
    case fidelityLossA = "fidelity_loss_a"
    case fidelityLossB = "fidelity_loss_b"
    case separationA = "separation_a"
    case separationB = "separation_b"
  }

  /// A line without numbers yet.
  public init(iteration: Int, seconds: Double) {
    self.iteration = iteration
    self.seconds = NumberText.rounded(seconds, 3) ?? 0
  }

  /// The entry with training losses.
  public func with(lossA: Float, lossB: Float) -> LogEntry {
    var line = self
    line.lossA = NumberText.rounded(Double(lossA), 6)
    line.lossB = NumberText.rounded(Double(lossB), 6)
    return line
  }

  /// The same line with all numbers of a step.
  func with(_ step: SwapStep) -> LogEntry {
    var line = with(lossA: step.lossA, lossB: step.lossB)
    func terms(_ side: Side) -> [String: Double]? {
      step.terms[side]?.compactMapValues { NumberText.rounded(Double($0), 6) }
    }
    func adversarialLoss(_ side: Side) -> Double? {
      step.adversarialLoss[side].flatMap { NumberText.rounded(Double($0), 6) }
    }
    (line.lossTermsA, line.lossTermsB) = (terms(.a), terms(.b))
    (line.adversarialLossA, line.adversarialLossB) = (adversarialLoss(.a), adversarialLoss(.b))
    func evasionLoss(_ side: Side) -> Double? {
      step.evasionLosses[side].flatMap { NumberText.rounded(Double($0), 6) }
    }
    func fidelityLoss(_ side: Side) -> Double? {
      step.fidelityLosses[side].flatMap { NumberText.rounded(Double($0), 6) }
    }
    (line.evasionLossA, line.evasionLossB) = (evasionLoss(.a), evasionLoss(.b))
    (line.fidelityLossA, line.fidelityLossB) = (fidelityLoss(.a), fidelityLoss(.b))
    for output in step.outputs {
      let loss = NumberText.rounded(Double(output.loss), 6)
      let separation = NumberText.rounded(output.separation, 4)
      switch output.side {
      case .a: (line.discriminatorLossA, line.separationA) = (loss, separation)
      case .b: (line.discriminatorLossB, line.separationB) = (loss, separation)
      }
    }
    line.collapsed = step.collapses.isEmpty ? nil : step.collapses
    return line
  }

  /// The same line with the held-out metrics.
  func with(_ result: BestCheckpoint) -> LogEntry {
    var line = self
    let quality = result.quality
    line.ssimA = NumberText.rounded(quality.ssimA, 6)
    line.ssimB = NumberText.rounded(quality.ssimB, 6)
    line.psnrA = NumberText.rounded(quality.psnrA, 4)
    line.psnrB = NumberText.rounded(quality.psnrB, 4)
    line.sharpnessA = quality.sharpnessA.flatMap { NumberText.rounded($0, 4) }
    line.sharpnessB = quality.sharpnessB.flatMap { NumberText.rounded($0, 4) }
    line.groundTruth = result.groundTruth?.rounded
    return line
  }
}
