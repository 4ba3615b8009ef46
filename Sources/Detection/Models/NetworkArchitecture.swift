public import Engine
import Faces

/// A network that tells fake faces from real ones: its layers, what it is shown, how it is trained.
///
/// Each stands beside its layers in `Networks`.
public struct NetworkArchitecture: RawRepresentable, CaseIterable, Codable, Sendable {
  /// The detector kind of the network.
  public let kind: DetectorKind
  /// What it is and whose idea it was, in one sentence.
  public let summary: String
  /// What it looks at.
  public let group: DetectorGroup
  /// The default preprocessing.
  public let input: DetectorInput
  /// Consecutive frames that it looks at together; 1 for one that looks at each by itself.
  public let frames: Int
  /// The supported input sides: those for which the downsampling leaves at least one pixel.
  ///
  /// Networks that flatten their input are built for one side, and have other weights for another.
  public let sides: ClosedRange<Int>
  /// How its gradients become steps.
  public let method: OptimizerMethod
  /// Its step size before the schedule.
  public let learningRate: Float
  /// How those who publish its weights name its layers; none if it is not published.
  let published: [PublishedNames]
  /// Whether its training has to begin with weights, because it learns too little from random ones.
  public let needsWeights: Bool
  /// What its own layers tell of as many frames as it looks at, beside Grad-CAM; nil for one that shows
  /// no more.
  let evidence: (@Sendable (DetectorNetwork, DetectorInput, [FaceClip.Frame]) -> any ClipEvidence)?
  /// Makes the layers for pictures, or clips, of a side.
  private(set) var tree: @Sendable (_ side: Int, inout LayerBuilder) -> any Layer
  /// The shape of its layers, where it is not the published one.
  public private(set) var shape: NetworkShape?
  /// The published shape; nil for a network of one shape alone.
  public let usualShape: NetworkShape?
  /// Makes the layers of another shape.
  private let shapedTree: (@Sendable (NetworkShape, inout LayerBuilder) -> any Layer)?

  /// All of them, in the order in which they are listed.
  public static let allCases: [NetworkArchitecture] = [
    .shallow, .cnn, .cnnBN, .c5, .meso4, .mesoinception4, .resnet18, .resnet50, .efficientnetLite0,
    .efficientnetB0, .efficientnetB4, .xception, .spsl, .capsule, .f3net, .srm, .clipVision,
    .resnext50LSTM, .resnext50LSTMLast, .densenet121GRU, .i3d, .flow,
  ]

  init(
    _ kind: DetectorKind, summary: String, group: DetectorGroup? = nil, input: DetectorInput,
    frames: Int = 1, sides: ClosedRange<Int>, weightDecay: Double, learningRate: Float,
    published: [PublishedNames] = [],
    needsWeights: Bool = false,
    evidence: (@Sendable (DetectorNetwork, DetectorInput, [FaceClip.Frame]) -> any ClipEvidence)? =
      nil,
    tree: @escaping @Sendable (_ side: Int, inout LayerBuilder) -> any Layer
  ) {
    precondition(frames > 0, "\(kind.rawValue) of \(frames) frames")
    (self.kind, self.summary, self.input) = (kind, summary, input)
    (self.frames, self.sides) = (frames, sides)
    self.group = group ?? (frames > 1 ? .video : .frame)
    method = .adamW(weightDecay: weightDecay)
    (self.learningRate, self.published, self.tree) = (learningRate, published, tree)
    (self.needsWeights, self.evidence) = (needsWeights, evidence)
    (usualShape, shapedTree) = (nil, nil)
  }

  /// A network whose layers may have other shapes than the published one.
  ///
  /// - Parameter tree: makes the layers of a shape, for pictures of any side.
  init(
    _ kind: DetectorKind, summary: String, input: DetectorInput, sides: ClosedRange<Int>,
    weightDecay: Double, learningRate: Float, shape: NetworkShape,
    tree: @escaping @Sendable (NetworkShape, inout LayerBuilder) -> any Layer
  ) {
    (self.kind, self.summary, self.input, self.sides) = (kind, summary, input, sides)
    (frames, group, published, needsWeights, evidence) = (1, .frame, [], false, nil)
    (method, self.learningRate) = (.adamW(weightDecay: weightDecay), learningRate)
    (usualShape, shapedTree) = (shape, tree)
    self.tree = { tree(shape, &$1) }
  }

  /// The network with layers of a shape; nil for one that has the published one alone.
  public func shaped(_ shape: NetworkShape?) -> NetworkArchitecture? {
    guard let shape else { return self }
    guard let shapedTree, let usualShape, shape.filters.count == usualShape.filters.count else {
      return nil
    }
    var other = self
    other.shape = shape == usualShape ? nil : shape
    other.tree = { shapedTree(shape, &$1) }
    return other
  }
}

extension NetworkArchitecture: Equatable {
  /// Two networks of a name and a shape are the same.
  public static func == (first: NetworkArchitecture, second: NetworkArchitecture) -> Bool {
    first.kind == second.kind && first.shape == second.shape
  }
}

extension NetworkArchitecture: CustomStringConvertible {
  public var description: String { rawValue }

  /// The name that commands and files use: that of its kind.
  public var rawValue: String { kind.rawValue }

  /// The network of a name; nil for none.
  public init?(rawValue: String) {
    guard let found = NetworkArchitecture.allCases.first(where: { $0.rawValue == rawValue })
    else { return nil }
    self = found
  }
}

/// The preprocessing of a 256×256 crop; stored in the checkpoint and used for inference.
public struct DetectorInput: Codable, Equatable, Sendable {
  /// The side of the detector's input, in pixels.
  public var side: Int
  /// The central share of the picture's side that is cropped before resizing, 0…1.
  public var share: Double
  /// The value subtracted from each of red, green and blue, 0…1.
  public var mean: [Float]
  /// The divisor of each after that.
  public var deviation: [Float]

  /// The given values.
  public init(
    side: Int, share: Double = 1, mean: [Float] = [0, 0, 0], deviation: [Float] = [1, 1, 1]
  ) {
    (self.side, self.share, self.mean, self.deviation) = (side, share, mean, deviation)
  }

  /// Values −1…1.
  static func halves(side: Int, share: Double = 1) -> DetectorInput {
    DetectorInput(
      side: side, share: share, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
  }

  /// 128×128 of the middle 160 pixels, normalized as ImageNet, on which published weights were
  /// trained.
  static let imageNet = DetectorInput(
    side: 128, share: 0.625, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
}
