public import Engine
public import Faces

/// All that decides what a swap training does; together with the pictures it fixes every weight.
public struct SwapSettings: Codable, Equatable, Sendable {
  /// Which model is trained.
  public var architecture: SwapArchitecture
  /// Faces of each side in a step.
  public var batch: Int
  /// What all chance follows from.
  public var seed: UInt64
  /// How activations are stored.
  public var precision: Precision
  /// The step size of Adam before schedule and plateaus.
  public var learningRate: Float
  /// Adam's decay of the mean gradient.
  public var beta1: Double
  /// The share of the mean absolute error in the loss.
  public var absoluteWeight: Float
  /// The share of the structural dissimilarity in the loss.
  public var structuralWeight: Float
  /// The share of the difference of edges in the loss; nil, as older runs have it, for none.
  public var edgeWeight: Float?
  /// What eyes and mouth weigh in the loss; nil for as much as the rest.
  public var features: FeatureWeights?
  /// How discriminators take part; nil for none.
  public var gan: AdversarialSettings?
  /// How a frozen adversary takes part; nil for none.
  public var adversary: AdversarySettings?
  /// The weights that training begins with; nil for fresh ones.
  public var start: SwapInitialization?
  /// What the mask is drawn to that is learned beside the face; nil for none.
  public var mask: MaskTerms?
  /// The share of a budget, at its end, in which faces are not warped; nil for none.
  ///
  /// Without a budget: from the first cut of the learning rate on.
  public var unwarpedEnd: Double?
  /// How slowly the averaged weights, which are the ones judged and used, follow the trained ones.
  public var averageDecay: Double
  /// How training pictures are disturbed.
  public var warp = WarpSettings()
  /// What "best" is judged by; nil, as older runs have it, is the reconstruction.
  public var selection: ModelSelection?
  /// The share of each folder, at the end in name order, that is never trained on.
  public var holdout: Double

  /// The settings that are best for `architecture` as far as is known.
  public init(_ architecture: SwapArchitecture) {
    self.architecture = architecture
    seed = 1
    precision = .float32
    averageDecay = 0.999
    holdout = 0.15
    switch architecture {
    case .original:
      // The classic recipe of faceswap (release 0.5), with the batch of the present one.
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
  /// What a reconstruction is compared by; nil for shares that have no name.
  public var loss: ReconstructionLoss? { ReconstructionLoss(of: self) }

  /// Takes the shares of a loss.
  public mutating func take(_ loss: ReconstructionLoss) {
    (absoluteWeight, structuralWeight) = loss.shares
  }

  /// Whether the discriminators, if there are any, have their full weight.
  ///
  /// Weights from then on are better than any before: held-out scores like blurred faces, and the
  /// best would often be from before the discriminators.
  public func isSettled(at iteration: Int) -> Bool {
    gan.map { iteration >= 2 * $0.warmUp } ?? true
  }

  /// Whether training has to know where faces, eyes and mouths are.
  var needsMaps: Bool { features != nil || mask != nil }

  /// What the learning rates of a step are multiplied with: within a budget it falls to nothing,
  /// without one it waits for plateaus.
  func factor(progress: Double?, plateau: Plateau) -> Float {
    progress.map { Schedule(.linear).factor(at: $0) } ?? plateau.factor
  }

  /// Whether the faces of a step are warped.
  func isWarped(progress: Double?, plateau: Plateau) -> Bool {
    guard let unwarpedEnd else { return true }
    return progress.map { $0 < 1 - unwarpedEnd } ?? (plateau.factor == 1)
  }
}
