/// A plane between real and fake.
public struct LinearModel: Equatable, Sendable {
  /// By feature; float32 numbers, so that a checkpoint holds them exactly.
  public let weights: [Double]
  public let intercept: Double

  init(weights: [Double], intercept: Double) {
    self.weights = weights.map { Double(Float($0)) }
    self.intercept = Double(Float(intercept))
  }

  /// Above 0 for fake, one number a sample.
  public func scores(of samples: FeatureMatrix) -> [Double] {
    precondition(samples.columns == weights.count, "\(samples.columns) features")
    return (0..<samples.rows).map { row in
      zip(samples[row], weights).reduce(intercept) { $0 + $1.0 * $1.1 }
    }
  }
}
