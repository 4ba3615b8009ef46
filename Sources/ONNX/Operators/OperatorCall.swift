/// What an operator is given: inputs and attributes.
struct OperatorCall {
  let node: Node
  /// The version of ONNX's operators that the graph is written in.
  let opset: Int
  /// The inputs; nil where an optional one is left out.
  let inputs: [Value?]

  /// The input of this number.
  func input(_ index: Int) throws(OperatorFault) -> Value {
    guard let value = optional(index) else { throw OperatorFault("input \(index) is missing") }
    return value
  }

  /// The input of this number, if there is one.
  func optional(_ index: Int) -> Value? { index < inputs.count ? inputs[index] : nil }

  /// All inputs, none of which may be left out.
  func allInputs() throws(OperatorFault) -> [Value] {
    try inputs.indices.throwingMap { index throws(OperatorFault) in try input(index) }
  }

  func integer(_ name: String, default fallback: Int) throws(OperatorFault) -> Int {
    switch node.attributes[name] {
    case .integer(let value)?: value
    case nil: fallback
    default: throw OperatorFault("the attribute '\(name)' is no integer")
    }
  }

  /// Whether an integer is other than 0.
  func flag(_ name: String, default fallback: Bool = false) throws(OperatorFault) -> Bool {
    try integer(name, default: fallback ? 1 : 0) != 0
  }

  func real(_ name: String, default fallback: Double) throws(OperatorFault) -> Double {
    switch node.attributes[name] {
    case .real(let value)?: value
    case nil: fallback
    default: throw OperatorFault("the attribute '\(name)' is no number")
    }
  }

  func text(_ name: String, default fallback: String) throws(OperatorFault) -> String {
    switch node.attributes[name] {
    case .text(let value)?: value
    case nil: fallback
    default: throw OperatorFault("the attribute '\(name)' is no text")
    }
  }

  /// A text that must be one of some.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default fallback: Choice
  ) throws(OperatorFault) -> Choice {
    let text = try text(name, default: fallback.rawValue)
    guard let choice = Choice(rawValue: text) else {
      throw OperatorFault(unsupported: "the \(name) '\(text)' of \(node.operation)")
    }
    return choice
  }

  func integers(_ name: String) throws(OperatorFault) -> [Int]? {
    switch node.attributes[name] {
    case .integers(let values)?: values
    case nil: nil
    default: throw OperatorFault("the attribute '\(name)' is no list of integers")
    }
  }

  func reals(_ name: String) throws(OperatorFault) -> [Double]? {
    switch node.attributes[name] {
    case .reals(let values)?: values
    case nil: nil
    default: throw OperatorFault("the attribute '\(name)' is no list of numbers")
    }
  }

  /// Integers that older opsets give as an attribute, newer ones as an input.
  func integers(_ name: String, orInput index: Int) throws(OperatorFault) -> [Int]? {
    if let values = try integers(name) { return values }
    return try optional(index)?.indices()
  }
}

/// The number of an axis that may be counted from the end.
func axis(_ axis: Int, rank: Int) throws(OperatorFault) -> Int {
  let place = axis < 0 ? axis + rank : axis
  guard place >= 0, place < rank else {
    throw OperatorFault("there is no axis \(axis) among \(rank)")
  }
  return place
}

/// The numbers of different axes that may be counted from the end.
func axes(_ numbers: [Int], rank: Int) throws(OperatorFault) -> [Int] {
  let places = try numbers.throwingMap { number throws(OperatorFault) in
    try axis(number, rank: rank)
  }
  guard Set(places).count == places.count else {
    throw OperatorFault("an axis occurs twice in \(numbers)")
  }
  return places
}
