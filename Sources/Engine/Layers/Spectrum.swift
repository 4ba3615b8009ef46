/// Whether a transform or its inverse.
public enum TransformDirection: String, Equatable, Sendable {
  case forward, inverse
}

/// The discrete cosine transform of the rows and columns of each channel; `[N, H, W, C]` is kept.
///
/// DCT-II, orthonormal: its inverse is its transpose. Of any size, as two matrix products.
public struct CosineTransform: Layer {
  /// The transform or its inverse.
  public let direction: TransformDirection

  public init(_ direction: TransformDirection = .forward) { self.direction = direction }

  /// The direction.
  public var node: LayerNode { LayerNode(.cosineTransform(direction)) }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    transformed(x, transposed: direction == .inverse)
  }

  /// The gradient of an orthonormal transform is its inverse.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    transformed(dy, transposed: direction == .forward)
  }

  private func transformed(_ x: Tensor, transposed: Bool) -> Tensor {
    precondition(x.shape.count == 4, "a transform takes [N, H, W, C], not \(x.shape)")
    let rows = Kernels.transformed(
      x.converted(to: .float32), by: AxisTransform(kind: .cosine, size: x.shape[1]),
      transposed: transposed)
    let turned = Kernels.transformed(
      Kernels.exchanged(rows, at: 1), by: AxisTransform(kind: .cosine, size: x.shape[2]),
      transposed: transposed)
    return Kernels.exchanged(turned, at: 1).converted(to: x.precision)
  }
}

/// The discrete Fourier transform of the rows and columns of each channel.
///
/// Forward: real `[N, H, W, C]` to complex `[N, H, W, 2 · C]`, the real parts before the imaginary
/// ones, the frequency zero first and all frequencies kept, as `torch.fft.fft2`. Inverse: complex to
/// the real part of `torch.fft.ifft2`, `[N, H, W, C]`. Of any size, as two matrix products.
public struct FourierTransform: Layer {
  /// The transform or its inverse.
  public let direction: TransformDirection

  public init(_ direction: TransformDirection = .forward) { self.direction = direction }

  /// The direction.
  public var node: LayerNode { LayerNode(.fourierTransform(direction)) }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    run(x, isForward: direction == .forward, transposed: false)
  }

  /// By the transposed matrices, in the other order.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    run(dy, isForward: direction == .inverse, transposed: true)
  }

  /// From real to complex values, or back.
  private func run(_ x: Tensor, isForward: Bool, transposed: Bool) -> Tensor {
    precondition(x.shape.count == 4, "a transform takes [N, H, W, C], not \(x.shape)")
    let (images, height, width) = (x.shape[0], x.shape[1], x.shape[2])
    let real: AxisTransform.Kind = direction == .forward ? .fourierOfReal : .realOfInverseFourier
    let complex: AxisTransform.Kind = direction == .forward ? .fourier : .inverseFourier
    func rows(_ x: Tensor) -> Tensor {
      Kernels.transformed(
        x, by: AxisTransform(kind: real, size: height), transposed: transposed)
    }
    func columns(_ x: Tensor) -> Tensor {
      // Real and imaginary parts lie one below the other, [N, 2 · H, W, C].
      let channels = x.rowLength
      let turned = Kernels.exchanged(
        x.reshaped(to: [2 * images, height, width, channels]), at: 1)
      let done = Kernels.transformed(
        turned.reshaped(to: [images, 2 * width, height, channels]),
        by: AxisTransform(kind: complex, size: width), transposed: transposed)
      return Kernels.exchanged(done.reshaped(to: [2 * images, width, height, channels]), at: 1)
        .reshaped(to: [images, 2 * height, width, channels])
    }
    let wide = x.converted(to: .float32)
    if isForward {
      let channels = x.rowLength
      let parts = columns(rows(wide)).reshaped(to: [images, 2, height * width, channels])
      return Kernels.exchanged(parts, at: 1).reshaped(to: [images, height, width, 2 * channels])
        .converted(to: x.precision)
    }
    precondition(x.rowLength.isMultiple(of: 2), "\(x.shape) are no complex numbers")
    let channels = x.rowLength / 2
    let parts = Kernels.exchanged(
      wide.reshaped(to: [images, height * width, 2, channels]), at: 1)
    return rows(columns(parts.reshaped(to: [images, 2 * height, width, channels])))
      .converted(to: x.precision)
  }
}

/// A part of complex numbers `[..., 2 · C]`, whose real parts precede the imaginary ones.
///
/// The gradient at zero is zero.
public struct Polar: Layer {
  /// Which part.
  public enum Part: String, Equatable, Sendable {
    /// z / |z|, `[..., 2 · C]`; 1 for zero.
    case phasor
    /// |z|, `[..., C]`.
    case magnitude
    /// The angle from −π to π, `[..., C]`; 0 for zero.
    case phase

    /// The output shape for an input of the given shape.
    func output(of shape: [Int]) -> [Int] {
      let channels = shape[shape.count - 1]
      precondition(channels.isMultiple(of: 2), "\(shape) are no complex numbers")
      return self == .phasor ? shape : shape.dropLast() + [channels / 2]
    }
  }

  /// Which part.
  public let part: Part

  public init(_ part: Part) { self.part = part }

  /// The part.
  public var node: LayerNode { LayerNode(.polar(part)) }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    saved.push(x)
    return Kernels.polar(x.converted(to: .float32), part).converted(to: x.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    Kernels.polarBackward(
      dy.converted(to: .float32), z: saved.pop().converted(to: .float32), part
    ).converted(to: dy.precision)
  }
}

extension Sequential {
  /// Each channel rebuilt from its phase spectrum alone, all magnitudes 1; `[N, H, W, C]` is kept.
  ///
  /// After Liu and others 2021 (spatial-phase shallow learning).
  public static var phaseOnly: Sequential {
    Sequential([
      "transform": FourierTransform(), "phasor": Polar(.phasor),
      "inverse": FourierTransform(.inverse),
    ])
  }
}

/// A mask over the frequencies of `CosineTransform`, fixed and learned; `[N, side, side, C]` is kept.
///
/// After Qian and others 2020 (F3-Net): the frequency (i, j) is multiplied by 1 or 0, whether
/// start ≤ i + j ≤ end, plus 2 σ(weight) − 1.
public struct FrequencyBand: Layer {
  /// The mask without its weights.
  public struct Settings: Equatable, Sendable {
    /// Rows, and columns, of the spectrum.
    public let side: Int
    /// The first and the last i + j that are kept.
    public let start, end: Int

    public init(side: Int, start: Int, end: Int) {
      (self.side, self.start, self.end) = (side, start, end)
    }
  }

  private let settings: Settings
  private let weight: Parameter

  /// - Parameters:
  ///   - band: the frequencies i + j that are kept.
  ///   - randomness: the source of the initial weights, of deviation 0.1.
  public init(side: Int, band: ClosedRange<Int>, randomness: inout RandomSource) {
    settings = Settings(side: side, start: band.lowerBound, end: band.upperBound)
    var start = Tensor(zeros: [side, side])
    start.write { values in
      for index in values.indices { values[index] = Float(randomness.normal(deviation: 0.1)) }
    }
    weight = Parameter(start)
  }

  /// "weight", `[side, side]`.
  public var node: LayerNode {
    LayerNode(.frequencyBand(settings), parameters: [NamedParameter("weight", weight)])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(
      x.shape.count == 4 && x.shape[1] == settings.side && x.shape[2] == settings.side,
      "a band of \(settings.side)² frequencies of \(x.shape)")
    saved.push(x)
    return masked(x.converted(to: .float32)).converted(to: x.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (kept, wide) = (saved.pop(), dy.converted(to: .float32))
    let products = Kernels.product(kept.converted(to: .float32), wide)
    // Summed over images, then over channels.
    let sums = Kernels.channelSums(
      products.reshaped(to: [products.shape[0], products.count / max(1, products.shape[0])]),
      groups: 1)
    let (channels, gates) = (dy.rowLength, Kernels.activate(weight.value, .sigmoid))
    weight.gradient.add { index in
      let sum = (0..<channels).reduce(0) { $0 + sums[index * channels + $1] }
      return sum * 2 * gates[index] * (1 - gates[index])
    }
    return masked(wide).converted(to: dy.precision)
  }

  /// x times the mask.
  private func masked(_ x: Tensor) -> Tensor {
    let (side, channels) = (settings.side, x.rowLength)
    let gates = Kernels.activate(weight.value, .sigmoid)
    let line = Tensor([side * side]) { index in
      let frequency = index / side + index % side
      let isKept = frequency >= settings.start && frequency <= settings.end
      return (isKept ? 1 : 0) + 2 * gates[index] - 1
    }
    let mask = Kernels.repeated(line.reshaped(to: [side * side, 1]), channels: channels)
    let image = side * side * channels
    // Each image as one row, whose scale is the mask.
    return Kernels.standardize(
      x.reshaped(to: [x.shape[0], image]), mean: Tensor(zeros: [1, image]), scale: mask,
      shift: Tensor(zeros: [1, image]), groups: 1
    ).reshaped(to: x.shape)
  }
}

extension Kernels {
  /// One value for each pixel as `[1, pixels · channels]`.
  fileprivate static func repeated(_ pixels: Tensor, channels: Int) -> Tensor {
    let result = Tensor(uninitialized: [1, pixels.count * channels])
    spread(pixels.count, grain: grain(rowLength: channels)) { part in
      for pixel in part {
        unsafe (result.floats + pixel * channels).update(
          repeating: pixels.floats[pixel], count: channels)
      }
    }
    return result
  }
}
