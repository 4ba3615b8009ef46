import Engine
import Foundation
import TestSupport
import Testing

/// Channels, streams of them, and attention between streams and steps.
@Suite struct StreamTests {
  /// Gains other than those at the start, which would hide the attention.
  private static func opened(_ layer: some Layer) -> some Layer {
    for named in layer.parameters where named.name == "gain" {
      named.parameter.plain = Tensor(shape: [2], values: [0.7, -0.4])
    }
    return layer
  }

  private static func mix(_ channels: Int) -> some Layer {
    var chance = RandomSource(seed: 1)
    func convolution(_ chance: inout RandomSource) -> Conv2D {
      Conv2D(inputs: channels, outputs: channels, kernel: 1, randomness: &chance)
    }
    return opened(MixAttention(query: convolution(&chance), key: convolution(&chance)))
  }

  private static func cross(_ channels: Int, pixels: Int) -> some Layer {
    var chance = RandomSource(seed: 2)
    return opened(CrossAttention(channels: channels, pixels: pixels, randomness: &chance))
  }

  @Test(arguments: [[1, 1, 1, 2], [2, 3, 5, 7]])
  func channelsMatchFiniteDifferences(shape: [Int]) {
    let x = Tensor.randomAwayFromZero(shape, seed: 3)
    #expect(gradientError(of: Channels(1..<shape[3]), at: x) < 1e-3)
    #expect(gradientError(of: ChannelMax(), at: x, step: 1e-3) < 1e-2)
    let streams = Concatenated([
      Sequential([Channels(0..<1), Activate(.tanh)]), Channels(1..<shape[3]),
    ])
    #expect(gradientError(of: streams, at: x) < 2e-3)
  }

  @Test func channelsAreColumns() {
    let x = Tensor(shape: [2, 3], values: [1, 5, 3, 6, 4, 6])
    #expect(Channels(1..<3)(x) == Tensor(shape: [2, 2], values: [5, 3, 4, 6]))
    let (y, dx) = forwardAndBackward(ChannelMax(), x, Tensor(shape: [2, 1], values: [7, 8]))
    #expect(y == Tensor(shape: [2, 1], values: [5, 6]))
    #expect(dx == Tensor(shape: [2, 3], values: [0, 7, 0, 8, 0, 0]))
  }

  @Test func aDetachedBodyGivesNoGradient() {
    let body = Conv2D(kernel: .random([2, 3, 3, 3], seed: 4))
    let x = Tensor.random([2, 5, 5, 3], seed: 5)
    let layer = Sequential([Detached(body), Channels(0..<1)])
    let (y, dx) = forwardAndBackward(layer, x, .random([2, 5, 5, 1], seed: 6))
    #expect(y == Sequential([body, Channels(0..<1)])(x) && dx.count == 0)
  }

  /// By every algorithm that convolves.
  @Test(arguments: [
    (kernel: [2, 3, 5, 5], stride: 1, groups: 1), ([6, 1, 10, 10], 2, 1), ([32, 16, 3, 3], 1, 1),
    ([4, 4, 3, 3], 1, 1), ([8, 1, 5, 5], 1, 8), ([16, 4, 3, 3], 1, 4), ([6, 1, 1, 1], 1, 6),
  ])
  func fixedKernelsConvolveAsTrainedOnesDo(kernel: [Int], stride: Int, groups: Int) {
    let fixed = Conv2D(
      kernel: .random(kernel, seed: 7), bias: .random([kernel[0]], seed: 8), stride: stride,
      groups: groups)
    var chance = RandomSource(seed: 9)
    let trained = Conv2D(
      inputs: kernel[1] * groups, outputs: kernel[0], kernel: kernel[2], stride: stride,
      groups: groups, randomness: &chance)
    for (mine, named) in zip(fixed.parameters, trained.parameters) {
      #expect(!mine.parameter.isTrainable)
      named.parameter.plain = mine.parameter.plain
    }
    let x = Tensor.random([2, 12, 12, kernel[1] * groups], seed: 10)
    let dy = Tensor.random(fixed.outputShape(for: x.shape), seed: 11)
    let (own, other) = (forwardAndBackward(fixed, x, dy), forwardAndBackward(trained, x, dy))
    #expect(own.y == other.y && own.dx == other.dx)
  }

  @Test(arguments: [[1, 1, 1, 2], [2, 3, 3, 4], [1, 5, 5, 6]])
  func mixAttentionMatchesFiniteDifferencesAndItsTwin(shape: [Int]) {
    let (layer, x) = (Self.mix(shape[3]), Tensor.random(shape, seed: 12))
    #expect(gradientError(of: layer, at: x) < 5e-3)
    #expect(allClose(layer(x), naiveMix(layer, x), tolerance: 1e-5))
  }

  @Test(arguments: [[1, 1, 1, 16], [2, 2, 3, 32]])
  func crossAttentionMatchesFiniteDifferencesAndItsTwin(shape: [Int]) {
    let layer = Self.cross(shape[3] / 2, pixels: shape[1] * shape[2])
    let x = Tensor.random(shape, seed: 13)
    #expect(gradientError(of: layer, at: x) < 5e-3)
    #expect(allClose(layer(x), naiveCross(layer, x), tolerance: 1e-4))
  }

  @Test func attentionBetweenStreamsIsAbsentAtFirst() {
    let identity = Activate(.identity)
    let x = Tensor.random([2, 3, 3, 16], seed: 14)
    #expect(MixAttention(query: identity, key: identity)(x) == Tensor(zeros: x.shape))
    var chance = RandomSource(seed: 15)
    #expect(CrossAttention(channels: 8, pixels: 9, randomness: &chance)(x) == x)
  }

  @Test(arguments: [[1, 1, 2], [2, 5, 6]], [MultiHeadAttention.Queries.all, .first])
  func headsMatchFiniteDifferencesAndTheirTwin(
    shape: [Int], queries: MultiHeadAttention.Queries
  ) {
    var chance = RandomSource(seed: 16)
    let layer = MultiHeadAttention(
      channels: shape[2], heads: 2, queries: queries, randomness: &chance)
    let x = Tensor.random(shape, seed: 17)
    #expect(gradientError(of: layer, at: x) < 5e-3)
    let twin = naiveHeads(layer, x, count: 2)
    let expected = queries == .all ? twin : TemporalPool(.first)(twin)
    #expect(allClose(layer(x), expected, tolerance: 1e-5))
  }

  @Test(arguments: [[1, 2, 2, 1], [2, 4, 6, 3]])
  func tokensMatchFiniteDifferences(shape: [Int]) {
    var chance = RandomSource(seed: 18)
    let patches = Conv2D(
      inputs: shape[3], outputs: 5, kernel: 2, stride: 2, padding: 0, randomness: &chance)
    let layer = PatchTokens(
      patches, count: shape[1] * shape[2] / 4, channels: 5, randomness: &chance)
    #expect(gradientError(of: layer, at: .random(shape, seed: 19)) < 3e-3)
  }

  @Test(arguments: [[1, 1, 1, 16], [2, 3, 4, 16]])
  func statisticsOfBandsMatchFiniteDifferences(shape: [Int]) {
    var chance = RandomSource(seed: 20)
    let layer = BandStatistics(window: 4, bands: 3, randomness: &chance)
    #expect(gradientError(of: layer, at: .randomAwayFromZero(shape, seed: 21), step: 1e-3) < 1e-2)
  }

  @Test func zeroHasALogarithmButNoGradient() {
    var chance = RandomSource(seed: 22)
    let layer = BandStatistics(window: 2, bands: 1, randomness: &chance)
    layer.parameters[0].parameter.plain = Tensor(zeros: [1, 2, 2])
    let x = Tensor(shape: [1, 1, 1, 4], values: [0, 10, -1000, 1])
    let (y, dx) = forwardAndBackward(layer, x, Tensor(shape: [1, 1, 1, 1], values: [4]))
    #expect(abs(y.values[0] - (-15 + 1 + 3 + 0) / 4) < 1e-6)
    let slopes = [0, 0.1, -0.001, 1].map { Float($0 / log(10)) }
    #expect(allClose(dx, Tensor(shape: x.shape, values: slopes), tolerance: 1e-6))
  }

  @Test func bfloat16IsCloseToFloat32() {
    var chance = RandomSource(seed: 23)
    let x = Tensor.random([2, 4, 4, 16], seed: 24)
    #expect(agreesInBfloat16(Channels(2..<5), at: x))
    #expect(agreesInBfloat16(ChannelMax(), at: x))
    #expect(agreesInBfloat16(Self.mix(16), at: x, tolerance: 5e-2))
    #expect(agreesInBfloat16(Self.cross(8, pixels: 16), at: x, tolerance: 5e-2))
    #expect(
      agreesInBfloat16(
        BandStatistics(window: 4, bands: 3, randomness: &chance),
        at: .randomAwayFromZero(x.shape, seed: 25), tolerance: 0.1))
    #expect(
      agreesInBfloat16(
        MultiHeadAttention(channels: 6, heads: 3, randomness: &chance),
        at: .random([2, 5, 6], seed: 26), tolerance: 4e-2))
    #expect(
      agreesInBfloat16(
        PatchTokens(AveragePool(2), count: 4, channels: 16, randomness: &chance), at: x))
  }

  // Naive twins, a value at a time in double precision.

  private func weights(_ layer: some Layer) -> [String: (shape: [Int], values: [Double])] {
    Dictionary(
      uniqueKeysWithValues: layer.parameters.map {
        ($0.name, ($0.parameter.plainShape, $0.parameter.plain.values.map(Double.init)))
      })
  }

  private typealias Rows = [[Double]]

  private func rows(_ values: ArraySlice<Double>, width: Int) -> Rows {
    let values = Array(values)
    return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
  }

  private func linear(
    _ x: Rows, _ name: String, _ all: [String: (shape: [Int], values: [Double])]
  ) -> Rows {
    guard let weight = all["\(name).weight"], let bias = all["\(name).bias"] else { return [] }
    let width = x[0].count
    return x.map { row in
      bias.values.indices.map { o in
        (0..<width).reduce(bias.values[o]) { $0 + weight.values[o * width + $1] * row[$1] }
      }
    }
  }

  private func softmax(_ row: [Double]) -> [Double] {
    let powers = row.map { exp($0 - (row.max() ?? 0)) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  private func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func naiveMix(_ layer: some Layer, _ x: Tensor) -> Tensor {
    let (all, side, width) = (weights(layer), x.shape[1], x.shape[3])
    let (channels, size) = (width / 2, side * side * width)
    let values = x.values.map(Double.init)
    let gains = all["gain"]?.values ?? []
    var result: [Float] = []
    for image in 0..<x.shape[0] {
      let pixels = rows(values[image * size..<(image + 1) * size], width: width)
      let (q, k) = (linear(pixels, "query", all), linear(pixels, "key", all))
      for place in 0..<side * side {
        for output in 0..<width {
          let c = output % channels
          let scores = (0..<side).map { j in
            [c, c + channels].reduce(0.0) { sum, channel in
              (0..<side).reduce(sum) {
                $0 + q[place / side * side + $1][channel] * k[j * side + $1][channel]
              }
            }
          }
          let share = softmax(scores)[place % side]
          let factor = 2 / (1 + exp(-gains[output / channels])) - 1
          result.append(Float(factor * share * pixels[place][(output + channels) % width]))
        }
      }
    }
    return Tensor(shape: x.shape, values: result)
  }

  private func naiveCross(_ layer: some Layer, _ x: Tensor) -> Tensor {
    let (all, width, places) = (weights(layer), x.shape[3], x.shape[1] * x.shape[2])
    let values = x.values.map(Double.init)
    let gains = all["gain"]?.values ?? []
    var result: [Float] = []
    for image in 0..<x.shape[0] {
      let pixels = rows(values[image * places * width..<(image + 1) * places * width], width: width)
      let first = pixels.map { Array($0.prefix(width / 2)) }
      let second = pixels.map { Array($0.suffix(width / 2)) }
      let a = linear(linear(first, "key1", all), "shared", all)
      let b = linear(linear(second, "key2", all), "shared", all)
      let energy = a.map { one in b.map { product(one, $0) } }
      let turned = b.map { one in a.map { product($0, one) } }
      let onFirst = linear(energy, "score1", all).map(softmax)
      let onSecond = linear(turned, "score2", all).map(softmax)
      let (ofSecond, ofFirst) = (linear(second, "value2", all), linear(first, "value1", all))
      for place in 0..<places {
        for (own, shares, given, gain) in [
          (first, onFirst, ofSecond, gains[0]), (second, onSecond, ofFirst, gains[1]),
        ] {
          for c in own[place].indices {
            let taken = product(shares[place], given.map { $0[c] })
            result.append(Float(own[place][c] + gain * taken))
          }
        }
      }
    }
    return Tensor(shape: x.shape, values: result)
  }

  private func naiveHeads(_ layer: some Layer, _ x: Tensor, count: Int) -> Tensor {
    let (all, steps, width) = (weights(layer), x.shape[1], x.shape[2])
    let (values, share) = (x.values.map(Double.init), width / count)
    var result: [Float] = []
    for image in 0..<x.shape[0] {
      let own = rows(values[image * steps * width..<(image + 1) * steps * width], width: width)
      let (q, k, v) = (
        linear(own, "query", all), linear(own, "key", all), linear(own, "value", all)
      )
      let taken = (0..<steps).map { step in
        (0..<count).flatMap { head -> [Double] in
          let range = head * share..<(head + 1) * share
          let weights = softmax(
            (0..<steps).map {
              product(Array(q[step][range]), Array(k[$0][range])) / Double(share).squareRoot()
            })
          return range.map { c in (0..<steps).reduce(0) { $0 + weights[$1] * v[$1][c] } }
        }
      }
      result += linear(taken, "out", all).flatMap { $0.map(Float.init) }
    }
    return Tensor(shape: x.shape, values: result)
  }
}
