/// Functions of tensors for graphs that are only known when they run; float32.
extension Tensor {
  /// A float32 tensor of little-endian numbers, of which there are as many as the shape holds.
  public init(shape: [Int], littleEndian bytes: Span<UInt8>) {
    self.init(uninitialized: shape)
    precondition(bytes.count == byteCount, "\(bytes.count) bytes for the shape \(shape)")
    unsafe bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe storage.address.copyMemory(from: start, byteCount: source.count)
    }
  }

  /// The dimensions in another order.
  ///
  /// - Parameter order: which dimension of this tensor each one of the result is.
  public func arranged(_ order: [Int]) -> Tensor { Kernels.arranged(self, order) }

  /// f(a, b) over a common shape.
  ///
  /// - Parameter strides: the distance of neighbors in each operand along each dimension of `shape`, 0
  ///   where it repeats.
  public static func combined(
    _ function: PairFunction, _ a: Tensor, _ b: Tensor, shape: [Int], strides: ([Int], [Int])
  ) -> Tensor {
    Kernels.combined(function, a, b, shape: shape, strides: strides)
  }

  /// f(x) of each value.
  public func mapped(_ function: MapFunction) -> Tensor { Kernels.mapped(self, function) }

  /// f(x) of each value.
  public func activated(_ activation: Activation) -> Tensor {
    activation == .identity ? self : Kernels.activate(self, activation)
  }

  /// x · scale + shift, with one of each for every channel, and then an activation: identity, ReLU or
  /// leaky ReLU.
  public func scaled(by scale: Tensor, plus shift: Tensor, _ activation: Activation) -> Tensor {
    precondition(
      scale.count == rowLength && shift.count == rowLength, "\(scale.shape) for \(shape)")
    return Kernels.scaled(self, by: scale, plus: shift, slope: activation.fusedSlope)
  }

  /// The softmax of each row.
  public var softmax: Tensor { Kernels.softmax(self) }

  /// Each row by its own mean and variance, times `gain`, plus `shift`; both are as long as a row.
  public func layerNorm(gain: Tensor, shift: Tensor, epsilon: Float) -> Tensor {
    Kernels.layerNorm(self, gain: gain, shift: shift, epsilon: epsilon)
  }

  /// a · b of each pair of matrices: `[N, rows, depth]` and `[N, depth, columns]`.
  public static func products(_ a: Tensor, _ b: Tensor) -> Tensor {
    Kernels.withTiles { Kernels.products(a, b, .plain) }
  }
}
