/// An array of numbers with a shape, row-major; pictures are `[N, H, W, C]`.
///
/// A value type: copies share memory until one of them is written.
public struct Tensor: @unchecked Sendable {
  /// The length of each dimension.
  public let shape: [Int]
  /// The storage format of the values.
  public let precision: Precision
  private(set) var storage: Storage

  /// A tensor with uninitialized values, for kernels that write every one.
  init(uninitialized shape: [Int], precision: Precision = .float32) {
    precondition(shape.allSatisfy { $0 >= 0 }, "no tensor has the shape \(shape)")
    self.shape = shape
    self.precision = precision
    storage = Storage(bytes: shape.reduce(1, *) * precision.stride)
  }

  private init(shape: [Int], sharing tensor: Tensor) {
    self.shape = shape
    precision = tensor.precision
    storage = tensor.storage
  }

  /// A tensor full of zeros.
  public init(zeros shape: [Int], precision: Precision = .float32) {
    self.init(uninitialized: shape, precision: precision)
    unsafe storage.address.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  /// A float32 tensor with the given values, row by row.
  public init(shape: [Int], values: [Float]) {
    self.init(uninitialized: shape)
    precondition(values.count == count, "\(values.count) values for the shape \(shape)")
    unsafe values.withUnsafeBufferPointer { values in
      guard let source = values.baseAddress else { return }
      unsafe floats.update(from: source, count: values.count)
    }
  }

  /// The number of values.
  public var count: Int { shape.reduce(1, *) }

  /// The size of the values in bytes.
  public var byteCount: Int { count * precision.stride }

  /// The same values in another shape; nothing is copied.
  public func reshaped(to shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "\(self.shape) cannot be seen as \(shape)")
    return Tensor(shape: shape, sharing: self)
  }

  /// The values, row by row, as float32.
  public var values: [Float] {
    let source = converted(to: .float32)
    return unsafe Array(UnsafeBufferPointer(start: source.floats, count: count))
  }

  /// Reads the values of a float32 tensor in place.
  public func read<Result>(_ body: (Span<Float>) throws -> Result) rethrows -> Result {
    precondition(precision == .float32, "a \(precision) tensor cannot be read as float32 in place")
    defer { withExtendedLifetime(storage) {} }
    return try body(unsafe Span(_unsafeStart: floats, count: count))
  }

  /// Whether no value is infinite or not a number.
  public var isFinite: Bool {
    converted(to: .float32).read { values in
      values.indices.allSatisfy { values[$0].isFinite }
    }
  }

  /// Modifies the values of a float32 tensor in place.
  public mutating func write<Result>(
    _ body: (inout MutableSpan<Float>) throws -> Result
  ) rethrows -> Result {
    precondition(precision == .float32, "a \(precision) tensor cannot be written as float32")
    makeUnique()
    var span = unsafe MutableSpan(_unsafeStart: floats, count: count)
    defer { withExtendedLifetime(storage) {} }
    return try body(&span)
  }

  /// Ensures that no other tensor shares the memory.
  mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&storage) else { return }
    let old = storage
    storage = Storage(bytes: byteCount)
    unsafe storage.address.copyMemory(from: old.address, byteCount: byteCount)
  }
}

extension Tensor {
  /// The values in memory, for kernels.
  ///
  /// Valid during the tensor's lifetime.
  var floats: UnsafeMutablePointer<Float> {
    precondition(precision == .float32, "float32 asked of a \(precision) tensor")
    return unsafe storage.address.assumingMemoryBound(to: Float.self)
  }

  /// The bit patterns of bfloat16 values in memory, for kernels.
  var halves: UnsafeMutablePointer<UInt16> {
    precondition(precision == .bfloat16, "bfloat16 asked of a \(precision) tensor")
    return unsafe storage.address.assumingMemoryBound(to: UInt16.self)
  }

  /// The values in memory, of either precision.
  var address: UnsafeMutableRawPointer { unsafe storage.address }
}

extension Tensor {
  /// The tensor in the given precision: itself, or a rounded copy.
  public func converted(to precision: Precision) -> Tensor {
    guard precision != self.precision else { return self }
    let result = Tensor(uninitialized: shape, precision: precision)
    switch precision {
    case .bfloat16:
      unsafe Kernels.round(floats, to: result.halves, count: count)
    case .float32:
      unsafe Kernels.widen(halves, to: result.floats, count: count)
    }
    return result
  }

  /// A float32 tensor of `count` equal parts, filled in parallel.
  ///
  /// - Parameter fill: writes part `index` (of the shape `part`); it runs on several threads.
  public static func stacked(
    _ count: Int, part: [Int],
    fill: @Sendable (_ index: Int, _ part: inout MutableSpan<Float>) -> Void
  ) -> Tensor {
    let result = Tensor(uninitialized: [count] + part)
    let size = part.reduce(1, *)
    ThreadPool.forEach(count) { index in
      var span = unsafe MutableSpan(_unsafeStart: result.floats + index * size, count: size)
      fill(index, &span)
    }
    return result
  }
}

extension Tensor: Equatable {
  /// Whether shapes and values are equal.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.shape == right.shape && left.values == right.values
  }
}

/// The storage format of activations; sums, weights and optimizer state are always float32.
public enum Precision: String, CaseIterable, Codable, Sendable {
  case float32 = "fp32"
  case bfloat16 = "bf16"

  /// Bytes of one value.
  public var stride: Int { self == .float32 ? 4 : 2 }

  /// The precision that convolutional networks train fastest in on this processor: bfloat16 where vectors of it
  /// are multiplied (AVX512-BF16), otherwise float32.
  public static var fastest: Precision { Kernels.multipliesHalves ? .bfloat16 : .float32 }
}
