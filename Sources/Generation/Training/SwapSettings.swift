public import Engine
public import Faces

/// All settings of swap training; together with the pictures they determine every weight.
public struct SwapSettings: Codable, Equatable, Sendable {
  /// The model.
  public var architecture: SwapArchitecture
  /// The side of the faces in pixels; nil, as in older runs, for 64.
  public var size: Int?
  /// Faces of each side in a step.
  public var batch: Int
  /// The random seed.
  public var seed: UInt64
  /// The storage format of activations.
  public var precision: Precision
  /// Adam's learning rate, before schedule and plateaus.
  public var learningRate: Float
  /// Adam's decay rate of the first moment.
  public var beta1: Double
  /// The weight of the mean absolute error in the loss.
  public var absoluteWeight: Float
  /// The weight of the structural dissimilarity in the loss.
  public var structuralWeight: Float
  /// The weight of the edge difference in the loss; nil, as in older runs, for none.
  public var edgeWeight: Float?
  /// The weights of eyes and mouth in the loss; nil for 1.
  public var features: FeatureWeights?
  /// The discriminators' settings; nil for none.
  public var gan: AdversarialSettings?
  /// The frozen adversary's settings; nil for none.
  public var adversary: AdversarySettings?
  /// The initial weights; nil for random ones.
  public var initialization: SwapInitialization?
  /// The loss weights of a learned mask; nil for no mask.
  public var mask: MaskTerms?
  /// The share of a budget, at its end, without warping; nil for none.
  ///
  /// Without a budget: from the first cut of the learning rate on.
  public var unwarpedFraction: Double?
  /// The decay of the averaged weights, which are the ones that are validated and used.
  public var averageDecay: Double
  /// The augmentation of training pictures.
  public var warp = WarpSettings()
  /// The criterion for model selection; nil, as in older runs, is the reconstruction.
  public var selection: ModelSelection?
  /// The share of each folder, at the end in name order, that is held out.
  public var holdout: Double

  /// The best known settings for `architecture`.
  public init(_ architecture: SwapArchitecture) {
    self.architecture = architecture
    seed = 1
    precision = .float32
    averageDecay = 0.999
    holdout = 0.15
    switch architecture {
    case .original:
      // faceswap's classic recipe (release 0.5), with the batch size of the current one.
      (batch, learningRate, beta1) = (16, 5e-5, 0.5)
      (absoluteWeight, structuralWeight) = (1, 0)
    case .fast:
      (batch, learningRate, beta1) = (16, 1e-3, 0.9)
      (absoluteWeight, structuralWeight) = (1, 1)
      warp.plainFraction = 0.2
    }
  }
}

extension SwapSettings {
  /// The reconstruction loss; nil for weights without a name.
  public var loss: ReconstructionLoss? { ReconstructionLoss(of: self) }

  /// Sets the weights of a loss.
  public mutating func take(_ loss: ReconstructionLoss) {
    (absoluteWeight, structuralWeight) = loss.shares
  }

  /// Whether the discriminators, if there are any, have their full weight.
  ///
  /// Only weights from then on can be the best: held-out scores favor blurred faces, so the best
  /// would often be from before the discriminators started.
  public func isSettled(at iteration: Int) -> Bool {
    gan.map { iteration >= 2 * $0.warmup } ?? true
  }

  /// The side of the faces, in pixels.
  public var side: Int { size ?? Crop.side }

  /// Whether training requires face maps.
  var needsMaps: Bool { features != nil || mask != nil }

  /// The factor on the learning rates of a step: with a budget it decays to zero, without one it
  /// follows plateaus.
  func factor(progress: Double?, plateau: Plateau) -> Float {
    progress.map { Schedule(.linear).factor(at: $0) } ?? plateau.factor
  }

  /// Whether the faces of a step are warped.
  func isWarped(progress: Double?, plateau: Plateau) -> Bool {
    guard let unwarpedFraction else { return true }
    return progress.map { $0 < 1 - unwarpedFraction } ?? (plateau.factor == 1)
  }
}

/// The loss of reconstructions.
public enum ReconstructionLoss: String, CaseIterable, Codable, Sendable {
  /// The mean absolute error.
  case mae
  /// The structural dissimilarity.
  case dssim
  /// The sum of both.
  case both = "mae+dssim"

  /// The loss of the given settings; nil for weights other than 0 and 1.
  init?(of settings: SwapSettings) {
    switch (settings.absoluteWeight, settings.structuralWeight) {
    case (1, 0): self = .mae
    case (0, 1): self = .dssim
    case (1, 1): self = .both
    default: return nil
    }
  }

  /// The weights of the two losses.
  var shares: (absolute: Float, structural: Float) {
    (self == .dssim ? 0 : 1, self == .mae ? 0 : 1)
  }
}

/// The weights of the eyes and the mouth in the loss, relative to the rest of the face.
public struct FeatureWeights: Codable, Equatable, Sendable {
  /// The weight of the eyes, where other regions have 1.
  public var eyes: Float
  /// The weight of the mouth.
  public var mouth: Float

  /// Weights of 1 or more.
  public init(eyes: Float = 1, mouth: Float = 1) {
    (self.eyes, self.mouth) = (eyes, mouth)
  }
}

/// The weights of the terms in a learned mask's loss.
public struct MaskTerms: Codable, Equatable, Sendable {
  /// The mean distance from the teacher mask: the hull of the landmarks, or the ellipse.
  public var teacher: Float = 0.5
  /// The error of the picture blended with the mask, generated face over input, against the target.
  public var blend: Float = 0.5
  /// The mean of the mask.
  public var area: Float = 0.02
  /// The total variation of the mask.
  public var variation: Float = 0.02

  /// The best known weights.
  public init() {}
}

/// The training budget: up to the first of the limits, or without limits until the plateau.
public struct SwapBudget: Codable, Equatable, Sendable {
  /// The number of steps over all sessions.
  public var iterations: Int?
  /// The seconds of training over all sessions.
  public var seconds: Double?

  /// Optional limits.
  public init(iterations: Int? = nil, seconds: Double? = nil) {
    self.iterations = iterations
    self.seconds = seconds
  }

  /// True without a limit.
  public var isOpen: Bool { iterations == nil && seconds == nil }

  /// The used share of the budget, 0…1; nil without a limit.
  public func progress(iteration: Int, seconds: Double) -> Double? {
    let shares = [
      iterations.map { Double(iteration) / Double($0) }, self.seconds.map { seconds / $0 },
    ]
    return shares.compactMap { $0 }.max().map { min($0, 1) }
  }
}
