/// Attention between two streams, `[N, S, S, 2 · C]` with the first half of the channels of the one
/// and the second half of the other; the shape is kept.
///
/// After Qian and others 2020 (F3-Net's mix block) and their published program: each channel compares
/// the rows of "query" with those of "key", summed over both streams, and the softmax over the second
/// row is an S×S map A of the channel. The output is (2 σ(gain) − 1) · A · x, value by value, with
/// the streams exchanged: what the second stream has to tell the first comes first. The gains are
/// initially 0, and so is the output. Computed in float32.
public struct MixAttention: Layer {
  private let query, key: any Layer
  private let gain: Parameter

  /// - Parameter query: layers that keep the shape, as does `key`.
  public init(query: any Layer, key: any Layer) {
    (self.query, self.key) = (query, key)
    gain = Parameter(Tensor(zeros: [2]))
  }

  /// "query" and "key", and the parameter "gain", `[2]`: that of the second stream comes first.
  public var node: LayerNode {
    LayerNode(
      .mixAttention, parameters: [NamedParameter("gain", gain)],
      children: [("query", query), ("key", key)])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(
      x.shape.count == 4 && x.shape[1] == x.shape[2] && x.rowLength.isMultiple(of: 2),
      "two streams of squares, not \(x.shape)")
    let q = planes(of: query.forward(x, saving: &saved))
    let k = planes(of: key.forward(x, saving: &saved))
    let (images, side, channels) = (x.shape[0], x.shape[1], x.rowLength / 2)
    let both = Kernels.products(q, k, .secondTurned).reshaped(
      to: [images, 2 * channels * side * side])
    let maps = Kernels.softmax(
      sumOfHalves(both).reshaped(to: [images * channels * side, side]))
    for tensor in [x, q, k, maps] { saved.push(tensor) }
    let weights = pixels(of: maps, like: x.shape)
    let (first, second) = halves(of: x)
    return Kernels.joined([
      Kernels.product(second, weights).scaled(by: factor(0)),
      Kernels.product(first, weights).scaled(by: factor(1)),
    ]).converted(to: x.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (maps, k, q, x) = (saved.pop(), saved.pop(), saved.pop(), saved.pop())
    let weights = pixels(of: maps, like: x.shape)
    let (first, second) = halves(of: x)
    let (dfirst, dsecond) = halves(of: dy)
    let (toFirst, toSecond) = (Kernels.product(dfirst, second), Kernels.product(dsecond, first))
    let sums = [toFirst, toSecond].map { Kernels.sumOfProducts($0, weights) }
    gain.gradient.add { index in
      let gate = self.gate(index)
      return sums[index] * 2 * gate * (1 - gate)
    }
    let dweights = Kernels.sum(
      toFirst.scaled(by: factor(0)), toSecond, times: factor(1))
    let dmaps = Kernels.softmaxBackward(
      planes(of: dweights).reshaped(to: maps.shape), y: maps)
    let (images, side) = (x.shape[0], x.shape[1])
    let flat = dmaps.reshaped(to: [images, dmaps.count / images])
    let dscores = Kernels.joined([flat, flat]).reshaped(to: q.shape)
    func picture(_ planes: Tensor) -> Tensor {
      pixels(of: planes, like: [images, side, side, 2 * x.rowLength]).converted(to: x.precision)
    }
    let direct = Kernels.joined([
      Kernels.product(dsecond, weights).scaled(by: factor(1)),
      Kernels.product(dfirst, weights).scaled(by: factor(0)),
    ]).converted(to: x.precision)
    let dk = key.backward(picture(Kernels.products(dscores, q, .firstTurned)), from: &saved)
    let dq = query.backward(picture(Kernels.products(dscores, k, .plain)), from: &saved)
    return Kernels.sum(Kernels.sum(direct, dk), dq)
  }

  private func gate(_ index: Int) -> Float { Kernels.activate(gain.value, .sigmoid)[index] }

  /// What a stream's part is multiplied by.
  private func factor(_ index: Int) -> Float { 2 * gate(index) - 1 }

  /// Both streams, float32.
  private func halves(of x: Tensor) -> (Tensor, Tensor) {
    let (wide, channels) = (x.converted(to: .float32), x.rowLength / 2)
    return (
      Kernels.columns(0, width: channels, of: wide),
      Kernels.columns(channels, width: channels, of: wide)
    )
  }

  /// `[N, 2 · M]` to the sum of both halves, `[N, M]`.
  private func sumOfHalves(_ x: Tensor) -> Tensor {
    let (first, second) = halves(of: x)
    return Kernels.sum(first, second)
  }

  /// `[N, S, S, C]` as `[N · C, S, S]`, float32.
  private func planes(of x: Tensor) -> Tensor {
    let (images, side) = (x.shape[0], x.shape[1])
    return Kernels.exchanged(
      x.converted(to: .float32).reshaped(to: [images, side * side, x.rowLength]), at: 1
    ).reshaped(to: [images * x.rowLength, side, side])
  }

  /// Planes as `[N, S, S, C]`; `shape` is that of two streams.
  private func pixels(of planes: Tensor, like shape: [Int]) -> Tensor {
    let (images, side, channels) = (shape[0], shape[1], shape[3] / 2)
    return Kernels.exchanged(planes.reshaped(to: [images, channels, side * side]), at: 1)
      .reshaped(to: [images, side, side, channels])
  }
}

/// Attention between the pixels of two streams, `[N, H, W, 2 · C]` with the first half of the channels
/// of the one and the second half of the other; the shape is kept.
///
/// After Luo and others 2021 (dual cross-modality attention) and the program of DeepfakeBench: the
/// streams' keys, an eighth of the channels, pass one more convolution that both share, and their
/// products say how alike each pixel of the one is to each pixel of the other. The softmax of a dense
/// layer over each row weighs the values of the second stream, which are added to the first, and
/// that over each column, of another dense layer, the values of the first, which are added to the
/// second; both times the gains, which are initially 0. Computed in float32.
public struct CrossAttention: Layer {
  private let keys, values: [Conv2D]
  private let shared: Conv2D
  private let scores: [Dense]
  private let gain: Parameter

  /// - Parameters:
  ///   - channels: those of one stream; 8 or more.
  ///   - pixels: how many pixels an image has.
  ///   - randomness: the source of the initial weights.
  public init(channels: Int, pixels: Int, randomness: inout RandomSource) {
    precondition(channels >= 8, "attention over \(channels) channels")
    let key = channels / 8
    keys = (0..<2).map { _ in
      Conv2D(inputs: channels, outputs: key, kernel: 1, randomness: &randomness)
    }
    shared = Conv2D(inputs: key, outputs: key, kernel: 1, randomness: &randomness)
    scores = (0..<2).map { _ in
      Dense(inputs: pixels, outputs: pixels, randomness: &randomness)
    }
    values = (0..<2).map { _ in
      Conv2D(inputs: channels, outputs: channels, kernel: 1, randomness: &randomness)
    }
    gain = Parameter(Tensor(zeros: [2]))
  }

  /// "key1", "key2", "shared", "score1", "score2", "value1" and "value2", and the parameter "gain",
  /// `[2]`: 1 is the first stream's, but for the scores and the gain, where it is what the first
  /// stream receives.
  public var node: LayerNode {
    LayerNode(
      .crossAttention, parameters: [NamedParameter("gain", gain)],
      children: [
        ("key1", keys[0]), ("key2", keys[1]), ("shared", shared), ("score1", scores[0]),
        ("score2", scores[1]), ("value1", values[0]), ("value2", values[1]),
      ])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let streams = halves(of: x)
    let pairs = zip(keys, streams).map { $0.forward($1, saving: &saved) }
    let alike = shared.forward(Tensor.joined(pairs), saving: &saved)
    let images = x.shape[0]
    let (first, second) = (
      pixels(of: alike.samples(0..<images)), pixels(of: alike.samples(images..<2 * images))
    )
    let energy = Kernels.products(first, second, .secondTurned)
    var parts: [Tensor] = []
    for (index, energy) in [energy, Kernels.exchanged(energy, at: 1)].enumerated() {
      let rows = energy.reshaped(to: [images * energy.shape[1], energy.shape[2]])
      let shares = Kernels.softmax(scores[index].forward(rows, saving: &saved))
        .reshaped(to: energy.shape)
      let given = pixels(of: values[1 - index].forward(streams[1 - index], saving: &saved))
      let taken = Kernels.products(shares, given, .plain)
      for tensor in [shares, given, taken] { saved.push(tensor) }
      parts.append(
        Kernels.sum(
          streams[index], taken.reshaped(to: streams[index].shape), times: gain.value[index]))
    }
    saved.push(first)
    saved.push(second)
    return Kernels.joined(parts).converted(to: x.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (second, first) = (saved.pop(), saved.pop())
    var slopes = halves(of: dy)
    let own = slopes
    var denergy: Tensor?
    for index in [1, 0] {
      let (taken, given, shares) = (saved.pop(), saved.pop(), saved.pop())
      let slope = pixels(of: own[index])
      let product = Kernels.sumOfProducts(slope, taken)
      gain.gradient.add { $0 == index ? product : 0 }
      let dtaken = slope.scaled(by: gain.value[index])
      let dgiven = Kernels.products(shares, dtaken, .firstTurned)
      let dstream = values[1 - index].backward(
        dgiven.reshaped(to: own[index].shape), from: &saved)
      slopes[1 - index] = Kernels.sum(slopes[1 - index], dstream)
      let dscores = Kernels.softmaxBackward(
        Kernels.products(dtaken, given, .secondTurned), y: shares)
      let part = scores[index].backward(
        dscores.reshaped(to: [dscores.rowCount, dscores.rowLength]), from: &saved
      ).reshaped(to: dscores.shape)
      denergy = index == 1 ? Kernels.exchanged(part, at: 1) : denergy.map { Kernels.sum($0, part) }
    }
    let energy = denergy ?? Tensor(zeros: [0])
    let places = Array(own[0].shape.dropLast()) + [first.rowLength]
    let dalike = [
      Kernels.products(energy, second, .plain), Kernels.products(energy, first, .firstTurned),
    ].map { $0.reshaped(to: places) }
    let dpairs = shared.backward(Tensor.joined(dalike), from: &saved)
    let images = dy.shape[0]
    for index in [1, 0] {
      let dkey = keys[index].backward(
        dpairs.samples(index * images..<(index + 1) * images), from: &saved)
      slopes[index] = Kernels.sum(slopes[index], dkey)
    }
    return Kernels.joined(slopes).converted(to: dy.precision)
  }

  /// Both streams, float32.
  private func halves(of x: Tensor) -> [Tensor] {
    precondition(x.shape.count == 4 && x.rowLength.isMultiple(of: 2), "two streams in \(x.shape)")
    let (wide, channels) = (x.converted(to: .float32), x.rowLength / 2)
    return [0, channels].map { Kernels.columns($0, width: channels, of: wide) }
  }

  /// `[N, H, W, C]` as `[N, H · W, C]`.
  private func pixels(of x: Tensor) -> Tensor {
    x.reshaped(to: [x.shape[0], x.shape[1] * x.shape[2], x.rowLength])
  }
}
