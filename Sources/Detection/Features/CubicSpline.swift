/// The not-a-knot cubic spline through equally spaced values.
///
/// Equal to SciPy's one-dimensional `griddata(method='cubic')` and `interp1d(kind='cubic')`.
struct CubicSpline {
  private let values: [Double]
  /// Second derivatives at the values, for a spacing of 1.
  private let curvatures: [Double]

  /// - Parameter values: at least 4.
  init(through values: [Double]) {
    let count = values.count
    precondition(count >= 4, "\(count) values make no cubic spline")
    let bends = (1..<count - 1).map { (index: Int) -> Double in
      let before = values[index] - values[index - 1]
      let after = values[index + 1] - values[index]
      return 6 * (after - before)
    }
    var curvatures = [Double](repeating: 0, count: count)
    // Without a knot there, the curvature is linear, and its neighbors cancel.
    curvatures[1] = bends[0] / 6
    curvatures[count - 2] = bends[count - 3] / 6
    if count > 4 {
      // c[i − 1] + 4 c[i] + c[i + 1] = bend, by elimination from the front.
      var factors = [Double](repeating: 0, count: count)
      for index in 2..<count - 2 {
        let pivot = 4 - factors[index - 1]
        factors[index] = 1 / pivot
        curvatures[index] = (bends[index - 1] - curvatures[index - 1]) / pivot
      }
      for index in (2..<count - 2).reversed() {
        curvatures[index] -= factors[index] * curvatures[index + 1]
      }
    }
    curvatures[0] = 2 * curvatures[1] - curvatures[2]
    curvatures[count - 1] = 2 * curvatures[count - 2] - curvatures[count - 3]
    (self.values, self.curvatures) = (values, curvatures)
  }

  /// Values at `count` equally spaced positions from the first to the last.
  ///
  /// - Parameter count: at least 2.
  func resampled(to count: Int) -> [Double] {
    let last = values.count - 1
    return (0..<count).map { (number: Int) -> Double in
      let place = Double(number * last) / Double(count - 1)
      let left = min(Int(place), last - 1)
      let t = place - Double(left)
      let s = 1 - t
      let line: Double = s * values[left] + t * values[left + 1]
      let (bendLeft, bendRight): (Double, Double) = (s * s * s - s, t * t * t - t)
      let bend: Double = bendLeft * curvatures[left] + bendRight * curvatures[left + 1]
      return line + bend / 6
    }
  }
}
