import Engine
import TestSupport
import Testing

@Suite struct ResizeTests {
  static let shapes = [[1, 1, 1, 1], [2, 3, 5, 7], [1, 4, 4, 33], [3, 2, 7, 1]]
  private var resizes: [Resize] {
    Resize.Filter.allCases.flatMap { filter in
      [
        Resize(filter, scale: 2), Resize(filter, scale: 1.5), Resize(filter, scale: 0.5),
        Resize(filter, height: 5, width: 3), Resize(filter, height: 1, width: 8),
      ]
    }
  }

  @Test(arguments: shapes)
  func gradientsMatchFiniteDifferences(shape: [Int]) {
    for resize in resizes {
      #expect(gradientError(of: resize, at: .random(shape, seed: 1)) < 1e-3)
    }
  }

  @Test(arguments: shapes)
  func backwardIsTheAdjoint(shape: [Int]) {
    for resize in resizes {
      let x = Tensor.random(shape, seed: 2)
      let dy = Tensor.random(resize(x).shape, seed: 3)
      let (y, dx) = forwardAndBackward(resize, x, dy)
      #expect(abs(dot(y, dy) - dot(x, dx)) < 1e-5 * max(1, abs(dot(y, dy))))
    }
  }

  @Test func nearestMatchesPyTorch() {
    // >>> x = torch.sin(torch.arange(6.)).reshape(1, 1, 2, 3)
    let x = sines([1, 2, 3, 1])
    let v = x.values
    // >>> F.interpolate(x, size=(3, 2), mode="nearest")
    #expect(
      Resize(.nearest, height: 3, width: 2)(x)
        == Tensor(shape: [1, 3, 2, 1], values: [v[0], v[1], v[0], v[1], v[3], v[4]]))
    // >>> F.interpolate(x, scale_factor=1.5, mode="nearest")
    #expect(
      Resize(.nearest, scale: 1.5)(x)
        == Tensor(
          shape: [1, 3, 4, 1], values: [0, 0, 1, 2, 0, 0, 1, 2, 3, 3, 4, 5].map { v[$0] }))
    // >>> F.interpolate(x, scale_factor=2, mode="nearest")
    #expect(
      Resize(.nearest, scale: 2)(x)
        == Tensor(
          shape: [1, 4, 6, 1],
          values: [
            0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 3, 3, 4, 4, 5, 5,
          ].map { v[$0] }))
  }

  @Test func oddScalesMatchPyTorch() {
    // >>> x = torch.arange(7.).reshape(1, 1, 7, 1).expand(1, 1, 7, 7)
    // >>> [F.interpolate(x, scale_factor=s, mode=m)[0, 0, :, 0] for s in (1.1, .7) for m in ...]
    let x = Tensor(shape: [1, 7, 7, 1], values: (0..<49).map { Float($0 / 7) })
    func firstColumn(_ filter: Resize.Filter, _ scale: Double) -> [Float] {
      let y = Resize(filter, scale: scale)(x)
      return (0..<y.shape[1]).map { y.values[$0 * y.shape[2]] }
    }
    #expect(firstColumn(.nearest, 1.1) == [0, 1, 2, 3, 4, 5, 6])
    #expect(firstColumn(.bilinear, 1.1) == [0, 1, 2, 3, 4, 5, 6])
    #expect(firstColumn(.nearest, 0.7) == [0, 1, 2, 4])
    let expected = Tensor(shape: [4], values: [0.2142857, 1.642857, 3.071429, 4.5])
    #expect(allClose(Tensor(shape: [4], values: firstColumn(.bilinear, 0.7)), expected))
  }

  @Test func bilinearMatchesPyTorch() {
    let x = sines([1, 2, 3, 1])
    // >>> F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
    let double: [Float] = [
      0, 0.2103677, 0.6311032, 0.8584276, 0.8923408, 0.9092974, 0.03528, 0.1369357, 0.3402469,
      0.4419874, 0.4421571, 0.442242, 0.10584, -0.009928528, -0.2414656, -0.3908928, -0.4582102,
      -0.4918689, 0.14112, -0.08336063, -0.5323219, -0.8073329, -0.9083939, -0.9589243,
    ]
    #expect(
      allClose(Resize(.bilinear, scale: 2)(x), Tensor(shape: [1, 4, 6, 1], values: double)))
    // >>> F.interpolate(x, size=(3, 2), mode="bilinear", align_corners=False)
    let size: [Float] = [0.2103677, 0.8923408, 0.06350356, -0.00802654, -0.08336062, -0.9083939]
    #expect(
      allClose(
        Resize(.bilinear, height: 3, width: 2)(x), Tensor(shape: [1, 3, 2, 1], values: size)))
    // >>> F.interpolate(x, scale_factor=1.5, mode="bilinear", align_corners=False)
    let scaled: [Float] = [
      0, 0.4207355, 0.8527754, 0.897993, 0.07056, 0.05644712, 0.03114296, -0.01362216, 0.14112,
      -0.3078413, -0.7904895, -0.9252374,
    ]
    #expect(
      allClose(Resize(.bilinear, scale: 1.5)(x), Tensor(shape: [1, 3, 4, 1], values: scaled)))
  }

  @Test func bfloat16IsCloseToFloat32() {
    let x = Tensor.random([2, 4, 6, 9], seed: 5)
    for resize in resizes { #expect(agreesInBfloat16(resize, at: x)) }
  }

  private func dot(_ a: Tensor, _ b: Tensor) -> Double {
    zip(a.values, b.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
