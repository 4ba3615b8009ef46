private import CKernels
private import COpenBLAS

/// Small matrix products, one for each image of a batch; float32.
extension Kernels {
  /// Which operand's rows and columns are exchanged first.
  enum ProductKind {
    case plain, firstTurned, secondTurned
  }

  /// a · b of each image, `[N, rows, columns]`.
  static func products(_ a: Tensor, _ b: Tensor, _ kind: ProductKind) -> Tensor {
    let (rows, depth) =
      kind == .firstTurned ? (a.shape[2], a.shape[1]) : (a.shape[1], a.shape[2])
    let (own, columns) =
      kind == .secondTurned ? (b.shape[2], b.shape[1]) : (b.shape[1], b.shape[2])
    precondition(
      own == depth && a.shape[0] == b.shape[0], "\(kind) product of \(a.shape) and \(b.shape)")
    let y = Tensor(uninitialized: [a.shape[0], rows, columns])
    var shape = dflab_products(
      images: Int32(a.shape[0]), rows: Int32(rows), depth: Int32(depth), columns: Int32(columns),
      first_turned: kind == .firstTurned ? 1 : 0, second_turned: kind == .secondTurned ? 1 : 0)
    if unsafe dflab_products_fit(&shape) != 0 {
      let scratch = Tensor(uninitialized: [unsafe dflab_products_scratch(&shape)])
      unsafe dflab_products_multiply(&shape, a.floats, b.floats, y.floats, scratch.floats)
      return y
    }
    openblas_set_num_threads(1)
    // In parts of as many rows on any number of threads, so that one image is shared by several.
    eachBlock(groups: a.shape[0], rows: rows, height: 64) { _, image, part in
      let first = part.lowerBound - image * rows
      let own = image * rows * depth + first * (kind == .firstTurned ? 1 : depth)
      unsafe cblas_sgemm(
        CblasRowMajor, kind == .firstTurned ? CblasTrans : CblasNoTrans,
        kind == .secondTurned ? CblasTrans : CblasNoTrans, Int32(part.count), Int32(columns),
        Int32(depth), 1, a.floats + own, Int32(a.shape[2]), b.floats + image * depth * columns,
        Int32(b.shape[2]), 0, y.floats + part.lowerBound * columns, Int32(columns))
    }
    return y
  }

  /// a + factor · b.
  static func sum(_ a: Tensor, _ b: Tensor, times factor: Float) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) beside \(b.shape)")
    let y = Tensor(uninitialized: a.shape)
    spread(a.count) { part in
      let start = part.lowerBound
      unsafe (y.floats + start).update(from: a.floats + start, count: part.count)
      unsafe addScaled(b.floats + start, by: factor, to: y.floats + start, count: part.count)
    }
    return y
  }

  /// Σ a · b over all values.
  static func sumOfProducts(_ a: Tensor, _ b: Tensor) -> Float {
    let width = a.rowLength
    let sums = channelProducts(a, mean: Tensor(zeros: [1, width]), b, groups: 1)
    return (0..<width).reduce(0) { $0 + sums[width + $1] }
  }
}
