import Engine
import TestSupport
import Testing

@Suite struct PixelShuffleTests {
  /// Images, rows and columns before, channels after, factor.
  static let cases = [
    [1, 1, 1, 1, 2], [2, 3, 5, 7, 2], [3, 4, 4, 48, 2], [1, 2, 3, 5, 3], [2, 1, 2, 67, 2],
    [1, 16, 32, 24, 2],
  ]

  /// The output by the formula in the documentation, value by value.
  private func twin(_ x: Tensor, factor: Int) -> Tensor {
    let (images, height, width) = (x.shape[0], x.shape[1], x.shape[2])
    let channels = x.shape[3] / (factor * factor)
    let shape = [images, height * factor, width * factor, channels]
    let source = x.values
    var values: [Float] = []
    for n in 0..<images {
      for row in 0..<shape[1] {
        for column in 0..<shape[2] {
          for c in 0..<channels {
            let k = c * factor * factor + row % factor * factor + column % factor
            let pixel = (n * height + row / factor) * width + column / factor
            values.append(source[pixel * x.shape[3] + k])
          }
        }
      }
    }
    return Tensor(shape: shape, values: values)
  }

  @Test(arguments: cases, Precision.allCases)
  func bothWaysMatchTheFormula(sizes: [Int], precision: Precision) {
    let factor = sizes[4]
    let x = Tensor.random(
      [sizes[0], sizes[1], sizes[2], sizes[3] * factor * factor], seed: 1
    ).converted(to: precision)
    let expected = twin(x, factor: factor)
    let y = PixelShuffle(factor)(x)
    #expect(y == expected && y.precision == precision)
    let back = PixelUnshuffle(factor)(y)
    #expect(back == x && back.precision == precision)
  }

  @Test(arguments: cases.dropLast())
  func gradientsMatchFiniteDifferences(sizes: [Int]) {
    let factor = sizes[4]
    let deep = [sizes[0], sizes[1], sizes[2], sizes[3] * factor * factor]
    let wide = [sizes[0], sizes[1] * factor, sizes[2] * factor, sizes[3]]
    #expect(gradientError(of: PixelShuffle(factor), at: .random(deep, seed: 2)) < 1e-3)
    #expect(gradientError(of: PixelUnshuffle(factor), at: .random(wide, seed: 3)) < 1e-3)
  }

  @Test func forwardMatchesPyTorch() {
    // >>> x = torch.arange(16.).reshape(1, 1, 2, 8).permute(0, 3, 1, 2)
    // >>> F.pixel_shuffle(x, 2).permute(0, 2, 3, 1).flatten()
    let shuffled = PixelShuffle(2)(counting([1, 1, 2, 8]))
    #expect(
      shuffled
        == Tensor(
          shape: [1, 2, 4, 2], values: [0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15]))
    // >>> x = torch.arange(16.).reshape(1, 2, 4, 2).permute(0, 3, 1, 2)
    // >>> F.pixel_unshuffle(x, 2).permute(0, 2, 3, 1).flatten()
    let unshuffled = PixelUnshuffle(2)(counting([1, 2, 4, 2]))
    #expect(
      unshuffled
        == Tensor(
          shape: [1, 1, 2, 8], values: [0, 2, 8, 10, 1, 3, 9, 11, 4, 6, 12, 14, 5, 7, 13, 15]))
  }
}
