import Detection
import Engine
import Records
import Search

/// A setting of a detector's training that can be searched or fixed.
struct SearchParameter: Sendable {
  /// What its values are.
  enum Kind: Sendable {
    case float(ClosedRange<Double>)
    case int(ClosedRange<Int>)
    case word([String])
  }

  /// The name in recipes.
  let name: String
  let kind: Kind
  /// Its default for a network; nil for a setting that the network does not have.
  let usual: @Sendable (NetworkArchitecture) -> SearchValue?
  /// Sets a value of the kind.
  let set: @Sendable (SearchValue, inout TrialSettings) -> Void

  /// The setting of a name; nil for none.
  static func named(_ name: String) -> SearchParameter? { all.first { $0.name == name } }

  /// All of them, in the order of the manual.
  static let all: [SearchParameter] =
    [
      float("learning-rate", 1e-8...10, \.learningRate) {
        .number(Double("\($0.learningRate)") ?? 0)
      },
      SearchParameter(
        name: "optimizer", kind: .word(DetectorTuning.Method.allCases.map(\.rawValue)),
        usual: { _ in .word(DetectorTuning.Method.adamw.rawValue) },
        set: { $1.tuning.optimizer = DetectorTuning.Method(rawValue: $0.text) }),
      SearchParameter(
        name: "batch", kind: .int(2...1024),
        usual: { .whole(DetectorSettings($0).batch) },
        set: { $1.batch = $0.number.map { Int($0) } }),
      tuning("weight-decay", 0...10, \.weightDecay) { weightDecay(of: $0) },
      tuning("momentum", 0...0.999, \.momentum) { _ in 0.9 },
      tuning("label-smoothing", 0...0.5, \.labelSmoothing) { _ in 0.02 },
      tuning("mixup", 0...10, \.mixup) { _ in 0 },
      tuning("localization", 0...100, \.placeWeight) { _ in 2 },
      tuning("average-decay", 0...0.9999, \.averageDecay) { _ in 0.995 },
      tuning("flip", 0...1, \.mirroring) { _ in 0.5 },
      tuning("shift", 0...0.5, \.shift) { _ in 0.04 },
      tuning("scale", 0...0.5, \.scale) { _ in 0.06 },
      tuning("degradation", 0...20, \.degradation) { _ in 1 },
      float("crop-share", 0.2...1, \.cropShare) { .number($0.input.share) },
      SearchParameter(
        name: "kernel", kind: .int(NetworkShape.limits.kernel),
        usual: { $0.usualShape.map { .whole($0.kernel) } },
        set: { $1.tuning.kernel = $0.number.map { Int($0) } }),
      tuning("dropout", 0...0.95, \.dropout) { network in
        network.usualShape.map { Double("\($0.dropout)") ?? 0 }
      },
      SearchParameter(
        name: "activation", kind: .word(NetworkShape.Activation.allCases.map(\.rawValue)),
        usual: { $0.usualShape.map { .word($0.activation.rawValue) } },
        set: { $1.tuning.activation = NetworkShape.Activation(rawValue: $0.text) }),
    ]
    + (0..<3).map { index in
      SearchParameter(
        name: "filters-\(index + 1)", kind: .int(NetworkShape.limits.filters),
        usual: { $0.usualShape.map { .whole($0.filters[index]) } },
        set: { value, settings in
          var filters = settings.tuning.filters ?? settings.usualFilters
          if filters.indices.contains(index), let number = value.number {
            filters[index] = Int(number)
          }
          settings.tuning.filters = filters
        })
    }

  private static func weightDecay(of network: NetworkArchitecture) -> Double {
    if case .adamW(_, _, _, let decay) = network.method { decay } else { 0 }
  }

  private static func float(
    _ name: String, _ range: ClosedRange<Double>,
    _ path: any WritableKeyPath<TrialSettings, Double?> & Sendable,
    _ usual: @escaping @Sendable (NetworkArchitecture) -> SearchValue
  ) -> SearchParameter {
    SearchParameter(
      name: name, kind: .float(range), usual: usual, set: { $1[keyPath: path] = $0.number })
  }

  private static func tuning(
    _ name: String, _ range: ClosedRange<Double>,
    _ path: any WritableKeyPath<DetectorTuning, Double?> & Sendable,
    _ usual: @escaping @Sendable (NetworkArchitecture) -> Double?
  ) -> SearchParameter {
    SearchParameter(
      name: name, kind: .float(range), usual: { usual($0).map { .number($0) } },
      set: { $1.tuning[keyPath: path] = $0.number })
  }

  /// Why a value cannot be set, phrased for the middle of a sentence; nil if it can.
  func fault(of value: SearchValue) -> String? {
    switch kind {
    case .word(let words):
      guard case .word(let word) = value, words.contains(word) else {
        let nearest = words.nearest(to: value.text).map { " (did you mean '\($0)'?)" } ?? ""
        return "'\(name)' must be one of \(words.joined(separator: ", ")), not '\(value)'\(nearest)"
      }
      return nil
    case .int(let range):
      guard let number = value.number, number == number.rounded(),
        Double(range.lowerBound) <= number, number <= Double(range.upperBound)
      else {
        return
          "'\(name)' must be an integer between \(range.lowerBound) and \(range.upperBound), not \(value)"
      }
      return name == "kernel" && Int(number) % 2 == 0 ? "'kernel' must be odd, not \(value)" : nil
    case .float(let range):
      guard let number = value.number, range.contains(number) else {
        return
          "'\(name)' must be between \(range.lowerBound) and \(range.upperBound), not \(value)"
      }
      return nil
    }
  }
}

/// What one trial is trained with.
struct TrialSettings: Equatable, Sendable {
  var batch: Int?
  var learningRate: Double?
  var cropShare: Double?
  var tuning = DetectorTuning()
  /// The filters of the network without any tuning.
  let usualFilters: [Int]

  /// The defaults of a network, changed by some values, by parameter.
  init(_ network: NetworkArchitecture, _ values: [String: SearchValue]) {
    usualFilters = network.usualShape?.filters ?? []
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      SearchParameter.named(name)?.set(value, &self)
    }
  }
}
