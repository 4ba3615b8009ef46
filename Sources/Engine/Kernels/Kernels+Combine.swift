private import CKernels

/// Element-wise combinations, dropout and broadcasting.
extension Kernels {
  /// a + b, in the precision of `a`.
  static func sum(_ a: Tensor, _ b: Tensor) -> Tensor {
    unsafe pairwise(a, b, dflab_add, dflab_add_half)
  }

  /// a · b, value by value, in the precision of `a`.
  static func product(_ a: Tensor, _ b: Tensor) -> Tensor {
    unsafe pairwise(a, b, dflab_multiply, dflab_multiply_half)
  }

  private typealias Operation<Value> = (
    _ a: UnsafePointer<Value>?, _ b: UnsafePointer<Value>?, _ y: UnsafeMutablePointer<Value>?,
    _ count: Int
  ) -> Void

  private static func pairwise(
    _ a: Tensor, _ b: Tensor, _ floats: Operation<Float>, _ halves: Operation<UInt16>
  ) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) beside \(b.shape)")
    let b = b.converted(to: a.precision)
    let y = Tensor(uninitialized: a.shape, precision: a.precision)
    spread(a.count) { part in
      let start = part.lowerBound
      switch a.precision {
      case .float32: unsafe floats(a.floats + start, b.floats + start, y.floats + start, part.count)
      case .bfloat16:
        unsafe halves(a.halves + start, b.halves + start, y.halves + start, part.count)
      }
    }
    return y
  }

  /// Drops values at random and scales the rest; equal seeds drop equal values.
  static func dropout(_ x: Tensor, probability: Float, seed: UInt64, first: Int = 0) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    let threshold = UInt32(min(Double(UInt32.max), Double(probability) * 0x1p32))
    spread(x.count) { part in
      let start = part.lowerBound
      unsafe dflab_dropout(
        x.floats + start, y.floats + start, first + start, part.count, seed, threshold,
        1 / (1 - probability))
    }
    return y
  }

  /// `[N, C]` to a tensor of the shape `[N, ..., C]`: each row repeated, times `factor`.
  static func repeated(_ x: Tensor, factor: Float, shape: [Int]) -> Tensor {
    let y = Tensor(uninitialized: shape)
    let (images, channels) = (shape[0], y.rowLength)
    let rows = y.rowCount / max(1, images)
    spread(images, grain: grain(rowLength: rows * channels)) { part in
      for image in part {
        unsafe dflab_repeat_row(
          x.floats + image * channels, factor, y.floats + image * rows * channels, rows, channels)
      }
    }
    return y
  }
}
