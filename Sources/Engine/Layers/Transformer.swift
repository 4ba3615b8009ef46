/// Attention between the steps of a sequence by several heads: `[N, T, C]` is kept.
///
/// As in Vaswani and others 2017 and PyTorch: each head has a share of C / heads channels of
/// "query", "key" and "value"; the softmax of query · key / √share weighs the values, which "out"
/// joins. Computed in float32.
public struct MultiHeadAttention: Layer {
  /// Which steps ask.
  public enum Queries: String, Equatable, Sendable {
    /// Every one.
    case all
    /// The first alone, so that the output is `[N, C]`.
    case first
  }

  /// Everything but the values of the weights.
  public struct Settings: Equatable, Sendable {
    /// The number of heads, which share the channels.
    public let heads: Int
    /// Which steps ask.
    public let queries: Queries

    public init(heads: Int, queries: Queries = .all) {
      (self.heads, self.queries) = (heads, queries)
    }

    /// The output shape for an input of the shape `[N, T, C]`.
    func output(of shape: [Int]) -> [Int] {
      precondition(
        shape.count == 3 && shape[2].isMultiple(of: heads),
        "\(shape) into \(heads) heads of attention")
      return queries == .all ? shape : [shape[0], shape[2]]
    }
  }

  private let settings: Settings
  private let query, key, value, out: Dense

  /// - Parameters:
  ///   - channels: a multiple of `heads`.
  ///   - randomness: the source of the initial weights.
  public init(
    channels: Int, heads: Int, queries: Queries = .all, randomness: inout RandomSource
  ) {
    precondition(
      heads > 0 && channels.isMultiple(of: heads), "\(heads) heads over \(channels) channels")
    settings = Settings(heads: heads, queries: queries)
    func dense(_ randomness: inout RandomSource) -> Dense {
      Dense(inputs: channels, outputs: channels, randomness: &randomness)
    }
    query = dense(&randomness)
    key = dense(&randomness)
    value = dense(&randomness)
    out = dense(&randomness)
  }

  /// "query", "key", "value" and "out".
  public var node: LayerNode {
    LayerNode(
      .multiHeadAttention(settings),
      children: [("query", query), ("key", key), ("value", value), ("out", out)])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let output = settings.output(of: x.shape)
    let (images, steps, channels) = (x.shape[0], x.shape[1], x.shape[2])
    let rows = x.converted(to: .float32).reshaped(to: [images * steps, channels])
    let asking = settings.queries == .all ? rows : first(of: rows, images: images)
    let q = heads(of: query.forward(asking, saving: &saved), images).scaled(by: scale(channels))
    let k = heads(of: key.forward(rows, saving: &saved), images)
    let v = heads(of: value.forward(rows, saving: &saved), images)
    let shares = Kernels.softmax(Kernels.products(q, k, .secondTurned))
    let taken = joined(Kernels.products(shares, v, .plain), images)
    for tensor in [q, k, v, shares] { saved.push(tensor) }
    saved.push(shape: x.shape)
    return out.forward(taken, saving: &saved).reshaped(to: output).converted(to: x.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let channels = dy.rowLength
    let slope = dy.converted(to: .float32).reshaped(to: [dy.count / channels, channels])
    let dout = out.backward(slope, from: &saved)
    let shape = saved.popShape()
    let (images, steps) = (shape[0], shape[1])
    let dtaken = heads(of: dout, images)
    let (shares, v, k, q) = (saved.pop(), saved.pop(), saved.pop(), saved.pop())
    let dv = Kernels.products(shares, dtaken, .firstTurned)
    let dscores = Kernels.softmaxBackward(Kernels.products(dtaken, v, .secondTurned), y: shares)
    let dk = Kernels.products(dscores, q, .firstTurned)
    let dq = Kernels.products(dscores, k, .plain).scaled(by: scale(channels))
    let fromValue = value.backward(joined(dv, images), from: &saved)
    let fromKey = key.backward(joined(dk, images), from: &saved)
    let fromQuery = query.backward(joined(dq, images), from: &saved)
    let sum = Kernels.sum(fromValue, fromKey)
    let whole =
      settings.queries == .all
      ? fromQuery
      : Kernels.placed(fromQuery, atColumn: 0, of: steps * channels).reshaped(to: sum.shape)
    return Kernels.sum(sum, whole).reshaped(to: shape).converted(to: dy.precision)
  }

  private func scale(_ channels: Int) -> Float {
    1 / Float(channels / settings.heads).squareRoot()
  }

  /// The first step of each sequence, `[N, C]`.
  private func first(of rows: Tensor, images: Int) -> Tensor {
    Kernels.columns(
      0, width: rows.rowLength, of: rows.reshaped(to: [images, rows.count / images]))
  }

  /// `[N · T, C]` as `[N · heads, T, C / heads]`.
  private func heads(of rows: Tensor, _ images: Int) -> Tensor {
    let (steps, share) = (rows.shape[0] / images, rows.rowLength / settings.heads)
    return Kernels.exchanged(
      rows.reshaped(to: [images, steps, settings.heads, share]), at: 1
    ).reshaped(to: [images * settings.heads, steps, share])
  }

  /// The inverse of `heads`.
  private func joined(_ heads: Tensor, _ images: Int) -> Tensor {
    let (steps, share) = (heads.shape[1], heads.shape[2])
    return Kernels.exchanged(
      heads.reshaped(to: [images, settings.heads, steps, share]), at: 1
    ).reshaped(to: [images * steps, settings.heads * share])
  }
}

/// Pictures as sequences: `[N, H, W, C]` to `[N, 1 + H' · W', C']`.
///
/// As in Dosovitskiy and others 2021 (vision transformer): the pixels of "patches", a convolution,
/// row by row, after one learned "class" step; each step has a learned "position" added.
public struct PatchTokens: Layer {
  private let patches: any Layer
  private let first, position: Parameter

  /// - Parameters:
  ///   - patches: pictures to `[N, H', W', channels]`.
  ///   - count: H' · W'.
  ///   - randomness: the source of the positions, of deviation 0.02; the class starts as zeros.
  public init(
    _ patches: any Layer, count: Int, channels: Int, randomness: inout RandomSource
  ) {
    self.patches = patches
    first = Parameter(Tensor(zeros: [channels]))
    var start = Tensor(zeros: [count + 1, channels])
    start.write { values in
      for index in values.indices { values[index] = Float(randomness.normal(deviation: 0.02)) }
    }
    position = Parameter(start)
  }

  /// "patches", and the parameters "class", `[C']`, and "position", `[1 + H' · W', C']`.
  public var node: LayerNode {
    LayerNode(
      .patchTokens,
      parameters: [NamedParameter("class", first), NamedParameter("position", position)],
      children: [("patches", patches)])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let y = patches.forward(x, saving: &saved)
    let (images, places) = (y.shape[0], y.shape[1] * y.shape[2])
    saved.push(shape: y.shape)
    let (steps, channels) = (position.value.shape[0], y.rowLength)
    precondition(
      steps == places + 1 && channels == first.value.count,
      "\(position.value.shape) positions of \(y.shape)")
    let start = Tensor.joined(
      Array(repeating: first.value.reshaped(to: [1, channels]), count: images))
    let rows = Kernels.joined([
      start, y.converted(to: .float32).reshaped(to: [images, places * channels]),
    ])
    let positions = Tensor.joined(
      Array(repeating: position.value.reshaped(to: [1, steps * channels]), count: images))
    return Kernels.sum(rows, positions).reshaped(to: [images, steps, channels])
      .converted(to: y.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let shape = saved.popShape()
    let channels = dy.rowLength
    let rows = dy.converted(to: .float32).reshaped(to: [shape[0], dy.count / max(1, shape[0])])
    let sums = Kernels.channelSums(rows, groups: 1)
    first.gradient.add { sums[$0] }
    position.gradient.add { sums[$0] }
    let patchSlopes = Kernels.columns(channels, width: rows.rowLength - channels, of: rows)
    return patches.backward(
      patchSlopes.reshaped(to: shape).converted(to: dy.precision), from: &saved)
  }
}
