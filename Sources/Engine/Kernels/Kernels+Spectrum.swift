private import CKernels
private import COpenBLAS
import Foundation
private import Synchronization

/// A matrix that transforms one axis of an image.
struct AxisTransform: Hashable, Sendable {
  /// What it computes of n values.
  enum Kind: Hashable, Sendable {
    /// The orthonormal DCT-II: `[n, n]`.
    case cosine
    /// The Fourier transform of real values, its real parts before the imaginary ones: `[2n, n]`.
    case fourierOfReal
    /// The Fourier transform of complex values, real parts first: `[2n, 2n]`.
    case fourier
    /// Its inverse, `[2n, 2n]`, and the real part of that, `[n, 2n]`.
    case inverseFourier, realOfInverseFourier
  }

  let kind: Kind
  let size: Int

  /// Rows and columns of the matrix.
  var rows: Int { kind == .cosine || kind == .realOfInverseFourier ? size : 2 * size }
  var columns: Int { kind == .cosine || kind == .fourierOfReal ? size : 2 * size }

  /// The matrix, computed once for each size.
  var matrix: Tensor {
    if let known = AxisTransform.known.withLock({ $0[self] }) { return known }
    let n = size
    // Angles of whole turns, so that large indices lose nothing.
    func turn(_ k: Int, of steps: Int) -> Double { 2 * .pi * Double(k % steps) / Double(steps) }
    let new = Tensor([rows, columns]) { index in
      let (row, column) = (index / columns, index % columns)
      switch kind {
      case .cosine:
        let scale = (Double(row == 0 ? 1 : 2) / Double(n)).squareRoot()
        return Float(scale * cos(turn((2 * column + 1) * row, of: 4 * n)))
      case .fourierOfReal, .fourier, .inverseFourier, .realOfInverseFourier:
        let angle = turn(row % n * (column % n), of: n)
        let isInverse = kind == .inverseFourier || kind == .realOfInverseFourier
        let value: Double
        switch (row / n, column / n) {
        case (0, 0), (1, 1): value = cos(angle)
        case (0, _): value = (isInverse ? -1 : 1) * sin(angle)
        default: value = (isInverse ? 1 : -1) * sin(angle)
        }
        return Float(isInverse ? value / Double(n) : value)
      }
    }
    AxisTransform.known.withLock { $0[self] = new }
    return new
  }

  private static let known = Mutex<[AxisTransform: Tensor]>([:])
}

/// Transforms of rows and columns; float32.
extension Kernels {
  /// The columns of each image `[N, rows, ...]` transformed, or by the transposed matrix.
  static func transformed(_ x: Tensor, by transform: AxisTransform, transposed: Bool = false)
    -> Tensor
  {
    let matrix = transform.matrix
    let (own, new) =
      transposed
      ? (transform.rows, transform.columns) : (transform.columns, transform.rows)
    precondition(x.shape[1] == own, "\(x.shape) transformed by a matrix of \(own) columns")
    let y = Tensor(uninitialized: [x.shape[0], new] + x.shape.dropFirst(2))
    // Parts of a fixed width, so that the result is the same on any number of threads.
    let width = x.shape.dropFirst(2).reduce(1, *)
    let part = 192
    let parts = (width + part - 1) / part
    openblas_set_num_threads(1)
    ThreadPool.forEach(x.shape[0] * parts) { index in
      let (image, start) = (index / parts, index % parts * part)
      unsafe cblas_sgemm(
        CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans, Int32(new),
        Int32(min(part, width - start)), Int32(own), 1, matrix.floats,
        Int32(transform.columns), x.floats + image * own * width + start, Int32(width), 0,
        y.floats + image * new * width + start, Int32(width))
    }
    return y
  }
}

/// Lengths and angles of complex numbers, `[..., 2 · C]` with the real parts first; float32.
extension Kernels {
  static func polar(_ z: Tensor, _ part: Polar.Part) -> Tensor {
    let y = Tensor(uninitialized: part.output(of: z.shape))
    let (channels, width) = (z.rowLength / 2, y.rowLength)
    spread(z.rowCount, grain: grain(rowLength: 4 * z.rowLength)) { rows in
      let (from, to) = unsafe (
        z.floats + rows.lowerBound * 2 * channels, y.floats + rows.lowerBound * width
      )
      switch part {
      case .phasor: unsafe dflab_phasor(from, to, rows.count, channels)
      case .magnitude: unsafe dflab_magnitude(from, to, rows.count, channels)
      case .phase: unsafe dflab_phase(from, to, rows.count, channels)
      }
    }
    return y
  }

  static func polarBackward(_ dy: Tensor, z: Tensor, _ part: Polar.Part) -> Tensor {
    let dz = Tensor(uninitialized: z.shape)
    let (channels, width) = (z.rowLength / 2, dy.rowLength)
    spread(z.rowCount, grain: grain(rowLength: 4 * z.rowLength)) { rows in
      let start = rows.lowerBound * 2 * channels
      let (from, slope, to) = unsafe (
        z.floats + start, dy.floats + rows.lowerBound * width, dz.floats + start
      )
      switch part {
      case .phasor: unsafe dflab_phasor_backward(from, slope, to, rows.count, channels)
      case .magnitude: unsafe dflab_magnitude_backward(from, slope, to, rows.count, channels)
      case .phase: unsafe dflab_phase_backward(from, slope, to, rows.count, channels)
      }
    }
    return dz
  }
}
