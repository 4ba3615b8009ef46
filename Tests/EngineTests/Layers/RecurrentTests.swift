import Engine
import Foundation
import TestSupport
import Testing

/// LSTM and GRU over sequences.
@Suite struct RecurrentTests {
  /// A layer and the shape of its input.
  struct Case: CustomTestStringConvertible, Sendable {
    let settings: Recurrent.Settings
    var bias = true
    let shape: [Int]

    var testDescription: String { "\(settings), bias \(bias), \(shape)" }

    func layer(seed: UInt64 = 1) -> Recurrent {
      var chance = RandomSource(seed: seed)
      return Recurrent(
        settings.cell, inputs: settings.inputs, hidden: settings.hidden, layers: settings.layers,
        isBidirectional: settings.isBidirectional, bias: bias, output: settings.output,
        randomness: &chance)
    }
  }

  static let cases = [
    Case(settings: .init(.lstm, inputs: 1, hidden: 1), shape: [1, 1, 1]),
    Case(settings: .init(.lstm, inputs: 3, hidden: 5), shape: [2, 4, 3]),
    Case(settings: .init(.lstm, inputs: 20, hidden: 18), bias: false, shape: [3, 3, 20]),
    Case(
      settings: .init(.lstm, inputs: 4, hidden: 3, layers: 2, isBidirectional: true),
      shape: [2, 5, 4]),
    Case(
      settings: .init(.lstm, inputs: 4, hidden: 3, isBidirectional: true, output: .last),
      shape: [2, 3, 4]),
    Case(settings: .init(.gru, inputs: 1, hidden: 1), bias: false, shape: [1, 2, 1]),
    Case(settings: .init(.gru, inputs: 3, hidden: 5, output: .last), shape: [2, 4, 3]),
    Case(settings: .init(.gru, inputs: 17, hidden: 16), shape: [1, 3, 17]),
    Case(
      settings: .init(.gru, inputs: 4, hidden: 3, layers: 3, isBidirectional: true),
      shape: [2, 3, 4]),
  ]

  @Test(arguments: cases)
  func gradientsMatchFiniteDifferences(_ recurrent: Case) {
    let x = Tensor.random(recurrent.shape, seed: 2)
    #expect(gradientError(of: recurrent.layer(), at: x) < 5e-3)
  }

  @Test(arguments: cases)
  func forwardMatchesItsNaiveTwin(_ recurrent: Case) {
    let (layer, x) = (recurrent.layer(), Tensor.random(recurrent.shape, seed: 3))
    #expect(allClose(layer(x), naive(recurrent.settings, layer, x), tolerance: 1e-5))
  }

  @Test func bfloat16IsCloseToFloat32() {
    for recurrent in [Self.cases[3], Self.cases[4], Self.cases[8]] {
      #expect(agreesInBfloat16(recurrent.layer(), at: .random(recurrent.shape, seed: 4)))
    }
  }

  @Test func parametersAreNamedAsInPyTorch() {
    #expect(
      Self.cases[3].layer().parameters.map(\.name) == [
        "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_ih_l0_reverse",
        "weight_hh_l0_reverse", "bias_ih_l0_reverse", "bias_hh_l0_reverse", "weight_ih_l1",
        "weight_hh_l1", "bias_ih_l1", "bias_hh_l1", "weight_ih_l1_reverse",
        "weight_hh_l1_reverse", "bias_ih_l1_reverse", "bias_hh_l1_reverse",
      ])
    #expect(
      Self.cases[2].layer().parameters.map(\.name) == ["weight_ih_l0", "weight_hh_l0"])
    #expect(Self.cases[7].layer().parameters.map(\.parameter.plainShape)[1] == [48, 16])
  }

  @Test(arguments: [cases[3], cases[8]])
  func bitsAreTheSameOnAnyTeam(_ recurrent: Case) {
    let x = Tensor.random(recurrent.shape, seed: 5)
    func run(_ threads: Int) -> [Tensor] {
      ThreadPool.with(threads: threads) {
        let layer = recurrent.layer()
        var saved = Saved(.training)
        let y = layer.forward(x, saving: &saved)
        let dx = layer.backward(.random(y.shape, seed: 6), from: &saved)
        return [y, dx] + layer.parameters.map(\.parameter.plainGradient)
      }
    }
    #expect(run(1) == run(3))
  }

  @Test func theLastStateOfALongerSequenceIsThatOfAllStates() {
    let (all, last) = (
      Self.cases[1].layer(), Recurrent.Settings(.lstm, inputs: 3, hidden: 5, output: .last)
    )
    let x = Tensor.random([2, 7, 3], seed: 7)
    let end = Case(settings: last, shape: x.shape).layer()
    #expect(end(x) == TemporalPool(.last)(all(x)))
  }

  /// The equations of PyTorch's documentation, number by number.
  private func naive(_ settings: Recurrent.Settings, _ layer: Recurrent, _ x: Tensor) -> Tensor {
    var sequences = (0..<x.shape[0]).map { n in
      (0..<x.shape[1]).map { t in
        (0..<x.shape[2]).map { Double(x.values[(n * x.shape[1] + t) * x.shape[2] + $0]) }
      }
    }
    let parameters = Dictionary(
      uniqueKeysWithValues: layer.parameters.map { ($0.name, $0.parameter.plain) })
    func product(_ name: String, _ x: [Double], _ row: Int) -> Double {
      guard let weight = parameters["weight_\(name)"] else { return .nan }
      let bias = parameters["bias_\(name)"].map { Double($0.values[row]) } ?? 0
      return x.indices.reduce(bias) { $0 + Double(weight.values[row * x.count + $1]) * x[$1] }
    }
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    let size = settings.hidden
    var ends: [[Double]] = []
    for index in 0..<settings.layers {
      ends = []
      sequences = sequences.map { sequence in
        var joined = sequence.map { _ in [Double]() }
        var end: [Double] = []
        for direction in settings.isBidirectional ? ["", "_reverse"] : [""] {
          let name = "l\(index)\(direction)"
          var (h, c) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size))
          let steps = Array(sequence.indices)
          for t in direction.isEmpty ? steps : steps.reversed() {
            let old = h
            for u in 0..<size {
              func input(_ gate: Int) -> Double {
                product("ih_\(name)", sequence[t], gate * size + u)
              }
              func state(_ gate: Int) -> Double { product("hh_\(name)", old, gate * size + u) }
              if settings.cell == .lstm {
                let (i, f) = (sigmoid(input(0) + state(0)), sigmoid(input(1) + state(1)))
                let (g, o) = (tanh(input(2) + state(2)), sigmoid(input(3) + state(3)))
                c[u] = f * c[u] + i * g
                h[u] = o * tanh(c[u])
              } else {
                let (r, z) = (sigmoid(input(0) + state(0)), sigmoid(input(1) + state(1)))
                h[u] = (1 - z) * tanh(input(2) + r * state(2)) + z * old[u]
              }
            }
            joined[t] += h
          }
          end += h
        }
        ends.append(end)
        return joined
      }
    }
    let values =
      settings.output == .all ? sequences.flatMap { $0.flatMap { $0 } } : ends.flatMap { $0 }
    let width = size * (settings.isBidirectional ? 2 : 1)
    let shape =
      settings.output == .all ? [x.shape[0], x.shape[1], width] : [x.shape[0], width]
    return Tensor(shape: shape, values: values.map(Float.init))
  }
}
