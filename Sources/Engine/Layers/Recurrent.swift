/// Recurrent layers over sequences: `[N, T, I]` to `[N, T, D · H]`, with D = 2 directions or one.
///
/// LSTM (Hochreiter & Schmidhuber 1997; Gers and others 2000) or GRU (Cho and others 2014) as in
/// PyTorch and cuDNN: an LSTM's gates are in the order i, f, g, o; a GRU's r, z, n, with the reset
/// applied after the state's product. The states before the first step are zero. Each layer reads
/// the states of the layer below; those of the reversed direction follow the others. Computed in
/// float32; bfloat16 is widened before and rounded after.
public struct Recurrent: Layer {
  /// The kind of the cells.
  public enum Cell: Equatable, Sendable {
    case lstm, gru

    /// The number of gates: the parts of weights and biases.
    var gates: Int { self == .lstm ? 4 : 3 }
  }

  /// What of the last layer's states is the output.
  public enum Output: Equatable, Sendable {
    /// All states, `[N, T, D · H]`.
    case all
    /// The state that each direction ends with, `[N, D · H]`: that of the last step, and in the
    /// reversed direction that of the first.
    case last
  }

  /// Everything but the values of the weights.
  public struct Settings: Equatable, Sendable {
    /// The kind of the cells.
    public let cell: Cell
    /// Channels of the input, and hidden units of each layer and direction.
    public let inputs, hidden: Int
    /// Layers.
    public let layers: Int
    /// Whether each layer also runs from the last step to the first.
    public let isBidirectional: Bool
    /// What the output consists of.
    public let output: Output

    public init(
      _ cell: Cell, inputs: Int, hidden: Int, layers: Int = 1, isBidirectional: Bool = false,
      output: Output = .all
    ) {
      precondition(
        inputs > 0 && hidden > 0 && layers > 0,
        "\(layers) recurrent layers from \(inputs) channels to \(hidden) units")
      (self.cell, self.inputs, self.hidden) = (cell, inputs, hidden)
      (self.layers, self.isBidirectional, self.output) = (layers, isBidirectional, output)
    }

    /// Directions of each layer.
    var directions: Int { isBidirectional ? 2 : 1 }

    /// The output shape for an input of the shape `[N, T, I]`.
    func output(of shape: [Int]) -> [Int] {
      precondition(
        shape.count == 3 && shape[2] == inputs && shape[1] > 0,
        "\(shape) into a recurrent layer of \(inputs) channels")
      let width = directions * hidden
      return output == .all ? [shape[0], shape[1], width] : [shape[0], width]
    }
  }

  private let settings: Settings
  private let layers: [[Direction]]

  /// - Parameters:
  ///   - hidden: units of each layer and direction.
  ///   - bias: whether both products have a bias.
  ///   - output: all states, or the last.
  ///   - randomness: the source of the initial weights, uniform over ± 1 / √hidden as in PyTorch.
  public init(
    _ cell: Cell, inputs: Int, hidden: Int, layers: Int = 1, isBidirectional: Bool = false,
    bias: Bool = true, output: Output = .all, randomness: inout RandomSource
  ) {
    settings = Settings(
      cell, inputs: inputs, hidden: hidden, layers: layers, isBidirectional: isBidirectional,
      output: output)
    var all: [[Direction]] = []
    let directions = settings.directions
    for index in 0..<layers {
      var layer: [Direction] = []
      for direction in 0..<directions {
        layer.append(
          Direction(
            cell, inputs: index == 0 ? inputs : directions * hidden, hidden: hidden,
            bias: bias, name: "l\(index)\(direction == 1 ? "_reverse" : "")",
            isReversed: direction == 1, &randomness))
      }
      all.append(layer)
    }
    self.layers = all
  }

  /// "weight_ih_l0", "weight_hh_l0", "bias_ih_l0" and "bias_hh_l0", then those of "l0_reverse",
  /// "l1" and so on, as PyTorch names them.
  public var node: LayerNode {
    LayerNode(.recurrent(settings), parameters: layers.flatMap { $0.flatMap(\.parameters) })
  }

  /// The states, in x's precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    _ = settings.output(of: x.shape)
    var sequence = Kernels.exchanged(x.converted(to: .float32))
    for layer in layers {
      let states = layer.map { $0.forward(sequence, saving: &saved) }
      sequence = states.count == 1 ? states[0] : Kernels.joined(states)
    }
    saved.push(shape: x.shape + [x.precision == .bfloat16 ? 1 : 0])
    switch settings.output {
    case .all: return Kernels.exchanged(sequence).converted(to: x.precision)
    case .last: return last(sequence).converted(to: x.precision)
    }
  }

  /// Through time, from the last step to the first.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let shape = saved.popShape()
    var slope = dy.converted(to: .float32)
    slope =
      settings.output == .all
      ? Kernels.exchanged(slope) : spread(slope, steps: shape[1], batch: shape[0])
    for layer in layers.reversed() {
      var dx: Tensor?
      for (index, direction) in layer.enumerated().reversed() {
        let own =
          layer.count == 1
          ? slope
          : Kernels.columns(index * settings.hidden, width: settings.hidden, of: slope)
        let part = direction.backward(own, from: &saved)
        dx = dx.map { Kernels.sum($0, part) } ?? part
      }
      slope = dx ?? slope
    }
    return Kernels.exchanged(slope).converted(to: shape[3] == 1 ? .bfloat16 : .float32)
  }

  /// The state that each direction ends with.
  private func last(_ sequence: Tensor) -> Tensor {
    let steps = sequence.shape[0]
    func step(_ index: Int) -> Tensor {
      sequence.samples(index..<index + 1).reshaped(to: Array(sequence.shape.dropFirst()))
    }
    guard settings.isBidirectional else { return step(steps - 1) }
    let size = settings.hidden
    return Kernels.joined([
      Kernels.columns(0, width: size, of: step(steps - 1)),
      Kernels.columns(size, width: size, of: step(0)),
    ])
  }

  /// The gradient at all states from that at the last ones.
  private func spread(_ dy: Tensor, steps: Int, batch: Int) -> Tensor {
    let (size, width) = (settings.hidden, settings.directions * settings.hidden)
    var result = Tensor(zeros: [steps, batch, width])
    dy.read { dy in
      result.write { result in
        for index in dy.indices {
          let step = index % width < size ? steps - 1 : 0
          result[step * batch * width + index] = dy[index]
        }
      }
    }
    return result
  }
}

/// One layer in one direction; sequences are `[T, N, C]`.
private struct Direction {
  let cell: Recurrent.Cell
  let inputs, hidden: Int
  let name: String
  let isReversed: Bool
  let inputWeight, stateWeight: Parameter
  let inputBias, stateBias: Parameter?

  init(
    _ cell: Recurrent.Cell, inputs: Int, hidden: Int, bias: Bool, name: String, isReversed: Bool,
    _ randomness: inout RandomSource
  ) {
    (self.cell, self.inputs, self.hidden) = (cell, inputs, hidden)
    (self.name, self.isReversed) = (name, isReversed)
    let rows = cell.gates * hidden
    func drawn(_ shape: [Int], _ randomness: inout RandomSource) -> Tensor {
      let bound = 1 / Double(hidden).squareRoot()
      var result = Tensor(zeros: shape)
      result.write { values in
        for i in values.indices { values[i] = Float(randomness.uniform(-bound...bound)) }
      }
      return result
    }
    inputWeight = Parameter(
      drawn([rows, inputs], &randomness), layout: .panels(plainShape: [rows, inputs]))
    stateWeight = Parameter(
      drawn([rows, hidden], &randomness), layout: .panels(plainShape: [rows, hidden]))
    inputBias = bias ? Parameter(drawn([rows], &randomness)) : nil
    stateBias = bias ? Parameter(drawn([rows], &randomness)) : nil
  }

  var parameters: [NamedParameter] {
    [
      ("weight_ih", inputWeight), ("weight_hh", stateWeight), ("bias_ih", inputBias),
      ("bias_hh", stateBias),
    ].compactMap { kind, parameter in
      parameter.map { NamedParameter("\(kind)_\(name)", $0) }
    }
  }

  private func recurrence(_ shape: [Int]) -> Recurrence {
    Recurrence(
      cell: cell, steps: shape[0], batch: shape[1], size: hidden, isReversed: isReversed)
  }

  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let products = Kernels.project(
      x, inputWeight.value, inputBias?.value, outputs: cell.gates * hidden)
    let course = recurrence(x.shape).forward(products, stateWeight.value, stateBias?.value)
    for tensor in [x, course.gates, course.products, course.cells, course.hidden] {
      saved.push(tensor)
    }
    return course.hidden
  }

  func backward(_ dhidden: Tensor, from saved: inout Saved) -> Tensor {
    let (hidden, cells, products) = (saved.pop(), saved.pop(), saved.pop())
    let (gates, x) = (saved.pop(), saved.pop())
    let recurrence = recurrence(x.shape)
    let (dinputs, dproducts) = recurrence.backward(
      dhidden, .init(gates: gates, products: products, cells: cells, hidden: hidden),
      stateWeight.value)
    // One product over all steps for each weight.
    Kernels.projectBackward(dinputs, x, weight: inputWeight, bias: inputBias)
    Kernels.projectBackward(
      dproducts, recurrence.before(hidden), weight: stateWeight, bias: stateBias)
    let rows = cell.gates * self.hidden
    let turned = Kernels.turned(inputWeight.value, outputs: rows, inputs: inputs)
    return Kernels.project(dinputs, turned, nil, outputs: inputs)
  }
}
