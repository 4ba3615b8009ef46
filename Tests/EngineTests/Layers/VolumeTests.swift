import TestSupport
import Testing

@testable import Engine

/// Convolution and pooling over volumes, and over time.
@Suite struct VolumeTests {
  /// A convolution and the shape of its input.
  struct Case: CustomTestStringConvertible, Sendable {
    let shape: [Int]
    let outputs: Int
    let kernel: VolumeSize
    var stride: VolumeSize = 1
    var padding: VolumePadding?

    var testDescription: String {
      "\(shape) to \(outputs), kernel \(kernel), stride \(stride), padding \(String(describing: padding))"
    }

    func layer(_ activation: Activation = .identity) -> Conv3D {
      var chance = RandomSource(seed: 1)
      let layer = Conv3D(
        inputs: shape[4], outputs: outputs, kernel: kernel, stride: stride, padding: padding,
        activation: activation, randomness: &chance)
      layer.parameters[1].parameter.plain = .random([outputs], seed: 2)
      return layer
    }
  }

  private static func size(_ frames: Int, _ side: Int) -> VolumeSize {
    VolumeSize(frames: frames, side: side)
  }

  static let cases = [
    Case(shape: [1, 1, 1, 1, 1], outputs: 1, kernel: 1),
    Case(shape: [2, 3, 5, 4, 3], outputs: 4, kernel: 3),
    Case(shape: [1, 5, 6, 6, 9], outputs: 17, kernel: 3, stride: 2, padding: .same),
    Case(shape: [1, 4, 8, 8, 3], outputs: 16, kernel: 7, stride: 2, padding: .same),
    Case(shape: [2, 7, 1, 1, 2], outputs: 8, kernel: size(5, 1), stride: size(2, 1)),
    Case(shape: [1, 2, 3, 3, 20], outputs: 9, kernel: size(1, 3)),
    Case(
      shape: [1, 4, 4, 5, 16], outputs: 16, kernel: size(2, 3), stride: size(3, 1),
      padding: .even(size(1, 0))),
    // Large enough for tiles.
    Case(shape: [1, 4, 5, 5, 20], outputs: 33, kernel: 3),
    Case(shape: [1, 6, 12, 12, 3], outputs: 32, kernel: 5, stride: 2, padding: .same),
  ]

  @Test(arguments: cases)
  func convolutionMatchesItsNaiveTwin(_ volume: Case) {
    let (layer, x) = (volume.layer(), Tensor.random(volume.shape, seed: 3))
    #expect(allClose(layer(x), naive(volume, layer, x), tolerance: 1e-4))
  }

  @Test(arguments: cases)
  func convolutionGradientsMatchFiniteDifferences(_ volume: Case) {
    let x = Tensor.random(volume.shape, seed: 4)
    #expect(gradientError(of: volume.layer(), at: x, step: 0.5) < 1e-3)
  }

  @Test func activationRidesOnAConvolution() {
    let volume = Self.cases[1]
    let (fused, plain) = (volume.layer(.leakyReLU(0.1)), volume.layer())
    let (x, dy) = (Tensor.random(volume.shape, seed: 5), Tensor.random([2, 3, 5, 4, 4], seed: 6))
    let chain = Sequential([plain, Activate(.leakyReLU(0.1))])
    let (one, other) = (forwardAndBackward(fused, x, dy), forwardAndBackward(chain, x, dy))
    #expect(allClose(one.y, other.y) && allClose(one.dx, other.dx))
    for (a, b) in zip(fused.parameters, plain.parameters) {
      #expect(allClose(a.parameter.plainGradient, b.parameter.plainGradient, tolerance: 1e-4))
    }
  }

  @Test func aFirstConvolutionGivesNoInputGradient() {
    var chance = RandomSource(seed: 1)
    let layer = Conv3D(inputs: 3, outputs: 4, kernel: 3, isFirst: true, randomness: &chance)
    let x = Tensor.random([1, 2, 4, 4, 3], seed: 2)
    #expect(forwardAndBackward(layer, x, .random([1, 2, 4, 4, 4], seed: 3)).dx.count == 0)
  }

  @Test func normalizationsBecomeAPartOfConvolutions() {
    var chance = RandomSource(seed: 9)
    let chain = Sequential([
      "conv": Conv3D(inputs: 3, outputs: 8, kernel: 3, bias: false, randomness: &chance),
      "norm": BatchNorm(channels: 8, activation: .relu),
    ])
    for (key, entry) in chain.parameters.dropFirst().enumerated() {
      entry.parameter.plain = .random([8], in: 0.5...1.5, seed: UInt64(key))
    }
    let merged = chain.forInference
    #expect(merged.node.children.count == 1)
    #expect(EachFrame(chain).forInference.node.children[0].layer.node.children.count == 1)
    let x = Tensor.random([2, 3, 5, 5, 3], seed: 10)
    #expect(allClose(merged(x), chain(x), tolerance: 1e-4))
  }

  @Test(arguments: [cases[1], cases[2]])
  func bfloat16IsCloseToFloat32(_ volume: Case) {
    let x = Tensor.random(volume.shape, seed: 7)
    #expect(agreesInBfloat16(volume.layer(), at: x))
    #expect(agreesInBfloat16(MaxPool3D(2, stride: 1), at: x))
    #expect(agreesInBfloat16(AveragePool3D(2, stride: 1), at: x))
    for kind in [TemporalPool.Kind.mean, .max, .last] {
      #expect(agreesInBfloat16(TemporalPool(kind), at: x))
    }
    #expect(agreesInBfloat16(EachFrame(GlobalAveragePool()), at: x))
  }

  @Test(arguments: [cases[2], cases[6], cases[7], cases[8]])
  func bitsAreTheSameOnAnyTeam(_ volume: Case) {
    let x = Tensor.random(volume.shape, seed: 8)
    func run(_ threads: Int) -> [Tensor] {
      ThreadPool.with(threads: threads) {
        let layer = volume.layer()
        var saved = Saved(.training)
        let y = layer.forward(x, saving: &saved)
        let dx = layer.backward(.random(y.shape, seed: 9), from: &saved)
        return [y, dx, layer(x)] + layer.parameters.map(\.parameter.plainGradient)
      }
    }
    #expect(run(1) == run(3))
  }

  static let windows: [([Int], VolumeWindow)] = [
    ([1, 2, 2, 2, 1], VolumeWindow(kernel: 2, stride: 2)),
    ([2, 3, 5, 4, 3], VolumeWindow(kernel: 3, stride: 2, padding: .even(1))),
    ([1, 4, 7, 6, 17], VolumeWindow(kernel: size(1, 3), stride: size(1, 2), padding: .same)),
    ([1, 5, 4, 4, 2], VolumeWindow(kernel: 3, stride: size(2, 1), padding: .same)),
  ]

  @Test(arguments: windows)
  func poolingMatchesItsNaiveTwin(shape: [Int], window: VolumeWindow) {
    let x = Tensor.random(shape, seed: 10)
    let (output, values) = under(x, window)
    let largest = MaxPool3D(window.kernel, stride: window.stride, padding: window.padding)
    #expect(
      largest(x)
        == Tensor(
          shape: output, values: values.map { $0.compactMap { $0 }.max() ?? -.infinity }))
    let mean = AveragePool3D(window.kernel, stride: window.stride, padding: window.padding)
    let means = values.map { $0.reduce(0) { $0 + ($1 ?? 0) } / Float($0.count) }
    #expect(allClose(mean(x), Tensor(shape: output, values: means), tolerance: 1e-6))
  }

  @Test(arguments: windows)
  func poolingGradientsMatchFiniteDifferences(shape: [Int], window: VolumeWindow) {
    let largest = MaxPool3D(window.kernel, stride: window.stride, padding: window.padding)
    #expect(gradientError(of: largest, at: .randomDistinct(shape, seed: 11)) < 2e-3)
    let mean = AveragePool3D(window.kernel, stride: window.stride, padding: window.padding)
    #expect(gradientError(of: mean, at: .random(shape, seed: 12)) < 1e-3)
  }

  @Test(arguments: [[1, 1, 1], [2, 3, 5], [2, 4, 3, 2, 3]])
  func poolingOverTimeMatchesItsGradientsAndTwin(shape: [Int]) {
    let x = Tensor.randomDistinct(shape, seed: 13)
    for kind in [TemporalPool.Kind.mean, .max, .last] {
      #expect(gradientError(of: TemporalPool(kind), at: x) < 2e-3)
    }
    let rest = shape.dropFirst(2).reduce(1, *)
    func twin(_ body: ([Float]) -> Float) -> Tensor {
      let values = (0..<shape[0] * rest).map { index in
        body(
          (0..<shape[1]).map {
            x.values[(index / rest * shape[1] + $0) * rest + index % rest]
          })
      }
      return Tensor(shape: [shape[0]] + shape.dropFirst(2), values: values)
    }
    #expect(TemporalPool(.max)(x) == twin { $0.max() ?? 0 })
    #expect(TemporalPool(.last)(x) == twin { $0.last ?? 0 })
    #expect(
      allClose(TemporalPool(.mean)(x), twin { $0.reduce(0, +) / Float($0.count) }, tolerance: 1e-6))
    #expect(
      allClose(
        GlobalAveragePool()(x.reshaped(to: [shape[0], shape[1], rest])),
        TemporalPool(.mean)(x).reshaped(to: [shape[0], rest]), tolerance: 1e-5))
  }

  @Test func eachFrameGoesThroughTheSameLayer() {
    var chance = RandomSource(seed: 14)
    let body = Conv2D(inputs: 3, outputs: 4, kernel: 3, stride: 2, randomness: &chance)
    let x = Tensor.random([2, 3, 6, 4, 3], seed: 15)
    let y = EachFrame(body)(x)
    #expect(y.shape == [2, 3, 3, 2, 4])
    #expect(y == body(x.reshaped(to: [6, 6, 4, 3])).reshaped(to: y.shape))
    #expect(gradientError(of: EachFrame(body), at: x, step: 0.5) < 1e-3)
    #expect(EachFrame(body).parameters.map(\.name) == ["weight", "bias"])
  }

  private func naive(_ volume: Case, _ layer: Conv3D, _ x: Tensor) -> Tensor {
    let window = VolumeWindow(
      kernel: volume.kernel, stride: volume.stride,
      padding: volume.padding
        ?? .even(Self.size((volume.kernel.frames - 1) / 2, (volume.kernel.side - 1) / 2)))
    let (output, values) = under(x, window, perChannel: false)
    let weights = layer.parameters[0].parameter.plain.values
    let bias = layer.parameters[1].parameter.plain.values
    let (inputs, taps) = (
      x.shape[4], window.kernel.frames * window.kernel.side * window.kernel.side
    )
    let y = values.flatMap { place in
      bias.indices.map { o in
        place.enumerated().reduce(bias[o]) { sum, entry in
          let (tap, channel) = (entry.offset / inputs, entry.offset % inputs)
          return sum + (entry.element ?? 0) * weights[(o * inputs + channel) * taps + tap]
        }
      }
    }
    return Tensor(shape: output.dropLast() + [volume.outputs], values: y)
  }

  /// The values under each window, `nil` outside the volume: of each channel, or of all, tap by tap.
  private func under(
    _ x: Tensor, _ window: VolumeWindow, perChannel: Bool = true
  ) -> (shape: [Int], values: [[Float?]]) {
    let (output, around, source) = (window.output(of: x.shape), window.around(x.shape), x.values)
    let channels = x.shape[4]
    var result: [[Float?]] = []
    for place in 0..<output.dropLast().reduce(1, *) {
      let (column, row) = (place % output[3], place / output[3] % output[2])
      let (frame, image) = (
        place / output[3] / output[2] % output[1], place / output[3] / output[2] / output[1]
      )
      var values: [Float?] = []
      for kz in 0..<window.kernel.frames {
        for ky in 0..<window.kernel.side {
          for kx in 0..<window.kernel.side {
            let z = frame * window.stride.frames - around[0].before + kz
            let y = row * window.stride.side - around[1].before + ky
            let c = column * window.stride.side - around[2].before + kx
            let isInside =
              (0..<x.shape[1]).contains(z) && (0..<x.shape[2]).contains(y)
              && (0..<x.shape[3]).contains(c)
            let at = (((image * x.shape[1] + z) * x.shape[2] + y) * x.shape[3] + c) * channels
            values += (0..<channels).map { isInside ? source[at + $0] : nil }
          }
        }
      }
      if perChannel {
        for channel in 0..<channels {
          result.append(stride(from: channel, to: values.count, by: channels).map { values[$0] })
        }
      } else {
        result.append(values)
      }
    }
    return (output, result)
  }
}
