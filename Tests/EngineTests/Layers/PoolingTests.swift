import Engine
import TestSupport
import Testing

@Suite struct PoolingTests {
  /// A shape, and kernel, stride and padding.
  static let cases: [([Int], [Int])] = [
    ([1, 2, 2, 1], [2, 2, 0]), ([2, 5, 7, 3], [3, 2, 1]), ([1, 4, 5, 70], [2, 1, 1]),
    ([3, 6, 6, 17], [3, 3, 0]), ([2, 3, 3, 1], [3, 1, 1]),
  ]

  /// The values under each window, in order, `nil` outside the image.
  private func windows(_ x: Tensor, _ settings: [Int]) -> (shape: [Int], values: [[Float?]]) {
    let (kernel, stride, padding) = (settings[0], settings[1], settings[2])
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    let rows = (height + 2 * padding - kernel) / stride + 1
    let columns = (width + 2 * padding - kernel) / stride + 1
    let source = x.values
    var values: [[Float?]] = []
    for index in 0..<x.shape[0] * rows * columns * channels {
      let c = index % channels
      let column = index / channels % columns
      let row = index / channels / columns % rows
      let n = index / channels / columns / rows
      values.append(
        (0..<kernel * kernel).map { k in
          let (i, j) = (row * stride - padding + k / kernel, column * stride - padding + k % kernel)
          guard (0..<height).contains(i), (0..<width).contains(j) else { return nil }
          return source[((n * height + i) * width + j) * channels + c]
        })
    }
    return ([x.shape[0], rows, columns, channels], values)
  }

  @Test(arguments: cases)
  func forwardMatchesItsNaiveTwin(shape: [Int], settings: [Int]) {
    let x = Tensor.random(shape, seed: 1)
    let (outputShape, values) = windows(x, settings)
    let largest = MaxPool(settings[0], stride: settings[1], padding: settings[2])(x)
    #expect(
      largest
        == Tensor(
          shape: outputShape,
          values: values.map { $0.compactMap { $0 }.max() ?? -.infinity }))
    let mean = AveragePool(settings[0], stride: settings[1], padding: settings[2])(x)
    let means = values.map { $0.reduce(0) { $0 + ($1 ?? 0) } / Float($0.count) }
    #expect(allClose(mean, Tensor(shape: outputShape, values: means), tolerance: 1e-6))
  }

  @Test(arguments: cases)
  func gradientsMatchFiniteDifferences(shape: [Int], settings: [Int]) {
    let largest = MaxPool(settings[0], stride: settings[1], padding: settings[2])
    #expect(gradientError(of: largest, at: .randomDistinct(shape, seed: 2)) < 2e-3)
    let mean = AveragePool(settings[0], stride: settings[1], padding: settings[2])
    #expect(gradientError(of: mean, at: .random(shape, seed: 2)) < 1e-3)
    #expect(gradientError(of: GlobalAveragePool(), at: .random(shape, seed: 2)) < 1e-3)
  }

  @Test func forwardMatchesPyTorch() {
    // >>> x = torch.sin(torch.arange(16.)).reshape(1, 1, 4, 4)
    let x = sines([1, 4, 4, 1])
    // >>> F.max_pool2d(x, 2)
    #expect(
      allClose(
        MaxPool(2)(x),
        Tensor(shape: [1, 2, 2, 1], values: [0.841471, 0.9092974, 0.9893582, 0.9906074])))
    // >>> F.avg_pool2d(x, 3, 2, 1)
    #expect(
      allClose(
        AveragePool(3, stride: 2, padding: 1)(x),
        Tensor(
          shape: [1, 2, 2, 1], values: [-0.09713954, 0.145615, -0.04785067, 0.03864624])))
    // >>> torch.sin(torch.arange(16.)).reshape(2, 2, 2, 2).mean((1, 2))
    #expect(
      allClose(
        GlobalAveragePool()(sines([2, 2, 2, 2])),
        Tensor(shape: [2, 2], values: [-0.03173015, 0.1701633, 0.2248429, 0.1206458])))
  }

  @Test func theFirstOfEqualMaximaGetsTheGradient() {
    let x = Tensor(zeros: [1, 2, 2, 1])
    let (y, dx) = forwardAndBackward(MaxPool(2), x, Tensor(shape: [1, 1, 1, 1], values: [3]))
    #expect(y.values == [0])
    #expect(dx.values == [3, 0, 0, 0])
  }

  @Test func bfloat16IsCloseToFloat32() {
    let x = Tensor.randomDistinct([2, 4, 4, 3], seed: 4)
    #expect(agreesInBfloat16(MaxPool(2), at: x))
    #expect(agreesInBfloat16(AveragePool(2), at: x))
    #expect(agreesInBfloat16(GlobalAveragePool(), at: x))
  }
}
