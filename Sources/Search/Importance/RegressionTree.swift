/// A regression tree on numbers, grown until its leaves are pure (Breiman and others 1984).
struct RegressionTree {
  /// A part of the space, with the mean of its samples.
  struct Leaf {
    /// The bounds along each column.
    let low, high: [Double]
    let value: Double
    /// The product of the sides.
    var volume: Double { zip(low, high).reduce(1) { $0 * ($1.1 - $1.0) } }
  }

  private(set) var leaves: [Leaf] = []
  /// The thresholds of splits along each column.
  private(set) var thresholds: [Set<Double>]

  /// - Parameters:
  ///   - rows: the samples, a number for each column.
  ///   - targets: the value of each sample.
  ///   - chosen: the samples to learn from; those that are there twice count twice.
  ///   - bounds: the bounds of the space along each column.
  init(
    of rows: [[Double]], _ targets: [Double], chosen: [Int],
    within bounds: [(low: Double, high: Double)], using source: inout some RandomNumberGenerator
  ) {
    thresholds = bounds.map { _ in [] }
    // A list instead of recursion: a tree may be as deep as it has samples.
    var open = [(samples: chosen, low: bounds.map(\.low), high: bounds.map(\.high))]
    while let node = open.popLast() {
      guard let split = RegressionTree.split(of: rows, targets, node.samples, using: &source) else {
        let value = node.samples.reduce(0) { $0 + targets[$1] } / Double(node.samples.count)
        leaves.append(Leaf(low: node.low, high: node.high, value: value))
        continue
      }
      thresholds[split.column].insert(split.threshold)
      var (below, above) = (node, node)
      below.samples = node.samples.filter { rows[$0][split.column] <= split.threshold }
      above.samples = node.samples.filter { rows[$0][split.column] > split.threshold }
      below.high[split.column] = split.threshold
      above.low[split.column] = split.threshold
      open += [above, below]
    }
  }

  /// A tree of some leaves, which fill the space.
  init(_ leaves: [Leaf], columns: Int) {
    self.leaves = leaves
    thresholds = (0..<columns).map { column in
      let low = leaves.map { $0.low[column] }
      return Set(low).subtracting([low.min() ?? 0])
    }
  }

  /// The split that leaves the least squared error; of equal ones, that of a random column.
  ///
  /// - Returns: nil for samples that are alike.
  private static func split(
    of rows: [[Double]], _ targets: [Double], _ samples: [Int],
    using source: inout some RandomNumberGenerator
  ) -> (column: Int, threshold: Double)? {
    guard let first = samples.first, samples.contains(where: { targets[$0] != targets[first] })
    else { return nil }
    let total = samples.reduce(0) { $0 + targets[$1] }
    var columns = Array(rows[first].indices)
    for last in stride(from: columns.count - 1, to: 0, by: -1) {
      columns.swapAt(last, source.index(last + 1))
    }
    var best: (gain: Double, column: Int, threshold: Double)?
    for column in columns {
      let sorted = samples.sorted { rows[$0][column] < rows[$1][column] }
      var sum = 0.0
      for place in 1..<sorted.count {
        sum += targets[sorted[place - 1]]
        let (low, high) = (rows[sorted[place - 1]][column], rows[sorted[place]][column])
        guard high > low else { continue }
        let (left, right) = (Double(place), Double(sorted.count - place))
        // The sum of squares that the two means explain.
        let gain = sum * sum / left + (total - sum) * (total - sum) / right
        if best.map({ gain > $0.gain * (1 + 1e-12) }) ?? true {
          best = (gain, column, min(low + (high - low) / 2, high.nextDown))
        }
      }
    }
    return best.map { ($0.column, $0.threshold) }
  }

  /// The variance of the tree's values over the space.
  var variance: Double {
    RegressionTree.variance(leaves.map { (value: $0.value, weight: $0.volume) })
  }

  /// The variance of the values over some columns, averaged over all others.
  func variance(over columns: [Int], within bounds: [(low: Double, high: Double)]) -> Double {
    // Between thresholds, the average is constant.
    var cells: [(point: [Double], size: Double)] = [([], 1)]
    for column in columns {
      let edges =
        [bounds[column].low] + thresholds[column].sorted() + [bounds[column].high]
      cells = cells.flatMap { cell in
        zip(edges, edges.dropFirst()).map { low, high in
          (point: cell.point + [(low + high) / 2], size: cell.size * (high - low))
        }
      }
    }
    return RegressionTree.variance(
      cells.map { cell in
        var (sum, weights) = (0.0, 0.0)
        for leaf in leaves {
          var weight = leaf.volume
          for (place, column) in columns.enumerated() where weight > 0 {
            let (low, high) = (leaf.low[column], leaf.high[column])
            weight =
              low < cell.point[place] && cell.point[place] <= high ? weight / (high - low) : 0
          }
          (sum, weights) = (sum + weight * leaf.value, weights + weight)
        }
        return (value: weights > 0 ? sum / weights : 0, weight: cell.size)
      })
  }

  private static func variance(_ values: [(value: Double, weight: Double)]) -> Double {
    let weight = values.reduce(0) { $0 + $1.weight }
    guard weight > 0 else { return 0 }
    let mean = values.reduce(0) { $0 + $1.value * $1.weight } / weight
    return values.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) * $1.weight } / weight
  }
}
