/// The memory layout of a parameter; checkpoints always store the plain order.
public enum ParameterLayout: Equatable, Sendable {
  /// As in PyTorch.
  case plain
  /// Convolution and dense weights in panels of 16 outputs: `[O/16][depth][16]`, from the plain
  /// `[O, I, KH, KW]` or `[O, I]`. A row of the depth is one tap of one input channel
  /// (`tap * inputs + channel`); O and the depth are rounded up to multiples of 16 with zeros that
  /// stay zero.
  case panels(plainShape: [Int])
  /// Weights of a convolution in groups, from the plain `[O, I / groups, KH, KW]`: for each block of
  /// channels (a group, or 16 channels of several) the panels of its convolution, with zeros that
  /// stay zero between channels of different groups.
  case blocks(plainShape: [Int], groups: Int)
  /// Weights of a depthwise convolution as `[KH · KW, C]`, from the plain `[C, 1, KH, KW]`.
  case channelsLast(plainShape: [Int])

  func plainShape(of value: Tensor) -> [Int] {
    switch self {
    case .plain: value.shape
    case .panels(let shape), .channelsLast(let shape), .blocks(let shape, _): shape
    }
  }

  func packed(_ plain: Tensor) -> Tensor {
    switch self {
    case .plain: plain
    case .panels(let shape):
      Panels.packed(plain, shape)
    case .blocks(let shape, let groups):
      Blocks(shape, groups: groups).packed(plain)
    case .channelsLast(let shape):
      turned(plain, rows: shape[0]).reshaped(to: [shape[2] * shape[3], shape[0]])
    }
  }

  func unpacked(_ value: Tensor) -> Tensor {
    switch self {
    case .plain: value
    case .panels(let shape):
      Panels.unpacked(value, shape)
    case .blocks(let shape, let groups):
      Blocks(shape, groups: groups).unpacked(value)
    case .channelsLast(let shape):
      turned(value, rows: shape[2] * shape[3]).reshaped(to: shape)
    }
  }

  /// The transpose of a matrix of `rows` rows.
  private func turned(_ matrix: Tensor, rows: Int) -> Tensor {
    let columns = matrix.count / rows
    return Tensor([columns, rows]) { matrix[$0 % rows * columns + $0 / rows] }
  }
}

/// The layout of weights for the fast kernels: `[O/16][depth][16]`.
enum Panels {
  /// Output channels of a panel: the lanes of an AVX-512 vector, twice those of AVX2.
  static let width = 16

  static func packed(_ plain: Tensor, _ shape: [Int]) -> Tensor {
    precondition(plain.shape == shape, "weights \(plain.shape) where \(shape) is due")
    let depth = rounded(shape.dropFirst().reduce(1, *))
    var result = Tensor(zeros: [rounded(shape[0]) / width, depth, width])
    if shape.dropFirst(2).reduce(1, *) == 1 {
      Kernels.packPanels(plain, rows: shape[0], columns: shape[1], into: result, width: width)
      return result
    }
    plain.read { source in
      result.write { target in
        forEach(of: shape) { target[$1] = source[$0] }
      }
    }
    return result
  }

  static func unpacked(_ value: Tensor, _ shape: [Int]) -> Tensor {
    var result = Tensor(zeros: shape)
    value.read { source in
      result.write { target in
        forEach(of: shape) { target[$0] = source[$1] }
      }
    }
    return result
  }

  /// `count` rounded up to whole panels.
  static func rounded(_ count: Int) -> Int { (count + width - 1) / width * width }

  /// Visits each weight with its index in the plain order and in panels.
  private static func forEach(of shape: [Int], _ body: (_ plain: Int, _ panels: Int) -> Void) {
    let (inputs, taps) = (shape[1], shape.dropFirst(2).reduce(1, *))
    let depth = rounded(inputs * taps)
    var plain = 0
    for output in 0..<shape[0] {
      let panel = output / width * depth * width + output % width
      for channel in 0..<inputs {
        for tap in 0..<taps {
          body(plain, panel + (tap * inputs + channel) * width)
          plain += 1
        }
      }
    }
  }
}

/// The layout of grouped weights in blocks of channels: `[O/16][taps · block][16]`.
struct Blocks {
  /// The plain shape, `[O, I / groups, KH, KW]`.
  private let shape: [Int]
  /// Channels of a block.
  let width: Int

  /// Groups of as many inputs as outputs, a multiple or a divisor of 16.
  init(_ shape: [Int], groups: Int) {
    self.shape = shape
    width = Blocks.width(channels: shape[0], groups: groups)
  }

  /// Channels of a block: those of a group, but at least a panel.
  static func width(channels: Int, groups: Int) -> Int { max(Panels.width, channels / groups) }

  func packed(_ plain: Tensor) -> Tensor {
    precondition(plain.shape == shape, "weights \(plain.shape) where \(shape) is due")
    let taps = shape.dropFirst(2).reduce(1, *)
    var result = Tensor(zeros: [shape[0] / Panels.width, taps * width, Panels.width])
    plain.read { source in
      result.write { target in
        forEach { target[$1] = source[$0] }
      }
    }
    return result
  }

  func unpacked(_ value: Tensor) -> Tensor {
    var result = Tensor(zeros: shape)
    value.read { source in
      result.write { target in
        forEach { target[$0] = source[$1] }
      }
    }
    return result
  }

  /// Visits each weight with its index in the plain order and in blocks.
  private func forEach(_ body: (_ plain: Int, _ blocks: Int) -> Void) {
    let (share, taps) = (shape[1], shape.dropFirst(2).reduce(1, *))
    var plain = 0
    for output in 0..<shape[0] {
      let panel = output / Panels.width * taps * width * Panels.width + output % Panels.width
      let first = output % width / share * share
      for channel in first..<first + share {
        for tap in 0..<taps {
          body(plain, panel + (tap * width + channel) * Panels.width)
          plain += 1
        }
      }
    }
  }
}
