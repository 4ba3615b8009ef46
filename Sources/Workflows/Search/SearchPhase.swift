import Records
import Search

/// A phase of a search: some parameters, while the others keep the best values so far.
struct SearchPhase: Codable, Equatable, Sendable {
  /// The name of its Optuna study.
  let name: String
  /// The number of trials.
  let trials: Int
  /// The ranges that are searched, by parameter.
  let parameters: [String: SearchRange]
  /// How earlier parameters are searched again; nil for none.
  let narrowed: Narrowing?

  /// The most important parameters of earlier phases, again, around their best values.
  struct Narrowing: Codable, Equatable, Sendable {
    /// How many parameters.
    let count: Int
    /// The share of each range.
    let share: Double

    private enum CodingKeys: String, CodingKey, CaseIterable { case count, share }

    init(from decoder: any Decoder) throws {
      try refuseUnknownKeys(decoder, CodingKeys.self, at: "phases.narrowed.")
      let values = try decoder.container(keyedBy: CodingKeys.self)
      count = try values.decode(Int.self, forKey: .count)
      share = try values.decode(Double.self, forKey: .share)
    }
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name, trials, parameters, narrowed
  }

  init(from decoder: any Decoder) throws {
    try refuseUnknownKeys(decoder, CodingKeys.self, at: "phases.")
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    trials = try values.decodeIfPresent(Int.self, forKey: .trials) ?? 50
    parameters =
      try values.decodeIfPresent([String: SearchRange].self, forKey: .parameters) ?? [:]
    narrowed = try values.decodeIfPresent(Narrowing.self, forKey: .narrowed)
  }
}

/// The values of a parameter in a recipe: `low` and `high`, with `step` or `log`; or `choices`.
struct SearchRange: Codable, Equatable, Sendable {
  let low, high, step: Double?
  let log: Bool?
  let choices: [SearchValue]?

  private enum CodingKeys: String, CodingKey, CaseIterable { case low, high, step, log, choices }

  init(from decoder: any Decoder) throws {
    let path = decoder.codingPath.last.map { "\($0.stringValue)." } ?? ""
    try refuseUnknownKeys(decoder, CodingKeys.self, at: "phases.parameters.\(path)")
    let values = try decoder.container(keyedBy: CodingKeys.self)
    low = try values.decodeIfPresent(Double.self, forKey: .low)
    high = try values.decodeIfPresent(Double.self, forKey: .high)
    step = try values.decodeIfPresent(Double.self, forKey: .step)
    log = try values.decodeIfPresent(Bool.self, forKey: .log)
    choices = try values.decodeIfPresent([SearchValue].self, forKey: .choices)
  }

  /// The distribution for a parameter.
  func distribution(of parameter: SearchParameter) throws(RecipeFault) -> ParameterDistribution {
    func fault(_ reason: String) -> RecipeFault {
      RecipeFault(reason: "the range of '\(parameter.name)' is impossible: \(reason)")
    }
    let distribution: ParameterDistribution
    if let choices {
      guard low == nil, high == nil, step == nil, log == nil else {
        throw fault("choices exclude low, high, step and log")
      }
      distribution = .categorical(choices)
    } else {
      guard let low, let high else { throw fault("it needs low and high, or choices") }
      switch parameter.kind {
      case .word: throw fault("it needs choices")
      case .float: distribution = .float(low: low, high: high, step: step, isLog: log ?? false)
      case .int:
        guard [low, high, step ?? 1].allSatisfy({ abs($0) < 0x1p53 && $0 == $0.rounded() }) else {
          throw fault("its numbers must be integers")
        }
        distribution = .int(
          low: Int(low), high: Int(high), step: Int(step ?? 1), isLog: log ?? false)
      }
    }
    if let reason = distribution.fault { throw fault(reason) }
    let ends = choices ?? [.number(low ?? 0), .number(high ?? 0)]
    if let reason = ends.lazy.compactMap(parameter.fault).first {
      throw RecipeFault(reason: reason)
    }
    if parameter.name == "kernel", case .int(_, _, let step, _) = distribution, step % 2 == 1,
      !distribution.isSingle
    {
      throw fault("kernels are odd; use step 2, or choices")
    }
    return distribution
  }
}

/// Throws if an object has other keys than some.
private func refuseUnknownKeys<Keys: CodingKey & CaseIterable>(
  _ decoder: any Decoder, _ keys: Keys.Type, at path: String
) throws {
  let known = Keys.allCases.map(\.stringValue)
  let given = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
  if let unknown = given.sorted().first(where: { !known.contains($0) }) {
    throw RecipeFault(unknown: unknown, at: path, among: known)
  }
}

/// Any key of an object.
private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
