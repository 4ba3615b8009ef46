/// A symmetric 3×3 matrix.
struct SymmetricMatrix: Equatable {
  /// Its columns, which equal its rows.
  var columns: [SIMD3<Double>]

  static let zero = SymmetricMatrix(columns: [.zero, .zero, .zero])

  var diagonal: SIMD3<Double> { SIMD3(columns[0].x, columns[1].y, columns[2].z) }

  /// Adds `weight` times the outer product of a vector with itself.
  mutating func add(_ weight: Double, times vector: SIMD3<Double>) {
    for column in 0..<3 { columns[column] += weight * vector[column] * vector }
  }

  func scaled(by factor: Double) -> SymmetricMatrix {
    SymmetricMatrix(columns: columns.map { $0 * factor })
  }

  func callAsFunction(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    columns[0] * vector.x + columns[1] * vector.y + columns[2] * vector.z
  }

  /// `outer · self · outer`.
  func surrounded(by outer: SymmetricMatrix) -> SymmetricMatrix {
    let result = outer.columns.map { outer(self($0)) }
    // Rounding errors must not break the symmetry.
    return SymmetricMatrix(
      columns: (0..<3).map { i in
        SIMD3(
          (result[i].x + result[0][i]) / 2, (result[i].y + result[1][i]) / 2,
          (result[i].z + result[2][i]) / 2)
      })
  }

  /// The matrix with the same eigenvectors and changed eigenvalues.
  func mapped(_ change: (Double) -> Double) -> SymmetricMatrix {
    let (values, axes) = eigen
    var result = SymmetricMatrix.zero
    for k in 0..<3 { result.add(change(values[k]), times: axes[k]) }
    return result
  }

  /// Eigenvalues and unit eigenvectors, by Jacobi rotations.
  private var eigen: (values: SIMD3<Double>, axes: [SIMD3<Double>]) {
    var matrix = self
    var axes = [SIMD3<Double>(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    for _ in 0..<12 {
      for (p, q) in [(0, 1), (0, 2), (1, 2)] {
        let off = matrix.columns[p][q]
        guard abs(off) > 1e-30 else { continue }
        let theta = (matrix.columns[q][q] - matrix.columns[p][p]) / (2 * off)
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let cosine = 1 / (t * t + 1).squareRoot()
        matrix.rotate(p, q, cosine, t * cosine)
        (axes[p], axes[q]) = (
          cosine * axes[p] - t * cosine * axes[q], t * cosine * axes[p] + cosine * axes[q]
        )
      }
    }
    return (matrix.diagonal, axes)
  }

  private mutating func rotate(_ p: Int, _ q: Int, _ cosine: Double, _ sine: Double) {
    let (a, b) = (columns[p], columns[q])
    columns[p] = cosine * a - sine * b
    columns[q] = sine * a + cosine * b
    for column in 0..<3 {
      let (a, b) = (columns[column][p], columns[column][q])
      columns[column][p] = cosine * a - sine * b
      columns[column][q] = sine * a + cosine * b
    }
  }
}
