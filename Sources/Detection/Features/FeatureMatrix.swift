/// A matrix with one row per sample and one column per feature.
public struct FeatureMatrix: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  /// Row by row, finite.
  public let values: [Double]

  /// - Parameter values: row by row, finite.
  public init(columns: Int, values: [Double]) {
    precondition(
      columns > 0 && values.count % columns == 0, "\(values.count) in rows of \(columns)")
    precondition(values.allSatisfy(\.isFinite), "a feature is not finite")
    (rows, self.columns, self.values) = (values.count / columns, columns, values)
  }

  /// - Parameter rows: at least one, all of one length above 0.
  public init(rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "samples with different features")
    self.init(columns: columns, values: Array(rows.joined()))
  }

  /// One sample.
  public subscript(row: Int) -> ArraySlice<Double> {
    values[row * columns..<(row + 1) * columns]
  }

  /// The selected samples, in the given order.
  public func selecting(_ rows: [Int]) -> FeatureMatrix {
    var selected: [Double] = []
    selected.reserveCapacity(rows.count * columns)
    for row in rows { selected.append(contentsOf: self[row]) }
    return FeatureMatrix(columns: columns, values: selected)
  }

  /// The variance of all values together, as in scikit-learn's `gamma='scale'`.
  var variance: Double {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
  }
}
