internal import Foundation

/// What a cell of a recurrent layer sees at one step of one sequence.
struct RecurrencePass {
  fileprivate let hidden: Int
  fileprivate let activations: [@Sendable (Double) -> Double]
  fileprivate let weights, biases, peepholes: ArraySlice<Double>
  fileprivate var inputs: [Double] = []

  /// The product of a gate's weights with the step, with its bias.
  func input(_ gate: Int) -> ArraySlice<Double> {
    inputs[gate * hidden..<(gate + 1) * hidden].rebased
  }

  /// The product of a gate's recurrent weights with a state, with its bias.
  func product(_ gate: Int, _ state: [Double]) -> [Double] {
    (0..<hidden).map { row in
      let start = weights.startIndex + (gate * hidden + row) * hidden
      var sum = biases[biases.startIndex + gate * hidden + row]
      for column in 0..<hidden { sum += weights[start + column] * state[column] }
      return sum
    }
  }

  /// The weight of a unit's peephole.
  func peephole(_ gate: Int, _ unit: Int) -> Double {
    peepholes.isEmpty ? 0 : peepholes[peepholes.startIndex + gate * hidden + unit]
  }

  /// One of the layer's activations.
  func activation(_ index: Int) -> @Sendable (Double) -> Double { activations[index] }
}

/// The state of a recurrent layer.
struct RecurrenceState {
  var hidden, cell: [Double]
}

extension ArraySlice {
  /// The same elements, counted from 0.
  fileprivate var rebased: ArraySlice { Array(self)[...] }
}

/// Runs a cell over sequences in one or both directions.
func recurrence(
  _ call: OperatorCall, gates: Int, defaults: [String],
  _ cell: (RecurrencePass, inout RecurrenceState) -> Void
) throws(OperatorFault) -> [Value] {
  enum Direction: String, CaseIterable { case forward, reverse, bidirectional }
  let isBatchFirst = try call.flag("layout")
  let given = try call.input(0)
  let (weight, recurrent) = (try call.input(1), try call.input(2))
  guard given.shape.count == 3, weight.shape.count == 3, recurrent.shape.count == 3 else {
    throw OperatorFault("its inputs and weights have not three dimensions each")
  }
  let x = isBatchFirst ? ShapeOperators.transposed(given, [1, 0, 2]) : given
  let (steps, sequences, inputs) = (x.shape[0], x.shape[1], x.shape[2])
  let hidden = recurrent.shape[2]
  let direction = try call.choice("direction", default: Direction.forward)
  let directions = direction == .bidirectional ? 2 : 1
  func checked(_ index: Int, _ shape: [Int]) throws(OperatorFault) -> [Double]? {
    guard let value = call.optional(index) else { return nil }
    guard value.shape == shape else {
      throw OperatorFault("input \(index) has the shape \(value.shape), not \(shape)")
    }
    return value.doubles
  }
  let rows = gates * hidden
  let own = try checked(1, [directions, rows, inputs]) ?? []
  let over = try checked(2, [directions, rows, hidden]) ?? []
  let bias =
    try checked(3, [directions, 2 * rows])
    ?? [Double](repeating: 0, count: directions * 2 * rows)
  let lengths = try call.optional(4)?.indices() ?? [Int](repeating: steps, count: sequences)
  guard lengths.count == sequences, lengths.allSatisfy({ (0...steps).contains($0) }) else {
    throw OperatorFault("the lengths \(lengths) do not fit \(steps) steps")
  }
  let stateShape =
    isBatchFirst ? [sequences, directions, hidden] : [directions, sequences, hidden]
  func start(_ index: Int) throws(OperatorFault) -> [Double] {
    try checked(index, stateShape)
      ?? [Double](repeating: 0, count: directions * sequences * hidden)
  }
  let starts = (hidden: try start(5), cell: gates == 4 ? try start(6) : [])
  let peepholes = gates == 4 ? try checked(7, [directions, 3 * hidden]) ?? [] : []
  let activations = try recurrentActivations(call, defaults, directions: directions)
  let clip = try call.real("clip", default: .infinity)
  let values = x.doubles

  var outputs = [Double](repeating: 0, count: steps * directions * sequences * hidden)
  var (lastHidden, lastCell) = (starts.hidden, starts.cell)
  for way in 0..<directions {
    let isReversed = direction == .reverse || way == 1
    var pass = RecurrencePass(
      hidden: hidden,
      activations: activations[way].map { function in
        { function(min(max($0, -clip), clip)) }
      },
      weights: over[way * rows * hidden..<(way + 1) * rows * hidden],
      biases: bias[(2 * way + 1) * rows..<(2 * way + 2) * rows],
      peepholes: peepholes.isEmpty ? [] : peepholes[way * 3 * hidden..<(way + 1) * 3 * hidden])
    for sequence in 0..<sequences {
      let place =
        (isBatchFirst ? sequence * directions + way : way * sequences + sequence) * hidden
      var state = RecurrenceState(
        hidden: Array(starts.hidden[place..<place + hidden]),
        cell: starts.cell.isEmpty ? [] : Array(starts.cell[place..<place + hidden]))
      for index in 0..<lengths[sequence] {
        let step = isReversed ? lengths[sequence] - 1 - index : index
        let first = (step * sequences + sequence) * inputs
        pass.inputs = (0..<rows).map { row in
          let start = (way * rows + row) * inputs
          var sum = bias[2 * way * rows + row]
          for column in 0..<inputs { sum += own[start + column] * values[first + column] }
          return sum
        }
        cell(pass, &state)
        let target = ((step * directions + way) * sequences + sequence) * hidden
        for unit in 0..<hidden { outputs[target + unit] = state.hidden[unit] }
      }
      for unit in 0..<hidden {
        lastHidden[place + unit] = state.hidden[unit]
        if gates == 4 { lastCell[place + unit] = state.cell[unit] }
      }
    }
  }
  let y = Value(x.type, [steps, directions, sequences, hidden], doubles: outputs)
  let results = [
    isBatchFirst ? ShapeOperators.transposed(y, [2, 0, 1, 3]) : y,
    Value(x.type, stateShape, doubles: lastHidden),
  ]
  return gates == 4 ? results + [Value(x.type, stateShape, doubles: lastCell)] : results
}

/// The activations of each direction.
private func recurrentActivations(
  _ call: OperatorCall, _ defaults: [String], directions: Int
) throws(OperatorFault) -> [[@Sendable (Double) -> Double]] {
  var names = (0..<directions).flatMap { _ in defaults }
  switch call.node.attributes["activations"] {
  case .texts(let given)?: names = given
  case nil: break
  default: throw OperatorFault("the attribute 'activations' is no list of names")
  }
  guard names.count == directions * defaults.count else {
    throw OperatorFault("\(names.count) activations for \(directions) directions")
  }
  let known: [String: @Sendable (Double) -> Double] = [
    "sigmoid": { 1 / (1 + exp(-$0)) }, "tanh": { tanh($0) }, "relu": { max(0, $0) },
    "softsign": { $0 / (1 + abs($0)) }, "softplus": { log1p(exp($0)) },
  ]
  let functions = try names.throwingMap { name throws(OperatorFault) in
    guard let function = known[name.lowercased()] else {
      throw OperatorFault(unsupported: "the activation '\(name)' of \(call.node.operation)")
    }
    return function
  }
  return (0..<directions).map {
    Array(functions[$0 * defaults.count..<($0 + 1) * defaults.count])
  }
}
