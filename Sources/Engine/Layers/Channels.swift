/// Some of the channels: `[..., C]` to `[..., C']`.
///
/// In a `Concatenated`, two of them lead each half of the channels into a stream of its own.
public struct Channels: Layer {
  /// The channels that are kept.
  public let range: Range<Int>

  public init(_ range: Range<Int>) {
    precondition(!range.isEmpty && range.lowerBound >= 0, "the channels \(range)")
    self.range = range
  }

  /// The range.
  public var node: LayerNode { LayerNode(.channels(range)) }

  /// The channels in their order, in x's precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(range.upperBound <= x.rowLength, "the channels \(range) of \(x.shape)")
    saved.push(shape: x.shape)
    return Kernels.columns(range.lowerBound, width: range.count, of: x)
  }

  /// Zero for the other channels; empty where nothing before needs a gradient.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let shape = saved.popShape()
    guard dy.count > 0 else { return dy }
    return Kernels.placed(dy, atColumn: range.lowerBound, of: shape[shape.count - 1])
  }
}

/// The largest channel of each pixel: `[..., C]` to `[..., 1]`.
public struct ChannelMax: Layer {
  /// Has no settings.
  public init() {}

  /// A leaf without attributes.
  public var node: LayerNode { LayerNode(.channelMax) }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    saved.push(x)
    return Kernels.largestOfRows(x.converted(to: .float32)).converted(to: x.precision)
  }

  /// The gradient goes to the first of the largest values.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let x = saved.pop()
    return Kernels.largestOfRowsBackward(
      dy.converted(to: .float32), x: x.converted(to: .float32)
    ).converted(to: x.precision)
  }
}

/// A body without weights to train, whose input needs no gradient either.
///
/// Such are the fixed filters before the first layer that learns. Nothing is saved, and `backward`
/// returns an empty tensor.
public struct Detached: Layer {
  /// The layer.
  public let body: any Layer

  public init(_ body: any Layer) {
    precondition(
      body.parameters.allSatisfy { !$0.parameter.isTrainable }, "weights without a gradient")
    self.body = body
  }

  /// The body.
  public var node: LayerNode { LayerNode(.detached, children: [("", body)]) }

  /// The body's output as in inference.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor { body(x) }

  /// Nothing.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor { Tensor(zeros: [0]) }
}
