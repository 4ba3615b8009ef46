internal import Foundation

/// Losses of class scores `[N, C, ...]` and classes `[N, ...]`, computed in float64.
enum LossOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("NegativeLogLikelihoodLoss", 2...3) { call throws(OperatorFault) in
      [try loss(call, of: try call.input(0))]
    },
    OperatorDefinition("SoftmaxCrossEntropyLoss", 2...3) { call throws(OperatorFault) in
      let scores = try call.input(0)
      guard scores.shape.count >= 2 else { throw OperatorFault("\(scores.shape) is not [N, C]") }
      let rows = AxisRows(scores, along: [1])
      var values = rows.doubles
      for row in 0..<rows.count {
        let range = row * rows.length..<(row + 1) * rows.length
        let largest = values[range].max() ?? 0
        let sum = largest + log(values[range].reduce(0) { $0 + exp($1 - largest) })
        for index in range { values[index] -= sum }
      }
      let logarithms = rows.restored(values, type: scores.type)
      return [try loss(call, of: logarithms), logarithms]
    },
  ]

  private static func loss(
    _ call: OperatorCall, of logarithms: Value
  ) throws(OperatorFault) -> Value {
    enum Reduction: String, CaseIterable { case none, sum, mean }
    let classes = try call.input(1)
    let reduction = try call.choice("reduction", default: Reduction.mean)
    guard logarithms.shape.count >= 2,
      classes.shape == [logarithms.shape[0]] + logarithms.shape[2...]
    else { throw OperatorFault("classes of \(classes.shape) for \(logarithms.shape)") }
    let count = logarithms.shape[1]
    let weights = call.optional(2)?.doubles ?? [Double](repeating: 1, count: count)
    guard weights.count == count else {
      throw OperatorFault("\(weights.count) weights for \(count) classes")
    }
    let ignored =
      call.node.attributes["ignore_index"] == nil
      ? nil : try call.integer("ignore_index", default: 0)
    let rows = AxisRows(logarithms, along: [1])
    let values = rows.doubles
    var (losses, total) = ([Double](), 0.0)
    for (row, number) in try classes.indices().enumerated() {
      guard number != ignored else {
        losses.append(0)
        continue
      }
      guard (0..<count).contains(number) else {
        throw OperatorFault("the class \(number) lies outside 0 ..< \(count)")
      }
      losses.append(-weights[number] * values[row * count + number])
      total += weights[number]
    }
    let type = logarithms.type
    return switch reduction {
    case .none: Value(type, classes.shape, doubles: losses)
    case .sum: Value(type, [], doubles: [losses.reduce(0, +)])
    case .mean: Value(type, [], doubles: [losses.reduce(0, +) / total])
    }
  }
}
