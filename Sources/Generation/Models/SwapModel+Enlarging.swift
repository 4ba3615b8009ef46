public import Engine
import Faces

extension SwapModel {
  /// A copy of a `fast` model of 64×64 for larger faces, which begins with the same faces, enlarged.
  ///
  /// The encoder's first layer sees the larger blocks' means, as area averaging gives them. The decoders'
  /// last layers interpolate what the 64×64 model outputs, and have free channels for detail.
  ///
  /// - Parameters:
  ///   - side: one of `Crop.sides` above 64.
  ///   - randomness: for the weights of the new channels.
  public func enlarged(to side: Int, randomness: RandomSource) -> SwapModel {
    precondition(self.side == Crop.side && side > Crop.side, "\(self.side) to \(side) pixels")
    let large = SwapModel(.fast, side: side, randomness: randomness)
    large.copyEncoder(from: self)
    for (own, other) in [(large.decoderA, decoderA), (large.decoderB, decoderB)] {
      SwapModel.copyDecoder(own.parameters, from: other.parameters, side: side)
    }
    return large
  }

  /// All layers but the first are the same.
  private func copyEncoder(from small: SwapModel) {
    for (own, other) in zip(encoder.parameters, small.encoder.parameters) {
      let old = other.parameter.plain
      guard own.parameter.plainShape != old.shape else {
        own.parameter.plain = old
        continue
      }
      // `[64, 3 · 4², 3, 3]` to `[64, 3 · block², 3, 3]`; channel c · block² + row · block + column.
      let (block, taps) = (side / 16, old.shape[2] * old.shape[3])
      let means = SwapModel.means(of: block)
      let new = own.parameter.plainShape
      var values = [Float](repeating: 0, count: new.reduce(1, *))
      let before = old.values
      for output in 0..<new[0] {
        for channel in 0..<new[1] {
          let (row, column) = (channel / block % block, channel % block)
          let color = channel / (block * block)
          for y in 0..<4 where means[y][row] > 0 {
            for x in 0..<4 where means[x][column] > 0 {
              let from = (output * old.shape[1] + color * 16 + y * 4 + x) * taps
              let to = (output * new[1] + channel) * taps
              for tap in 0..<taps {
                values[to + tap] += means[y][row] * means[x][column] * before[from + tap]
              }
            }
          }
        }
      }
      own.parameter.plain = Tensor(shape: new, values: values)
    }
  }

  /// The share of each of `block` pixels in the mean over each quarter of their length.
  private static func means(of block: Int) -> [[Float]] {
    (0..<4).map { quarter in
      (0..<block).map { pixel in
        // In units of which a pixel has 4.
        let overlap = min((quarter + 1) * block, pixel * 4 + 4) - max(quarter * block, pixel * 4)
        return Float(max(overlap, 0)) / Float(block)
      }
    }
  }

  /// All layers but the last convolution are the same; see `FastDetail`.
  private static func copyDecoder(
    _ own: [NamedParameter], from other: [NamedParameter], side: Int
  ) {
    let detail = FastDetail(side: side)
    let shared = other.count - 2
    for (own, other) in zip(own, other).prefix(shared) {
      own.parameter.plain = other.parameter.plain
    }
    // `[3 · 2², 32, 3, 3]`, and its bias.
    let (weight, bias) = (other[shared].parameter.plain, other[shared + 1].parameter.plain)
    let inputs = weight.shape[1] * weight.shape[2] * weight.shape[3]
    let (weights, biases) = (weight.values, bias.values)
    let last = (weight: own[own.count - 2].parameter, bias: own[own.count - 1].parameter)
    let block = detail.block
    guard let width = detail.width else {
      // Pixels of a 3×3 block, interpolated in the block of 2×2.
      let shares: [[Float]] = [[1, 0], [0.5, 0.5], [0, 1]]
      var (larger, largerBias): ([Float], [Float]) = ([], [])
      for color in 0..<3 {
        for pixel in 0..<block * block {
          let (rows, columns) = (shares[pixel / block], shares[pixel % block])
          var (row, constant) = ([Float](repeating: 0, count: inputs), Float(0))
          for part in 0..<4 {
            let (share, source) = (rows[part / 2] * columns[part % 2], color * 4 + part)
            for at in row.indices { row[at] += share * weights[source * inputs + at] }
            constant += share * biases[source]
          }
          larger += row
          largerBias.append(constant)
        }
      }
      last.weight.plain = Tensor(shape: last.weight.plainShape, values: larger)
      last.bias.plain = Tensor(shape: last.bias.plainShape, values: largerBias)
      return
    }
    // Channels 0 to 2 of the new upsampling are the colors before the sigmoid, 3 to 5 their negatives:
    // behind a leaky ReLU of slope 0.1 their difference is 1.1 times the color.
    let extra = (weight: own[shared].parameter, bias: own[shared + 1].parameter)
    let (old, oldBias) = (extra.weight.plain.values, extra.bias.plain.values)
    let colors = weights + weights.map { -$0 }
    extra.weight.plain = Tensor(
      shape: extra.weight.plainShape, values: colors + old.dropFirst(colors.count))
    let constants = biases + biases.map { -$0 }
    extra.bias.plain = Tensor(
      shape: extra.bias.plainShape, values: constants + oldBias.dropFirst(constants.count))
    // The weights of the pixels before, at and after a block, for each of its pixels.
    let shares: [[Float]] =
      block == 2
      ? [[0.25, 0.75, 0], [0, 0.75, 0.25]]
      : [[1.0 / 3, 2.0 / 3, 0], [0, 1, 0], [0, 2.0 / 3, 1.0 / 3]]
    var final = [Float](repeating: 0, count: last.weight.plain.count)
    for color in 0..<3 {
      for pixel in 0..<block * block {
        let (rows, columns) = (shares[pixel / block], shares[pixel % block])
        for tap in 0..<9 {
          let share = rows[tap / 3] * columns[tap % 3] / 1.1
          let output = (color * block * block + pixel) * width
          final[(output + color) * 9 + tap] = share
          final[(output + color + 3) * 9 + tap] = -share
        }
      }
    }
    last.weight.plain = Tensor(shape: last.weight.plainShape, values: final)
    last.bias.plain = Tensor(zeros: last.bias.plainShape)
  }
}
