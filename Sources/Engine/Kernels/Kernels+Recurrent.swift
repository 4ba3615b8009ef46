private import CKernels

/// The parts of recurrent layers; float32, sequences in the order of time: `[T, N, C]`.
extension Kernels {
  /// x · weightᵀ + bias over all rows, with the weight `[O, I]` in panels.
  static func project(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, outputs: Int) -> Tensor {
    let shape = rowShape(x.rowCount, inputs: x.rowLength, outputs: outputs)
    return convolveDirect(x.reshaped(to: shape.inputShape), weight, bias, .identity, shape)
      .reshaped(to: x.shape.dropLast() + [outputs])
  }

  /// Adds the gradients of weight and bias, for the gradient `dy` at `project`'s result.
  static func projectBackward(_ dy: Tensor, _ x: Tensor, weight: Parameter, bias: Parameter?) {
    let shape = rowShape(x.rowCount, inputs: x.rowLength, outputs: dy.rowLength)
    _ = convolveDirectBackward(
      dy.reshaped(to: shape.outputShape), x.reshaped(to: shape.inputShape), weight.value, shape,
      into: ConvolutionGradients(needsInput: false, weight: weight, bias: bias))
  }

  /// The weight `[O, I]` in panels as `[I, O]` in panels, for products with gradients.
  static func turned(_ weight: Tensor, outputs: Int, inputs: Int) -> Tensor {
    let result = Tensor(
      uninitialized: [
        Panels.rounded(inputs) / Panels.width, Panels.rounded(outputs), Panels.width,
      ])
    unsafe dflab_turn_panels(weight.floats, Int32(outputs), Int32(inputs), result.floats)
    return result
  }

  fileprivate static func rowShape(_ rows: Int, inputs: Int, outputs: Int) -> ConvolutionShape {
    ConvolutionShape(
      batch: rows, height: 1, width: 1, inputs: inputs, outputs: outputs, kernel: (1, 1))
  }
}

/// The recurrence of one layer in one direction; the steps run one after the other.
struct Recurrence {
  /// The kind of its cells.
  let cell: Recurrent.Cell
  /// Steps, sequences and hidden units.
  let steps, batch, size: Int
  /// Whether it begins at the last step.
  let isReversed: Bool

  private var gates: Int { cell.gates }
  /// The values of all sequences at one step: of the state, and of the gates.
  private var state: Int { batch * size }
  private var gateState: Int { batch * size * gates }

  /// The steps in the order of the recurrence.
  private var order: [Int] { isReversed ? Array((0..<steps).reversed()) : Array(0..<steps) }

  /// What the forward pass computes, `[T, N, ...]` each.
  struct Course {
    /// The values of the gates, one after the other.
    let gates: Tensor
    /// The products of the state; of an LSTM only the last step's are kept.
    let products: Tensor
    /// The cells; of a GRU, which has none, empty.
    let cells: Tensor
    /// The hidden states.
    let hidden: Tensor
  }

  /// The course of the states.
  ///
  /// - Parameters:
  ///   - inputs: the products of the input, `[T, N, gates · size]`; overwritten.
  ///   - weight: the weight of the state, in panels.
  func forward(_ inputs: consuming Tensor, _ weight: Tensor, _ bias: Tensor?) -> Course {
    inputs.makeUnique()
    let gates = inputs
    let keepsProducts = cell == .gru
    let products = Tensor(uninitialized: [keepsProducts ? steps : 1, batch, self.gates * size])
    let cells = Tensor(uninitialized: [cell == .lstm ? steps : 0, batch, size])
    let hidden = Tensor(uninitialized: [steps, batch, size])
    let zero = Tensor(zeros: [batch, size])
    let product = StateProduct(batch: batch, inputs: size, outputs: self.gates * size)
    var previous: Int?
    for step in order {
      let own = unsafe products.floats + (keepsProducts ? step * gateState : 0)
      let before = unsafe previous.map { unsafe hidden.floats + $0 * state }
      unsafe product(before ?? zero.floats, weight, bias, own)
      let (values, next) = unsafe (gates.floats + step * gateState, hidden.floats + step * state)
      Kernels.spread(batch, grain: Kernels.grain(rowLength: 4 * size * self.gates)) { rows in
        let (first, wide) = (rows.lowerBound * size, rows.lowerBound * size * self.gates)
        switch cell {
        case .lstm:
          let old = unsafe previous.map { unsafe cells.floats + $0 * state } ?? zero.floats
          unsafe dflab_lstm_step(
            own + wide, values + wide, old + first, cells.floats + step * state + first,
            next + first, rows.count, size)
        case .gru:
          unsafe dflab_gru_step(
            own + wide, values + wide, (before ?? zero.floats) + first, next + first, rows.count,
            size)
        }
      }
      previous = step
    }
    withExtendedLifetime(zero) {}
    return Course(gates: gates, products: products, cells: cells, hidden: hidden)
  }

  /// The gradients at the products of the input and of the state, which are the same for an LSTM.
  ///
  /// - Parameters:
  ///   - dhidden: the gradients at the hidden states, `[T, N, size]`.
  ///   - weight: the weight of the state, in panels.
  func backward(
    _ dhidden: Tensor, _ course: Course, _ weight: Tensor
  ) -> (inputs: Tensor, products: Tensor) {
    let turned = Kernels.turned(weight, outputs: gates * size, inputs: size)
    let product = StateProduct(batch: batch, inputs: gates * size, outputs: size)
    let dinputs = Tensor(uninitialized: [steps, batch, gates * size])
    let dproducts =
      cell == .gru ? Tensor(uninitialized: dinputs.shape) : dinputs
    let zero = Tensor(zeros: [batch, size])
    let carriedCell = Tensor(zeros: [batch, size])
    let carried = Tensor(uninitialized: [batch, size])
    let (slope, order) = (Tensor(zeros: [batch, size]), order)
    for (index, step) in order.enumerated().reversed() {
      let previous = index > 0 ? order[index - 1] : nil
      // What later steps make of the state, which `slope` holds, and what the step itself gets.
      unsafe Kernels.addScaled(
        dhidden.floats + step * state, by: 1, to: slope.floats, count: state)
      let values = unsafe course.gates.floats + step * gateState
      let (di, dp) = unsafe (
        dinputs.floats + step * gateState, dproducts.floats + step * gateState
      )
      Kernels.spread(batch, grain: Kernels.grain(rowLength: 4 * size * gates)) { rows in
        let (first, wide) = (rows.lowerBound * size, rows.lowerBound * size * gates)
        switch cell {
        case .lstm:
          let old = unsafe previous.map { unsafe course.cells.floats + $0 * state } ?? zero.floats
          unsafe dflab_lstm_step_backward(
            values + wide, old + first, course.cells.floats + step * state + first,
            slope.floats + first, carriedCell.floats + first, di + wide, rows.count, size)
        case .gru:
          let old = unsafe previous.map { unsafe course.hidden.floats + $0 * state } ?? zero.floats
          unsafe dflab_gru_step_backward(
            values + wide, course.products.floats + step * gateState + wide, old + first,
            slope.floats + first, di + wide, dp + wide, rows.count, size)
        }
      }
      guard previous != nil else { break }
      unsafe product(dp, turned, nil, carried.floats)
      if cell == .gru {
        unsafe Kernels.addScaled(carried.floats, by: 1, to: slope.floats, count: state)
      } else {
        unsafe slope.floats.update(from: carried.floats, count: state)
      }
    }
    withExtendedLifetime((zero, carriedCell, carried, slope)) {}
    return (dinputs, dproducts)
  }

  /// The states before each step, `[T, N, size]`.
  func before(_ hidden: Tensor) -> Tensor {
    let result = Tensor(uninitialized: hidden.shape)
    var previous: Int?
    for step in order {
      let to = unsafe result.floats + step * state
      if let previous {
        unsafe to.update(from: hidden.floats + previous * state, count: state)
      } else {
        unsafe to.update(repeating: 0, count: state)
      }
      previous = step
    }
    return result
  }
}

/// The product of the state with its weight at one step.
private struct StateProduct {
  private var shape: dflab_convolution
  private let scratch: Tensor

  init(batch: Int, inputs: Int, outputs: Int) {
    var shape = dflab_convolution(
      direct: Kernels.rowShape(batch, inputs: inputs, outputs: outputs))
    scratch = Tensor(uninitialized: [unsafe dflab_direct_convolution_scratch(&shape)])
    self.shape = shape
  }

  func callAsFunction(
    _ x: UnsafePointer<Float>, _ weight: Tensor, _ bias: Tensor?, _ y: UnsafeMutablePointer<Float>
  ) {
    var shape = shape
    unsafe dflab_direct_convolution_forward(
      &shape, x, weight.floats, bias?.floats, nil, 0, 0, y, scratch.floats)
  }
}
