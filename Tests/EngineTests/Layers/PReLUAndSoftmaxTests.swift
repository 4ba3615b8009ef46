import Engine
import TestSupport
import Testing

@Suite struct PReLUAndSoftmaxTests {
  static let shapes = [[1, 1, 1, 1], [2, 3, 5, 7], [1, 18, 17, 5], [6, 33]]

  @Test(arguments: shapes)
  func gradientsMatchFiniteDifferences(shape: [Int]) {
    let prelu = PReLU(channels: shape[shape.count - 1])
    #expect(gradientError(of: prelu, at: .randomAwayFromZero(shape, seed: 1)) < 1e-3)
    #expect(gradientError(of: Softmax(), at: .random(shape, in: -2...2, seed: 1)) < 3e-3)
  }

  @Test func forwardMatchesPyTorch() {
    // >>> x = torch.sin(torch.arange(6.)).reshape(2, 3)
    let x = sines([2, 3])
    // >>> F.softmax(x, -1)
    let shares: [Float] = [0.1723438, 0.3997992, 0.427857, 0.574623, 0.2341101, 0.1912669]
    #expect(allClose(Softmax()(x), Tensor(shape: [2, 3], values: shares), tolerance: 1e-6))
    // >>> F.prelu(x, torch.tensor([.1, .2, .3]))
    let prelu = PReLU(channels: 3)
    prelu.slope.value = Tensor(shape: [3], values: [0.1, 0.2, 0.3])
    let values: [Float] = [0, 0.841471, 0.9092974, 0.14112, -0.1513605, -0.2876773]
    #expect(allClose(prelu(x), Tensor(shape: [2, 3], values: values), tolerance: 1e-6))
  }

  @Test func softmaxBearsLargeScores() {
    let y = Softmax()(Tensor(shape: [1, 3], values: [1000, 1000, -1000]))
    #expect(y.values == [0.5, 0.5, 0])
  }

  @Test func bfloat16IsCloseToFloat32() {
    let x = Tensor.random([2, 3, 5, 7], seed: 4)
    #expect(agreesInBfloat16(PReLU(channels: 7), at: x))
    #expect(agreesInBfloat16(Softmax(), at: x))
  }
}
