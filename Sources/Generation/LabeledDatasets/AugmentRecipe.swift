public import Faces

/// The mixture of a labeled dataset: a few lines of JSON over these defaults.
public struct AugmentRecipe: Codable, Equatable, Sendable {
  /// A description.
  public var about = ""
  /// The weight of each method among fakes; 0 omits it.
  public var methods = ForgeryWeights()
  /// The ranges of the methods' random parameters.
  public var strengths = ForgeryStrengths()
  /// The degradations of real samples and fakes.
  public var degradations = DegradationDraw()
  /// How much the forged frames of a clip differ.
  public var jitter = FrameJitter()
  /// Face sets that show the same person as another one, by name.
  public var people: [String: String] = [:]

  /// How often the identities of a face set, or of the face sets of a folder, are drawn compared to
  /// others, which are drawn once.
  public var weights: [String: Int] = [:]

  /// The default mixture.
  public init() {}

  /// How often the identities of a face set are drawn; nil where its name and its folder have no
  /// weight.
  public func weight(ofFaceSet name: String) -> Int? {
    weights[name] ?? name.split(separator: "/").first.flatMap { weights[String($0)] }
  }

  /// True if any method needs a swap model.
  public var needsModels: Bool { methods.methods.contains { $0.needs.contains(.model) } }
}

extension AugmentRecipe {
  /// A value out of range, phrased for the middle of a sentence; nil if there is none.
  public var outOfRange: String? {
    if let fault = methods.fault(at: "methods") { return fault }
    if methods.methods.isEmpty { return "all its methods have the weight 0" }
    if let (set, weight) = weights.sorted(by: { $0.key < $1.key }).first(where: {
      !(1...100).contains($0.value)
    }) {
      return "'weights.\(set)' must be between 1 and 100, not \(weight)"
    }
    return strengths.fault(at: "strengths") ?? degradations.fault ?? jitter.fault(at: "jitter")
  }
}

extension DegradationDraw {
  /// A value out of range, phrased for the middle of a sentence; nil if there is none.
  fileprivate var fault: String? {
    let chances: [(name: String, chance: Chance, range: ClosedRange<Double>)] = [
      ("jpeg", jpeg, 1...100), ("h264", h264, 0...51), ("transcode", transcode, 0.05...1),
      ("motion", motion, 0...16),
      ("resize", resize, 0.05...1), ("blur", blur, 0...10), ("sharpen", sharpen, 0...4),
      ("noise", noise, 0...64), ("color", color, 0...1),
    ]
    for (name, chance, range) in chances {
      let values: [(String, Double, ClosedRange<Double>)] = [
        ("probability", chance.probability, 0.0...1), ("least", chance.least, range),
        ("greatest", chance.greatest, range),
      ]
      for (key, value, range) in values where !range.contains(value) {
        return "'degradations.\(name).\(key)' must be between \(range.lowerBound) and "
          + "\(range.upperBound), not \(value)"
      }
    }
    return nil
  }
}
