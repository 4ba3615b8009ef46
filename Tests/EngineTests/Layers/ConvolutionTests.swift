import TestSupport
import Testing

@testable import Engine

/// A convolution by its definition, in loops: the twin of every fast one.
private func naiveConvolution(
  _ x: Tensor, weight: Tensor, bias: Tensor, stride: Int, padding: Int, after: Int? = nil,
  dilation: Int, groups: Int
) -> Tensor {
  let (n, h, w, inputs) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
  let (outputs, kernel) = (weight.shape[0], weight.shape[2])
  let around = padding + (after ?? padding)
  let rows = (h + around - dilation * (kernel - 1) - 1) / stride + 1
  let columns = (w + around - dilation * (kernel - 1) - 1) / stride + 1
  let (xs, ws, bs) = (x.values, weight.values, bias.values)
  let (share, part) = (inputs / groups, outputs / groups)
  var y: [Float] = []
  for image in 0..<n {
    for row in 0..<rows {
      for column in 0..<columns {
        for o in 0..<outputs {
          var sum = Double(bs[o])
          for i in 0..<share {
            for u in 0..<kernel {
              for v in 0..<kernel {
                let (r, c) = (
                  row * stride - padding + u * dilation, column * stride - padding + v * dilation
                )
                guard (0..<h).contains(r), (0..<w).contains(c) else { continue }
                let channel = o / part * share + i
                sum +=
                  Double(xs[((image * h + r) * w + c) * inputs + channel])
                  * Double(ws[((o * share + i) * kernel + u) * kernel + v])
              }
            }
          }
          y.append(Float(sum))
        }
      }
    }
  }
  return Tensor(shape: [n, rows, columns, outputs], values: y)
}

/// One convolution among those that the tests go through.
struct ConvolutionCase: CustomTestStringConvertible, Sendable {
  var shape: [Int]
  var outputs: Int
  var kernel: Int
  var stride = 1
  var padding: Int?
  var dilation = 1
  var groups = 1
  var isSame = false

  var testDescription: String {
    "\(shape) to \(outputs), \(kernel)x\(kernel) / \(stride), padding \(isSame ? "same" : "\(padding ?? -1)"), "
      + "dilation \(dilation), groups \(groups)"
  }

  func layer(_ activation: Activation = .identity, seed: UInt64 = 1) -> Conv2D {
    var randomness = RandomSource(seed: seed)
    let layer = Conv2D(
      inputs: shape[3], outputs: outputs, kernel: kernel, stride: stride,
      padding: isSame ? .same : padding.map { .even($0) }, dilation: dilation, groups: groups,
      activation: activation, randomness: &randomness)
    layer.parameters[1].parameter.plain = .random([outputs], seed: seed &+ 1)
    return layer
  }

  func naive(_ x: Tensor, _ layer: Conv2D) -> Tensor {
    let windows = (shape[1] + stride - 1) / stride
    let same = (windows - 1) * stride + kernel - shape[1]
    return naiveConvolution(
      x, weight: layer.parameters[0].parameter.plain, bias: layer.parameters[1].parameter.plain,
      stride: stride, padding: isSame ? same / 2 : padding ?? dilation * (kernel - 1) / 2,
      after: isSame ? same - same / 2 : nil, dilation: dilation, groups: groups)
  }
}

private let winograd = [
  ConvolutionCase(shape: [1, 1, 1, 16], outputs: 16, kernel: 3),
  ConvolutionCase(shape: [1, 4, 4, 16], outputs: 32, kernel: 3),
  ConvolutionCase(shape: [3, 9, 7, 32], outputs: 48, kernel: 3),
  ConvolutionCase(shape: [2, 16, 16, 80], outputs: 16, kernel: 3),
  ConvolutionCase(shape: [6, 8, 8, 32], outputs: 16, kernel: 5, stride: 2),
  ConvolutionCase(shape: [3, 13, 11, 32], outputs: 32, kernel: 5, stride: 2),
  ConvolutionCase(shape: [9, 1, 3, 16], outputs: 16, kernel: 5, stride: 2),
  ConvolutionCase(shape: [2, 9, 8, 16], outputs: 12, kernel: 3),
  ConvolutionCase(shape: [6, 6, 5, 16], outputs: 25, kernel: 5, stride: 2),
]
private let others = [
  ConvolutionCase(shape: [2, 8, 8, 3], outputs: 16, kernel: 5, stride: 2),
  ConvolutionCase(shape: [1, 5, 7, 1], outputs: 1, kernel: 3),
  ConvolutionCase(shape: [2, 6, 6, 20], outputs: 9, kernel: 1),
  ConvolutionCase(shape: [1, 9, 9, 5], outputs: 7, kernel: 3, padding: 0, dilation: 2),
  ConvolutionCase(shape: [1, 10, 7, 4], outputs: 6, kernel: 4, stride: 2, padding: 1),
  // More taps than direct convolution takes: im2col.
  ConvolutionCase(shape: [1, 10, 9, 2], outputs: 3, kernel: 9),
  // Few outputs: space to depth.
  ConvolutionCase(shape: [1, 8, 6, 16], outputs: 3, kernel: 5),
  ConvolutionCase(shape: [2, 10, 8, 8], outputs: 1, kernel: 3),
]
/// Direct convolution: 1x1, strides, dilation, panels that are cut short, more places than one block, places
/// that see nothing but padding through a tap, one tile.
private let direct = [
  ConvolutionCase(shape: [2, 7, 5, 24], outputs: 40, kernel: 1),
  ConvolutionCase(shape: [3, 8, 8, 16], outputs: 9, kernel: 1, stride: 2, padding: 0),
  ConvolutionCase(shape: [2, 9, 8, 8], outputs: 20, kernel: 3, stride: 2),
  ConvolutionCase(shape: [1, 8, 7, 12], outputs: 5, kernel: 3, dilation: 2),
  ConvolutionCase(shape: [1, 6, 5, 9], outputs: 17, kernel: 5),
  ConvolutionCase(shape: [1, 3, 2, 300], outputs: 16, kernel: 3, stride: 3, padding: 2),
  ConvolutionCase(shape: [2, 4, 3, 260], outputs: 20, kernel: 3, stride: 2),
  ConvolutionCase(shape: [1, 4, 4, 272], outputs: 24, kernel: 3),
]
/// Large enough for tiles: one tap and several, strides, runs of few channels, panels and depths that are cut
/// short, an odd number of panels, more than one block of positions, more depth than is split at once.
private let tiled = [
  ConvolutionCase(shape: [2, 7, 8, 40], outputs: 48, kernel: 1),
  ConvolutionCase(shape: [1, 10, 11, 32], outputs: 33, kernel: 1),
  ConvolutionCase(shape: [2, 12, 13, 35], outputs: 64, kernel: 1, stride: 2, padding: 0),
  ConvolutionCase(shape: [1, 18, 17, 3], outputs: 32, kernel: 5, stride: 2),
  ConvolutionCase(shape: [2, 7, 7, 24], outputs: 40, kernel: 3),
  ConvolutionCase(shape: [1, 9, 9, 64], outputs: 50, kernel: 3, dilation: 2),
  ConvolutionCase(shape: [1, 16, 17, 33], outputs: 32, kernel: 3, stride: 2),
  ConvolutionCase(shape: [1, 8, 9, 48], outputs: 32, kernel: 5),
]
/// Few channels and wide rows: dilation, paddings up to the kernel's reach, more rows than a band, a row that
/// ends within a vector.
private let narrow = [
  ConvolutionCase(shape: [2, 5, 19, 3], outputs: 4, kernel: 3),
  ConvolutionCase(shape: [1, 18, 33, 8], outputs: 8, kernel: 5),
  ConvolutionCase(shape: [3, 7, 16, 2], outputs: 2, kernel: 3, dilation: 3),
  ConvolutionCase(shape: [1, 4, 40, 11], outputs: 4, kernel: 1),
  ConvolutionCase(shape: [2, 8, 20, 13], outputs: 7, kernel: 3, padding: 0),
  ConvolutionCase(shape: [1, 6, 17, 1], outputs: 5, kernel: 3, padding: 2),
  ConvolutionCase(shape: [2, 17, 17, 4], outputs: 1, kernel: 4, isSame: true),
]
private let depthwise = [
  ConvolutionCase(shape: [2, 7, 9, 32], outputs: 32, kernel: 3, groups: 32),
  ConvolutionCase(shape: [2, 8, 7, 24], outputs: 24, kernel: 3, stride: 2, groups: 24),
  ConvolutionCase(shape: [1, 9, 10, 40], outputs: 40, kernel: 5, groups: 40),
  ConvolutionCase(shape: [2, 9, 7, 17], outputs: 17, kernel: 5, stride: 2, groups: 17),
  ConvolutionCase(shape: [1, 2, 2, 20], outputs: 20, kernel: 5, groups: 20),
  ConvolutionCase(shape: [2, 12, 11, 24], outputs: 24, kernel: 7, groups: 24),
  ConvolutionCase(shape: [1, 9, 13, 18], outputs: 18, kernel: 7, stride: 2, groups: 18),
  ConvolutionCase(shape: [2, 5, 6, 5], outputs: 5, kernel: 3, padding: 0, groups: 5),
]
/// Groups of as many inputs as outputs, in blocks: several groups a block, one, and one of two panels; by
/// Winograd and directly.
private let blocks = [
  ConvolutionCase(shape: [2, 9, 7, 32], outputs: 32, kernel: 3, groups: 8),
  ConvolutionCase(shape: [1, 8, 8, 32], outputs: 32, kernel: 3, groups: 4),
  ConvolutionCase(shape: [2, 8, 6, 48], outputs: 48, kernel: 3, groups: 3),
  ConvolutionCase(shape: [1, 10, 8, 64], outputs: 64, kernel: 3, groups: 2),
  ConvolutionCase(shape: [1, 3, 4, 32], outputs: 32, kernel: 3, groups: 8),
  ConvolutionCase(shape: [2, 8, 8, 32], outputs: 32, kernel: 3, stride: 2, groups: 4),
  ConvolutionCase(shape: [1, 7, 8, 64], outputs: 64, kernel: 3, stride: 2, groups: 2),
  ConvolutionCase(shape: [2, 5, 4, 32], outputs: 32, kernel: 1, groups: 8),
  ConvolutionCase(shape: [1, 9, 8, 16], outputs: 16, kernel: 3, dilation: 2, groups: 4),
  ConvolutionCase(
    shape: [1, 8, 8, 32], outputs: 32, kernel: 5, stride: 2, groups: 2, isSame: true),
]
private let grouped = [
  ConvolutionCase(shape: [2, 7, 5, 8], outputs: 12, kernel: 3, groups: 4),
  ConvolutionCase(shape: [1, 9, 9, 6], outputs: 6, kernel: 3, stride: 2, groups: 6),
  ConvolutionCase(shape: [1, 9, 8, 16], outputs: 16, kernel: 5, dilation: 2, groups: 16),
]
/// TensorFlow's padding, by each algorithm: at stride 2 one more zero after an even row than before.
private let same = [
  ConvolutionCase(shape: [2, 8, 8, 3], outputs: 16, kernel: 3, stride: 2, isSame: true),
  ConvolutionCase(shape: [1, 9, 9, 3], outputs: 16, kernel: 3, stride: 2, isSame: true),
  ConvolutionCase(shape: [2, 8, 8, 12], outputs: 20, kernel: 3, stride: 2, isSame: true),
  ConvolutionCase(shape: [2, 8, 8, 16], outputs: 16, kernel: 5, stride: 2, isSame: true),
  ConvolutionCase(shape: [1, 6, 5, 16], outputs: 16, kernel: 3, isSame: true),
  ConvolutionCase(shape: [1, 10, 10, 2], outputs: 3, kernel: 9, stride: 2, isSame: true),
  ConvolutionCase(
    shape: [2, 8, 8, 24], outputs: 24, kernel: 3, stride: 2, groups: 24, isSame: true),
  ConvolutionCase(
    shape: [1, 14, 14, 40], outputs: 40, kernel: 5, stride: 2, groups: 40, isSame: true),
  ConvolutionCase(
    shape: [1, 7, 7, 17], outputs: 17, kernel: 5, stride: 2, groups: 17, isSame: true),
  ConvolutionCase(shape: [2, 8, 8, 6], outputs: 9, kernel: 3, stride: 2, groups: 3, isSame: true),
]

@Test(
  arguments: winograd + others + direct + tiled + narrow + depthwise + blocks + grouped + same)
func convolutionMatchesItsNaiveTwin(_ convolution: ConvolutionCase) {
  let layer = convolution.layer()
  let x = Tensor.random(convolution.shape, seed: 7)
  #expect(allClose(layer(x), convolution.naive(x, layer), tolerance: 2e-4))
}

@Test(
  arguments: winograd + others + direct + tiled + narrow + depthwise + blocks + grouped + same)
func convolutionGradientsMatchFiniteDifferences(_ convolution: ConvolutionCase) {
  let x = Tensor.random(convolution.shape, seed: 7)
  // Linear in its input and in its weights: a long step is exact, and drowns rounding.
  #expect(gradientError(of: convolution.layer(), at: x, step: 0.5) < 1e-3)
}

@Test(
  arguments: [2, 5, 7, 8].map { winograd[$0] } + [
    others[0], others[6], direct[2], tiled[4], narrow[1], depthwise[1], blocks[0], blocks[6],
  ])
func activationRidesOnAConvolution(_ convolution: ConvolutionCase) {
  let x = Tensor.random(convolution.shape, seed: 3)
  let (fused, plain) = (convolution.layer(.leakyReLU(0.1)), convolution.layer())
  var (saved, twin) = (Saved(.training), Saved(.training))
  let y = fused.forward(x, saving: &saved)
  let activate = Activate(.leakyReLU(0.1))
  let split = activate.forward(plain.forward(x, saving: &twin), saving: &twin)
  #expect(allClose(y, split, tolerance: 1e-5))

  let dy = Tensor.random(y.shape, seed: 4)
  let dx = plain.backward(activate.backward(dy, from: &twin), from: &twin)
  #expect(allClose(fused.backward(dy, from: &saved), dx, tolerance: 1e-4))
  for (one, other) in zip(fused.parameters, plain.parameters) {
    #expect(
      allClose(one.parameter.plainGradient, other.parameter.plainGradient, tolerance: 1e-4),
      "\(one.name)")
  }
}

@Test(arguments: [winograd[2], others[0], others[6], direct[0], direct[2], tiled[1], depthwise[1]])
func aSumRidesOnAConvolution(_ convolution: ConvolutionCase) {
  let layer = convolution.layer()
  let x = Tensor.random(convolution.shape, seed: 3)
  let y = layer(x)
  let addend = Tensor.random(y.shape, seed: 5)
  for activation in [Activation.identity, .relu, .leakyReLU(0.1)] {
    let split = Activate(activation)(Residual(layer, shortcut: Constant(value: addend))(x))
    #expect(allClose(layer(x, adding: addend, activation), split, tolerance: 1e-5))
  }
}

/// Gives the same value for everything.
private struct Constant: Layer {
  let value: Tensor
  var node: LayerNode { LayerNode(.chain, children: []) }
  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor { value }
  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor { dy }
}

@Test(
  arguments: [2, 5, 7, 8].map { winograd[$0] }
    + [others[0], others[5], others[6], narrow[0], depthwise[1], blocks[1], blocks[5], grouped[0]]
    + direct + tiled)
func bfloat16StaysNearFloat32(_ convolution: ConvolutionCase) {
  let x = Tensor.random(convolution.shape, seed: 3).converted(to: .bfloat16)
  func run(_ x: Tensor) -> (y: Tensor, dx: Tensor, gradient: Tensor) {
    let layer = convolution.layer()
    var saved = Saved(.training)
    let y = layer.forward(x, saving: &saved)
    let dy = Tensor.random(y.shape, seed: 4).converted(to: .bfloat16)
    let dx = layer.backward(dy.converted(to: x.precision), from: &saved)
    return (y, dx, layer.parameters[0].parameter.plainGradient)
  }
  let (half, full) = (run(x), run(x.converted(to: .float32)))
  #expect(half.y.precision == .bfloat16)
  #expect(half.dx.precision == .bfloat16)
  // bfloat16 keeps eight bits. Winograd's transform multiplies numbers of eight bits, too.
  let pairs = [(half.y, full.y), (half.dx, full.dx), (half.gradient, full.gradient)]
  for (half, full) in pairs {
    #expect(relativeDistance(half.converted(to: .float32), full) < 0.015)
  }
}

@Test(arguments: [
  winograd[2], winograd[5], winograd[7], others[5], others[6], direct[0], direct[2], direct[4],
])
func bfloat16HasTheSameBitsWithoutItsInstructions(_ convolution: ConvolutionCase) {
  let x = Tensor.random(convolution.shape, seed: 3).converted(to: .bfloat16)
  func run(_ level: Int) -> [Tensor] {
    Kernels.withVectors(upTo: level) {
      let layer = convolution.layer(.leakyReLU(0.1))
      var saved = Saved(.training)
      let y = layer.forward(x, saving: &saved)
      let dx = layer.backward(.random(y.shape, seed: 4), from: &saved)
      return [y, dx, layer.parameters[0].parameter.plainGradient]
    }
  }
  #expect(run(1) == run(2))
}

@Test func firstConvolutionGivesNoInputGradient() {
  var randomness = RandomSource(seed: 1)
  let layer = Conv2D(
    inputs: 3, outputs: 16, kernel: 5, stride: 2, isFirst: true, randomness: &randomness)
  var saved = Saved(.training)
  let y = layer.forward(.random([1, 8, 8, 3], seed: 1), saving: &saved)
  #expect(layer.backward(y, from: &saved).count == 0)
  #expect(layer.parameters[0].parameter.gradient.values.contains { $0 != 0 })
}

@Test(
  arguments: [winograd[2], winograd[5], others[0], others[6], direct[0], direct[2], narrow[2]]
    + tiled)
func everyProcessorsLoopsAgree(_ convolution: ConvolutionCase) {
  let x = Tensor.random(convolution.shape, seed: 3)
  func run(_ level: Int) -> (y: Tensor, dx: Tensor, gradient: Tensor) {
    Kernels.withVectors(upTo: level) {
      let layer = convolution.layer(.leakyReLU(0.1))
      var saved = Saved(.training)
      let y = layer.forward(x, saving: &saved)
      let dx = layer.backward(.random(y.shape, seed: 4), from: &saved)
      return (y, dx, layer.parameters[0].parameter.plainGradient)
    }
  }
  let best = run(3)
  for level in 0...2 {
    let other = run(level)
    #expect(allClose(other.y, best.y, tolerance: 1e-4))
    #expect(allClose(other.dx, best.dx, tolerance: 1e-4))
    #expect(allClose(other.gradient, best.gradient, tolerance: 1e-3))
  }
}

@Test(arguments: [winograd[2], others[0]])
func notANumberStaysOneInBfloat16(_ convolution: ConvolutionCase) {
  let layer = convolution.layer()
  // All bits of the fraction set: rounding up alone would carry into the sign.
  let nan = Float(bitPattern: 0x7FFF_FFFF)
  layer.parameters[1].parameter.plain = Tensor(
    shape: [convolution.outputs], values: Array(repeating: nan, count: convolution.outputs))
  let x = Tensor.random(convolution.shape, seed: 3).converted(to: .bfloat16)
  let y = layer(x).values
  #expect(y.allSatisfy { $0.isNaN })
}

@Test(
  arguments: [direct[0], direct[5], narrow[1], narrow[2], depthwise[0], depthwise[3]]
    + [blocks[0], blocks[6]] + tiled)
func convolutionsHaveTheSameBitsOnAnyTeam(_ convolution: ConvolutionCase) {
  let x = Tensor.random(convolution.shape, seed: 3)
  func run(_ threads: Int) -> [Tensor] {
    ThreadPool.with(threads: threads) {
      let layer = convolution.layer()
      var saved = Saved(.training)
      let y = layer.forward(x, saving: &saved)
      let dx = layer.backward(.random(y.shape, seed: 4), from: &saved)
      return [y, dx, layer(x)] + layer.parameters.map(\.parameter.plainGradient)
    }
  }
  #expect(run(1) == run(3))
}
