private import CKernels

/// Rearranges values without changing them, in either precision.
extension Kernels {
  /// `[N, H, W, C·f²]` to `[N, H·f, W·f, C]`.
  static func pixelShuffle(_ x: Tensor, factor: Int) -> Tensor {
    let (images, height, width) = (x.shape[0], x.shape[1], x.shape[2])
    let channels = x.shape[3] / (factor * factor)
    let y = Tensor(
      uninitialized: [images, height * factor, width * factor, channels], precision: x.precision)
    let size = width * channels * factor * factor
    spread(images * height, grain: grain(rowLength: size)) { rows in
      let start = rows.lowerBound * size
      switch x.precision {
      case .float32:
        unsafe dflab_pixel_shuffle(
          x.floats + start, y.floats + start, rows.count, width, channels, factor)
      case .bfloat16:
        unsafe dflab_pixel_shuffle_half(
          x.halves + start, y.halves + start, rows.count, width, channels, factor)
      }
    }
    return y
  }

  /// `[N, H·f, W·f, C]` to `[N, H, W, C·f²]`.
  static func pixelUnshuffle(_ x: Tensor, factor: Int) -> Tensor {
    let (images, height, width) = (x.shape[0], x.shape[1] / factor, x.shape[2] / factor)
    let channels = x.shape[3]
    let y = Tensor(
      uninitialized: [images, height, width, channels * factor * factor], precision: x.precision)
    let size = width * channels * factor * factor
    spread(images * height, grain: grain(rowLength: size)) { rows in
      let start = rows.lowerBound * size
      switch x.precision {
      case .float32:
        unsafe dflab_pixel_unshuffle(
          x.floats + start, y.floats + start, rows.count, width, channels, factor)
      case .bfloat16:
        unsafe dflab_pixel_unshuffle_half(
          x.halves + start, y.halves + start, rows.count, width, channels, factor)
      }
    }
    return y
  }

  /// Two neighboring dimensions exchanged: `[..., A, B, ...]` to `[..., B, A, ...]`.
  ///
  /// - Parameter axis: the first of the two.
  static func exchanged(_ x: Tensor, at axis: Int = 0) -> Tensor {
    let blocks = x.shape.prefix(axis).reduce(1, *)
    let (outer, inner) = (x.shape[axis], x.shape[axis + 1])
    let y = Tensor(
      uninitialized: x.shape.prefix(axis) + [inner, outer] + x.shape.dropFirst(axis + 2),
      precision: x.precision)
    let bytes = x.byteCount / max(1, blocks * outer * inner)
    spread(blocks * outer, grain: grain(rowLength: x.count / max(1, blocks * outer))) { part in
      for index in part {
        let (block, row) = (index / outer, index % outer)
        unsafe dflab_copy_runs(
          x.address + index * inner * bytes, bytes,
          y.address + (block * inner * outer + row) * bytes, outer * bytes, bytes, inner)
      }
    }
    return y
  }

  /// Joins tensors that agree in all but the last dimension, along it.
  static func joined(_ parts: [Tensor]) -> Tensor {
    guard let first = parts.first, parts.count > 1 else {
      preconditionFailure("\(parts.count) tensors to join")
    }
    let width = parts.reduce(0) { $0 + $1.rowLength }
    let y = Tensor(uninitialized: first.shape.dropLast() + [width], precision: first.precision)
    var start = 0
    for part in parts {
      precondition(
        part.shape.dropLast() == first.shape.dropLast(), "\(part.shape) beside \(first.shape)")
      copy(
        part.converted(to: y.precision), fromColumn: 0, to: y, column: start,
        width: part.rowLength)
      start += part.rowLength
    }
    return y
  }

  /// The `width` values from `start` on of each row.
  static func columns(_ start: Int, width: Int, of x: Tensor) -> Tensor {
    let y = Tensor(uninitialized: x.shape.dropLast() + [width], precision: x.precision)
    copy(x, fromColumn: start, to: y, column: 0, width: width)
    return y
  }

  /// Rows of `width` values, zero but for those of `x`, which begin at `column`.
  static func placed(_ x: Tensor, atColumn column: Int, of width: Int) -> Tensor {
    let y = Tensor(zeros: x.shape.dropLast() + [width], precision: x.precision)
    copy(x, fromColumn: 0, to: y, column: column, width: x.rowLength)
    return y
  }

  private static func copy(
    _ x: Tensor, fromColumn source: Int, to y: Tensor, column target: Int, width: Int
  ) {
    let bytes = x.precision.stride
    let (from, to) = (x.rowLength * bytes, y.rowLength * bytes)
    spread(x.rowCount, grain: grain(rowLength: width)) { rows in
      unsafe dflab_copy_runs(
        x.address + rows.lowerBound * from + source * bytes, from,
        y.address + rows.lowerBound * to + target * bytes, to, width * bytes, rows.count)
    }
  }
}
