extension ParameterDistribution: Codable {
  private enum Name: String, Codable {
    case float = "FloatDistribution"
    case int = "IntDistribution"
    case categorical = "CategoricalDistribution"
  }

  private enum Keys: String, CodingKey { case name, attributes }
  private enum Attributes: String, CodingKey { case low, high, step, log, choices }

  /// Reads `{"name": "FloatDistribution", "attributes": {"low": 0, "high": 1, "step": null, "log":
  /// false}}`, as Optuna's storages hold it.
  public init(from decoder: any Decoder) throws {
    let whole = try decoder.container(keyedBy: Keys.self)
    let attributes = try whole.nestedContainer(keyedBy: Attributes.self, forKey: .attributes)
    switch try whole.decode(Name.self, forKey: .name) {
    case .float:
      self = .float(
        low: try attributes.decode(Double.self, forKey: .low),
        high: try attributes.decode(Double.self, forKey: .high),
        step: try attributes.decodeIfPresent(Double.self, forKey: .step),
        isLog: try attributes.decodeIfPresent(Bool.self, forKey: .log) ?? false)
    case .int:
      self = .int(
        low: try attributes.decode(Int.self, forKey: .low),
        high: try attributes.decode(Int.self, forKey: .high),
        step: try attributes.decodeIfPresent(Int.self, forKey: .step) ?? 1,
        isLog: try attributes.decodeIfPresent(Bool.self, forKey: .log) ?? false)
    case .categorical:
      self = .categorical(try attributes.decode([SearchValue].self, forKey: .choices))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var whole = encoder.container(keyedBy: Keys.self)
    var attributes = whole.nestedContainer(keyedBy: Attributes.self, forKey: .attributes)
    switch self {
    case .float(let low, let high, let step, let isLog):
      try whole.encode(Name.float, forKey: .name)
      try attributes.encode(low, forKey: .low)
      try attributes.encode(high, forKey: .high)
      // Optuna expects the key.
      try attributes.encode(step, forKey: .step)
      try attributes.encode(isLog, forKey: .log)
    case .int(let low, let high, let step, let isLog):
      try whole.encode(Name.int, forKey: .name)
      try attributes.encode(low, forKey: .low)
      try attributes.encode(high, forKey: .high)
      try attributes.encode(step, forKey: .step)
      try attributes.encode(isLog, forKey: .log)
    case .categorical(let choices):
      try whole.encode(Name.categorical, forKey: .name)
      try attributes.encode(choices, forKey: .choices)
    }
  }
}
