import Engine

/// What of a network and its training differs from the best known settings; nil for what does not.
public struct DetectorTuning: Codable, Equatable, Sendable {
  /// The optimizer.
  public var optimizer: Method?
  /// The weight decay: decoupled in AdamW, added to the gradient in Adam and SGD, as in PyTorch.
  public var weightDecay: Double?
  /// The momentum of SGD; nil for 0.9.
  public var momentum: Double?
  /// Label smoothing, 0…1.
  public var labelSmoothing: Double?
  /// The α of mixup; 0 for none.
  public var mixup: Double?
  /// The weight of the localization loss; 0 for none.
  public var placeWeight: Double?
  /// The decay of the averaged weights; 0 for none.
  public var averageDecay: Double?
  /// The probability of a horizontal flip, 0…1.
  public var mirroring: Double?
  /// The maximum shift along each axis, relative to the view's side.
  public var shift: Double?
  /// The maximum change of the view's side, relative to it.
  public var scale: Double?
  /// A factor on the probabilities of degradations.
  public var degradation: Double?
  /// The filters of each convolution of a network that may have other shapes.
  public var filters: [Int]?
  /// The side of its kernels.
  public var kernel: Int?
  /// Its dropout before the last layer; for other networks, dropout cannot be set.
  public var dropout: Double?
  /// What follows its convolutions.
  public var activation: NetworkShape.Activation?

  /// An update rule.
  public enum Method: String, CaseIterable, Codable, Sendable {
    case sgd, adam, adamw
  }

  /// Nothing differs.
  public init() {}

  /// A network with the tuned shape; as it is if it has one shape alone, or the shape is impossible.
  public func applied(to architecture: NetworkArchitecture) -> NetworkArchitecture {
    guard var shape = architecture.usualShape else { return architecture }
    shape.filters = filters ?? shape.filters
    shape.kernel = kernel ?? shape.kernel
    shape.dropout = dropout.map(Float.init) ?? shape.dropout
    shape.activation = activation ?? shape.activation
    return shape.isPossible ? architecture.shaped(shape) ?? architecture : architecture
  }

  /// Changes the settings of a network's training.
  func apply(to settings: inout DetectorSettings) {
    let usualDecay: Double =
      if case .adamW(_, _, _, let decay) = settings.method { decay } else { 0 }
    let decay = weightDecay ?? usualDecay
    switch optimizer ?? .adamw {
    case .sgd: settings.method = .sgd(momentum: momentum ?? 0.9)
    case .adam: settings.method = .adam()
    case .adamw: settings.method = .adamW(weightDecay: decay)
    }
    if let optimizer, optimizer != .adamw, decay > 0 { settings.penalty = Float(decay) }
    settings.labelSmoothing = labelSmoothing.map(Float.init) ?? settings.labelSmoothing
    settings.mixup = mixup ?? settings.mixup
    settings.placeWeight = placeWeight.map(Float.init) ?? settings.placeWeight
    settings.averageDecay = averageDecay ?? settings.averageDecay
    settings.shifts.mirroring = mirroring ?? settings.shifts.mirroring
    settings.shifts.shift = shift ?? settings.shifts.shift
    settings.shifts.scale = scale ?? settings.shifts.scale
    settings.degradation = degradation ?? settings.degradation
  }
}
