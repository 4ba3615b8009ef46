/// How a parameter lies in memory; checkpoints always hold the plain order.
public enum ParameterLayout: Equatable, Sendable {
  /// As PyTorch has it.
  case plain
  /// Convolution and dense weights in panels of 16 outputs: `[O/16][I][taps][16]`, from the
  /// plain `[O, I, KH, KW]` or `[O, I]`. O and I are rounded up to multiples of 16 with zeros
  /// that stay zero.
  case panels(plainShape: [Int])

  func plainShape(of value: Tensor) -> [Int] {
    switch self {
    case .plain: value.shape
    case .panels(let shape): shape
    }
  }

  func packed(_ plain: Tensor) -> Tensor {
    switch self {
    case .plain: plain
    case .panels(let shape):
      Panels.packed(plain, shape)
    }
  }

  func unpacked(_ value: Tensor) -> Tensor {
    switch self {
    case .plain: value
    case .panels(let shape):
      Panels.unpacked(value, shape)
    }
  }
}

/// The order of weights that the fast kernels read: `[O/16][I][taps][16]`.
enum Panels {
  /// Output channels of a panel: the lanes of an AVX-512 vector, twice those of AVX2.
  static let width = 16

  static func packed(_ plain: Tensor, _ shape: [Int]) -> Tensor {
    precondition(plain.shape == shape, "weights \(plain.shape) where \(shape) is due")
    let (outputs, inputs, taps) = sizes(shape)
    var result = Tensor(zeros: [paddedCount(outputs) / width, paddedCount(inputs), taps, width])
    plain.read { source in
      result.write { target in
        each(outputs, inputs, taps) { target[$0] = source[$1] }
      }
    }
    return result
  }

  static func unpacked(_ value: Tensor, _ shape: [Int]) -> Tensor {
    let (outputs, inputs, taps) = sizes(shape)
    var result = Tensor(zeros: shape)
    value.read { source in
      result.write { target in
        each(outputs, inputs, taps) { target[$1] = source[$0] }
      }
    }
    return result
  }

  /// `count` rounded up to whole panels.
  static func paddedCount(_ count: Int) -> Int { (count + width - 1) / width * width }

  private static func sizes(_ shape: [Int]) -> (Int, Int, Int) {
    (shape[0], shape[1], shape.dropFirst(2).reduce(1, *))
  }

  private static func each(
    _ outputs: Int, _ inputs: Int, _ taps: Int, _ body: (_ packed: Int, _ plain: Int) -> Void
  ) {
    let rows = paddedCount(inputs)
    for o in 0..<outputs {
      for i in 0..<inputs {
        for t in 0..<taps {
          body(((o / width * rows + i) * taps + t) * width + o % width, (o * inputs + i) * taps + t)
        }
      }
    }
  }
}
