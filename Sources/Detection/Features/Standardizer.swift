/// Standardizes features with the mean and standard deviation of training samples.
public struct Standardizer: Equatable, Sendable {
  /// By feature; float32 values, so that a checkpoint stores them exactly.
  public let means, deviations: [Double]

  /// - Parameter samples: at least one; a constant feature is divided by 1.
  public init(of samples: FeatureMatrix) {
    precondition(samples.rows > 0, "no samples to standardize")
    let count = Double(samples.rows)
    var sums = [Double](repeating: 0, count: samples.columns)
    for row in 0..<samples.rows {
      for (column, value) in samples[row].enumerated() { sums[column] += value }
    }
    let means = sums.map { $0 / count }
    var squares = [Double](repeating: 0, count: samples.columns)
    for row in 0..<samples.rows {
      for (column, value) in samples[row].enumerated() {
        squares[column] += (value - means[column]) * (value - means[column])
      }
    }
    self.init(
      means: means,
      deviations: zip(squares, means).map { square, mean in
        let deviation = (square / count).squareRoot()
        // A deviation this small is rounding error of a constant feature.
        return deviation > 1e-9 * max(abs(mean), 1e-3) ? deviation : 1
      })
  }

  /// - Parameter deviations: greater than 0.
  init(means: [Double], deviations: [Double]) {
    precondition(
      means.count == deviations.count, "\(means.count) means, \(deviations.count) deviations")
    precondition(deviations.allSatisfy { $0 > 0 }, "a deviation is not above 0")
    self.means = means.map { Double(Float($0)) }
    self.deviations = deviations.map { max(Double(Float($0)), 1e-30) }
  }

  /// The standardized samples.
  public func callAsFunction(_ samples: FeatureMatrix) -> FeatureMatrix {
    precondition(samples.columns == means.count, "\(samples.columns) features, not \(means.count)")
    var values = samples.values
    for row in 0..<samples.rows {
      for column in means.indices {
        let place = row * means.count + column
        values[place] = (values[place] - means[column]) / deviations[column]
      }
    }
    return FeatureMatrix(columns: means.count, values: values)
  }
}
