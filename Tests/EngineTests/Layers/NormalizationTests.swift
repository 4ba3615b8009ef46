import Engine
import TestSupport
import Testing

@Suite struct NormalizationTests {
  static let shapes = [[1, 3, 3, 1], [2, 3, 5, 7], [3, 1, 6, 33], [2, 12, 13, 3]]

  /// Gives the parameters other values than 1 and 0, so that mistakes show.
  private func stirred<L: Layer>(_ layer: L) -> L {
    for (key, entry) in layer.parameters.enumerated() where entry.parameter.isTrainable {
      let shape = entry.parameter.value.shape
      entry.parameter.value = .random(shape, in: 0.5...1.5, seed: UInt64(key + 20))
    }
    return layer
  }

  @Test(arguments: shapes)
  func gradientsMatchFiniteDifferences(shape: [Int]) {
    let x = Tensor.random(shape, in: -2...3, seed: 1)
    let channels = shape[3]
    #expect(gradientError(of: stirred(BatchNorm(channels: channels)), at: x) < 3e-3)
    #expect(gradientError(of: InstanceNorm(channels: channels), at: x) < 3e-3)
    #expect(
      gradientError(of: stirred(InstanceNorm(channels: channels, affine: true)), at: x) < 3e-3)
    if channels > 2 {
      #expect(gradientError(of: stirred(LayerNorm(channels: channels)), at: x) < 3e-3)
    }
  }

  @Test func batchNormMatchesPyTorch() {
    // >>> x = torch.sin(torch.arange(16.)).reshape(2, 2, 2, 2).permute(0, 3, 1, 2)
    // >>> dy = torch.cos(torch.arange(16.)).reshape(2, 2, 2, 2).permute(0, 3, 1, 2)
    // >>> bn = torch.nn.BatchNorm2d(2)
    // >>> bn.weight[:], bn.bias[:] = torch.tensor([.5, 2.]), torch.tensor([.1, -.2])
    let x = sines([2, 2, 2, 2])
    let layer = BatchNorm(channels: 2)
    layer.gain.value = Tensor(shape: [2], values: [0.5, 2])
    layer.shift.value = Tensor(shape: [2], values: [0.1, -0.2])
    let (y, dx) = forwardAndBackward(layer, x, cosines([2, 2, 2, 2]))
    // >>> y = bn(x); y.permute(0, 2, 3, 1).flatten()
    expectClose(
      y,
      [
        0.0312687, 1.852774, 0.6785299, -0.2126356, -0.5074427, -3.456784, -0.1676264, 1.30871,
        0.7355192, 0.5865679, -0.3559795, -3.577891, -0.3506776, 0.6103039, 0.7364084, 1.288955,
      ])
    // >>> y.backward(dy); x.grad.permute(0, 2, 3, 1).flatten()
    expectClose(
      dx,
      [
        0.6287343, 1.617166, -0.3395641, -2.856288, -0.5814562, 0.9619753, 0.5881674, 2.257513,
        -0.1434108, -2.639018, -0.7041465, 0.1407961, 0.4941285, 2.723705, 0.05754748, -2.205848,
      ])
    // >>> bn.weight.grad, bn.bias.grad, bn.running_mean, bn.running_var
    expectClose(layer.gain.gradient, [-0.3451094, 0.1038864])
    expectClose(layer.shift.gradient, [0.8863994, -0.1710715])
    expectClose(layer.runningMean.value, [0.009655638, 0.01454046])
    expectClose(layer.runningVariance.value, [0.9563866, 0.9525607])
    // >>> bn.eval()(x).permute(0, 2, 3, 1).flatten()
    expectClose(
      layer(x),
      [
        0.09506336, 1.494534, 0.5599606, 0.05938504, -0.2918677, -2.19481, -0.04779363, 1.116492,
        0.6008934, 0.6147113, -0.1830788, -2.278962, -0.1792707, 0.6312043, 0.601532, 1.102765,
      ])
  }

  @Test(arguments: [Activation.relu, .leakyReLU(0.2), .relu6, .silu], shapes + [[1, 40, 40, 40]])
  func anActivationRidesOnBatchNorm(activation: Activation, shape: [Int]) {
    let x = Tensor.random(shape, in: -2...3, seed: 1)
    let fused = stirred(BatchNorm(channels: shape[3], activation: activation))
    let (plain, activate) = (stirred(BatchNorm(channels: shape[3])), Activate(activation))
    if activation == .relu6 {
      // So that some values are above six.
      for layer in [fused, plain] {
        layer.gain.value = .random([shape[3]], in: 4...6, seed: 22)
      }
    }
    for mode in [Saved.Mode.training, .evaluation] {
      var (saved, twin) = (Saved(mode), Saved(mode))
      let y = fused.forward(x, saving: &saved)
      let split = activate.forward(plain.forward(x, saving: &twin), saving: &twin)
      #expect(allClose(y, split, tolerance: 1e-4))
      let dy = Tensor.random(shape, seed: 2)
      let dx = plain.backward(activate.backward(dy, from: &twin), from: &twin)
      #expect(allClose(fused.backward(dy, from: &saved), dx, tolerance: 1e-3))
    }
    #expect(allClose(fused.gain.gradient, plain.gain.gradient, tolerance: 2e-3))
    #expect(allClose(fused.shift.gradient, plain.shift.gradient, tolerance: 2e-3))
  }

  @Test(arguments: shapes)
  func gradientsPassTheActivationToo(shape: [Int]) {
    let x = Tensor.random(shape, in: -2...3, seed: 1)
    let layer = stirred(BatchNorm(channels: shape[3], activation: .silu))
    #expect(gradientError(of: layer, at: x) < 5e-3)
  }

  @Test func evaluationPassesGradientsButNoStatistics() {
    let layer = stirred(BatchNorm(channels: 3))
    layer.runningVariance.value = Tensor(shape: [3], values: [4, 1, 0.25])
    let before = (layer.runningMean.value, layer.runningVariance.value)
    let x = Tensor.random([2, 3, 3, 3], seed: 6)
    let dy = Tensor.random([2, 3, 3, 3], seed: 7)
    let (y, dx) = forwardAndBackward(layer, x, dy, mode: .evaluation)
    #expect(y == layer(x))
    #expect(layer.runningMean.value == before.0 && layer.runningVariance.value == before.1)
    let gain = layer.gain.value.values
    let expected = dy.values.enumerated().map { index, value in
      value * gain[index % 3] * [0.5, 1, 2][index % 3]
    }
    #expect(allClose(dx, Tensor(shape: x.shape, values: expected), tolerance: 1e-4))
  }

  @Test func runningStatisticsAreSavedButNotTrained() {
    let parameters = BatchNorm(channels: 2).parameters
    #expect(parameters.map(\.name) == ["weight", "bias", "running_mean", "running_var"])
    #expect(parameters.map(\.parameter.isTrainable) == [true, true, false, false])
  }

  @Test func instanceNormMatchesPyTorch() {
    // x, dy, weight and bias as for the batch norm
    // >>> y = torch.nn.InstanceNorm2d(2, affine=True)(x); y.backward(dy)
    let layer = InstanceNorm(channels: 2, affine: true)
    layer.gain?.value = Tensor(shape: [2], values: [0.5, 2])
    layer.shift?.value = Tensor(shape: [2], values: [0.1, -0.2])
    let (y, dx) = forwardAndBackward(layer, sines([2, 2, 2, 2]), cosines([2, 2, 2, 2]))
    expectClose(
      y,
      [
        0.1261381, 1.716373, 0.8751827, -0.2829096, -0.497287, -3.423192, -0.1040338, 1.189728,
        0.5995846, 0.691304, -0.4024262, -3.62683, -0.3975591, 0.7159159, 0.6004008, 1.41961,
      ])
    expectClose(
      dx,
      [
        0.6425917, 0.6951352, -0.4610719, -3.227164, -0.7719717, 1.109592, 0.5904519, 1.422437,
        -0.09359268, -1.997042, -0.5484952, -0.2095561, 0.5512469, 3.569815, 0.09084105,
        -1.363217,
      ])
    #expect(layer.gain.map { allClose($0.gradient, [-0.2090157, 0.01220453]) } == true)
  }

  @Test func layerNormMatchesPyTorch() {
    // >>> x = torch.sin(torch.arange(6.)).reshape(2, 3); dy = torch.cos(torch.arange(6.))...
    // >>> l = torch.nn.LayerNorm(3); l.weight[:], l.bias[:] = [.5, 2, -1], [.1, -.2, .3]
    let layer = LayerNorm(channels: 3)
    layer.gain.value = Tensor(shape: [3], values: [0.5, 2, -1])
    layer.shift.value = Tensor(shape: [3], values: [0.1, -0.2, 0.3])
    let (y, dx) = forwardAndBackward(layer, sines([2, 3]), cosines([2, 3]))
    expectClose(y, [-0.6054996, 1.047009, -0.4874948, 0.7964804, -1.170209, 1.207856])
    expectClose(dx, [-0.06377327, 0.8547064, -0.7909335, 0.2226267, -1.211599, 0.9889727])
    expectClose(layer.gain.gradient, [-2.79002, 0.6539665, -0.585238])
    expectClose(layer.shift.gradient, [0.0100075, -0.1133413, -0.1324846])
  }

  @Test func largeOffsetsCostNoPrecision() {
    let x = Tensor.random([4, 8, 8, 3], in: 999...1001, seed: 8)
    let exact = Tensor(shape: x.shape, values: x.values.map { $0 - 1000 })
    #expect(
      allClose(
        InstanceNorm(channels: 3)(x), InstanceNorm(channels: 3)(exact), tolerance: 1e-3))
  }

  @Test func oneThreadAndManyGiveTheSameBits() {
    let x = Tensor.random([3, 20, 21, 19], seed: 9)
    let dy = Tensor.random(x.shape, seed: 10)
    func run(_ threads: Int) -> [Tensor] {
      ThreadPool.with(threads: threads) {
        let layer = BatchNorm(channels: 19)
        let (y, dx) = forwardAndBackward(layer, x, dy)
        return [y, dx, layer.gain.gradient, layer.shift.gradient, layer.runningVariance.value]
      }
    }
    #expect(run(1) == run(3))
  }

  @Test func bfloat16IsCloseToFloat32() {
    let x = Tensor.random([2, 4, 4, 9], in: -2...3, seed: 5)
    #expect(agreesInBfloat16(BatchNorm(channels: 9), at: x))
    #expect(agreesInBfloat16(InstanceNorm(channels: 9, affine: true), at: x))
    #expect(agreesInBfloat16(LayerNorm(channels: 9), at: x))
  }

  private func allClose(_ left: Tensor, _ right: [Float]) -> Bool {
    TestSupport.allClose(left, Tensor(shape: left.shape, values: right), tolerance: 2e-5)
  }

  private func allClose(_ left: Tensor, _ right: Tensor, tolerance: Float) -> Bool {
    TestSupport.allClose(left, right, tolerance: tolerance)
  }

  private func expectClose(
    _ left: Tensor, _ right: [Float], location: SourceLocation = #_sourceLocation
  ) {
    #expect(allClose(left, right), "\(left.values)", sourceLocation: location)
  }
}
