private import CKernels

/// The interface to the C kernels: takes tensors or pointers and keeps none.
///
/// Kernels for one element type take float32 tensors; those that say so take either.
enum Kernels {
  /// Rounds float32 to bfloat16, to the nearest, ties to even.
  static func round(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<UInt16>, count: Int
  ) {
    spread(count) { part in
      unsafe dflab_round(source + part.lowerBound, target + part.lowerBound, part.count)
    }
  }

  /// Widens bfloat16 to float32.
  static func widen(
    _ source: UnsafePointer<UInt16>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    spread(count) { part in
      unsafe dflab_widen(source + part.lowerBound, target + part.lowerBound, part.count)
    }
  }

  /// target += factor · source.
  static func addScaled(
    _ source: UnsafePointer<Float>, by factor: Float, to target: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    unsafe dflab_add_scaled(source, factor, target, count)
  }

  /// Floats of scratch memory that `dissimilarity` needs for one picture.
  static func dissimilarityScratch(height: Int, width: Int, channels: Int) -> Int {
    dflab_dissimilarity_scratch(height, width, channels)
  }

  /// The structural dissimilarity of one picture `[height, width, channels]`, summed over windows
  /// and channels; `gradient` gets `scale` times its derivative.
  static func dissimilarity(
    _ prediction: UnsafePointer<Float>, _ target: UnsafePointer<Float>,
    weight: UnsafePointer<Float>?, height: Int, width: Int, channels: Int, scale: Float,
    gradient: UnsafeMutablePointer<Float>?, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    unsafe dflab_dissimilarity(
      prediction, target, weight, height, width, channels, scale, gradient, scratch)
  }

  /// Splits 0 ..< count into one contiguous piece per thread and runs them in parallel.
  ///
  /// - Parameter grain: the number of items that justifies a thread; fewer run on the caller's.
  static func spread(_ count: Int, grain: Int = 1 << 14, _ body: (Range<Int>) -> Void) {
    let pieces = min(ThreadPool.threads, count / max(1, grain))
    guard pieces > 1 else { return body(0..<count) }
    ThreadPool.forEach(pieces) { piece in
      body(count * piece / pieces..<count * (piece + 1) / pieces)
    }
  }

  /// The grain for `spread` over rows of the given length.
  static func grain(rowLength: Int) -> Int { max(1, (1 << 14) / max(1, rowLength)) }

  /// The result of `body`, with convolutions called from this thread limited to vector level
  /// `level`: 0 plain, 1 AVX2, 2 AVX-512, the default where the processor supports it, 3 tiles (AMX).
  static func withVectors<Result>(upTo level: Int, _ body: () -> Result) -> Result {
    let before = dflab_limit_vector_level(Int32(level))
    defer { _ = dflab_limit_vector_level(before) }
    return body()
  }

  /// Whether the processor has instructions for products of bfloat16 numbers.
  static var multipliesHalves: Bool { dflab_multiplies_halves() != 0 }

  /// The result of `body`, with products called from this thread on the processor's tiles, if any.
  ///
  /// They are faster, and round each factor to 17 bits: good for scores, but training steps multiply
  /// errors.
  static func withTiles<Result>(_ body: () -> Result) -> Result {
    dflab_vector_level() < 2 ? body() : withVectors(upTo: 3, body)
  }
}
