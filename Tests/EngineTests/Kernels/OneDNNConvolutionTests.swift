import Testing

@testable import Engine

/// oneDNN's convolutions against loops in double precision.
@Suite struct OneDNNConvolutionTests {
  static let shapes: [ConvolutionShape] = [
    // Odd sizes, one place, one channel.
    ConvolutionShape(batch: 1, height: 1, width: 1, inputs: 1, outputs: 1, kernel: (1, 1)),
    ConvolutionShape(
      batch: 2, height: 7, width: 5, inputs: 3, outputs: 5, kernel: (3, 3), padding: 1),
    ConvolutionShape(batch: 3, height: 6, width: 9, inputs: 17, outputs: 19, kernel: (1, 1)),
    // Strides, with and without a remainder.
    ConvolutionShape(
      batch: 2, height: 8, width: 8, inputs: 3, outputs: 16, kernel: (5, 5), stride: 2, padding: 2),
    ConvolutionShape(
      batch: 1, height: 9, width: 10, inputs: 2, outputs: 3, kernel: (3, 2), stride: 3, padding: 1),
    // Dilation.
    ConvolutionShape(
      batch: 1, height: 11, width: 9, inputs: 4, outputs: 3, kernel: (3, 3), padding: 2, dilation: 2
    ),
    ConvolutionShape(
      batch: 2, height: 12, width: 12, inputs: 16, outputs: 16, kernel: (3, 3), stride: 2,
      padding: 3, dilation: 3),
    // Groups.
    ConvolutionShape(
      batch: 2, height: 5, width: 6, inputs: 6, outputs: 4, kernel: (3, 3), padding: 1, groups: 2),
    ConvolutionShape(
      batch: 1, height: 6, width: 6, inputs: 32, outputs: 64, kernel: (3, 3), padding: 1, groups: 2),
    // Depthwise, with one and with two outputs an input.
    ConvolutionShape(
      batch: 2, height: 7, width: 7, inputs: 5, outputs: 5, kernel: (3, 3), padding: 1, groups: 5),
    ConvolutionShape(
      batch: 2, height: 8, width: 7, inputs: 32, outputs: 32, kernel: (5, 5), stride: 2, padding: 2,
      groups: 32),
    ConvolutionShape(
      batch: 1, height: 5, width: 5, inputs: 3, outputs: 6, kernel: (3, 3), dilation: 2, groups: 3),
  ]

  @Test(arguments: shapes)
  func forwardMatchesLoops(shape: ConvolutionShape) throws {
    let convolution = try OneDNNConvolution(shape)
    let (x, weight) = (random(shape.inputShape, seed: 1), random(shape.weightShape, seed: 2))
    let bias = random([shape.outputs], seed: 3)
    var plain = [Double](repeating: 0, count: shape.outputShape.reduce(1, *))
    let (xs, ws, bs) = (x.values, weight.values, bias.values)
    each(shape) { plain[$1] += Double(xs[$0]) * Double(ws[$2]) }
    expect(
      convolution.forward(x: x, weight: weight, bias: nil, slope: nil), shape.outputShape, plain)
    let biased = plain.enumerated().map { $1 + Double(bs[$0 % shape.outputs]) }
    expect(
      convolution.forward(x: x, weight: weight, bias: bias, slope: nil), shape.outputShape, biased)
    let leaky = biased.map { $0 > 0 ? $0 : Double(Float(0.1)) * $0 }
    expect(
      convolution.forward(x: x, weight: weight, bias: bias, slope: 0.1), shape.outputShape, leaky)
  }

  @Test(arguments: shapes)
  func backwardMatchesLoops(shape: ConvolutionShape) throws {
    let convolution = try OneDNNConvolution(shape)
    let (x, weight) = (random(shape.inputShape, seed: 1), random(shape.weightShape, seed: 2))
    let dy = random(shape.outputShape, seed: 3)
    var weightGradient = random(shape.weightShape, seed: 4)
    var biasGradient: Tensor? = random([shape.outputs], seed: 5)
    // Gradients are added to what is there.
    var byWeight = weightGradient.values.map(Double.init)
    var byBias = biasGradient?.values.map(Double.init) ?? []
    var byInput = [Double](repeating: 0, count: x.count)
    let (xs, ws, dys) = (x.values, weight.values, dy.values)
    each(shape) { input, output, tap in
      byInput[input] += Double(dys[output]) * Double(ws[tap])
      byWeight[tap] += Double(dys[output]) * Double(xs[input])
    }
    for (index, dy) in dys.enumerated() { byBias[index % shape.outputs] += Double(dy) }

    expect(convolution.backwardData(dy: dy, weight: weight), shape.inputShape, byInput)
    convolution.backwardWeights(x: x, dy: dy, into: &weightGradient, bias: &biasGradient)
    expect(weightGradient, shape.weightShape, byWeight)
    expect(try #require(biasGradient), [shape.outputs], byBias)
    var noBias: Tensor?
    var again = Tensor(zeros: shape.weightShape)
    convolution.backwardWeights(x: x, dy: dy, into: &again, bias: &noBias)
    let start = random(shape.weightShape, seed: 4).values
    expect(again, shape.weightShape, zip(byWeight, start).map { $0 - Double($1) })
  }

  @Test func theLibraryIsTheOneThatItWasBuiltFor() {
    #expect(OneDNN.version.major == OneDNN.builtFor.major)
    #expect(OneDNN.version.major >= 2)
  }

  @Test func bfloat16IsWidenedAndRounded() throws {
    let shape = Self.shapes[1]
    let convolution = try OneDNNConvolution(shape)
    let x = random(shape.inputShape, seed: 1).converted(to: .bfloat16)
    let weight = random(shape.weightShape, seed: 2)
    let y = convolution.forward(x: x, weight: weight, bias: nil, slope: nil)
    let exact = convolution.forward(
      x: x.converted(to: .float32), weight: weight, bias: nil, slope: nil)
    #expect(y.precision == .bfloat16)
    #expect(y == exact.converted(to: .bfloat16))
    #expect(convolution.backwardData(dy: y, weight: weight).precision == .bfloat16)
  }

  @Test func oneConvolutionIsKeptForEachShape() throws {
    let shape = Self.shapes[3]
    #expect(try OneDNNConvolution.shared(shape) === OneDNNConvolution.shared(shape))
    #expect(try OneDNNConvolution.shared(shape) !== OneDNNConvolution.shared(Self.shapes[4]))
  }

  /// Each product of the sum: the indices of the input, the output and the weight.
  private func each(_ s: ConvolutionShape, _ body: (_ x: Int, _ y: Int, _ w: Int) -> Void) {
    let out = s.outputShape
    let (perGroup, outputsPerGroup) = (s.inputs / s.groups, s.outputs / s.groups)
    for y in 0..<out[0] * out[1] * out[2] * out[3] {
      let (o, column) = (y % out[3], y / out[3] % out[2])
      let (row, n) = (y / out[3] / out[2] % out[1], y / out[3] / out[2] / out[1])
      for w in o * perGroup * s.kernelHeight * s.kernelWidth..<(o + 1) * perGroup * s.kernelHeight
        * s.kernelWidth
      {
        let (kx, ky) = (w % s.kernelWidth, w / s.kernelWidth % s.kernelHeight)
        let input = o / outputsPerGroup * perGroup + w / s.kernelWidth / s.kernelHeight % perGroup
        let top = row * s.stride - s.padding + ky * s.dilation
        let left = column * s.stride - s.padding + kx * s.dilation
        guard (0..<s.height).contains(top), (0..<s.width).contains(left) else { continue }
        body(((n * s.height + top) * s.width + left) * s.inputs + input, y, w)
      }
    }
  }

  private func expect(
    _ found: Tensor, _ shape: [Int], _ expected: [Double],
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(found.shape == shape, sourceLocation: location)
    let error = zip(found.values, expected).map { abs(Double($0) - $1) }.max() ?? 0
    let scale = expected.map(abs).max() ?? 0
    #expect(error <= 1e-5 * scale, sourceLocation: location)
  }

  private func random(_ shape: [Int], seed: UInt64) -> Tensor {
    var randomness = RandomSource(seed: seed)
    return Tensor(
      shape: shape, values: (0..<shape.reduce(1, *)).map { _ in Float(randomness.normal()) })
  }
}
