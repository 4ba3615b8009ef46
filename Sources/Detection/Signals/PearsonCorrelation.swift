/// Pearson's correlation of two lists of one length, −1…1; 0 where one is constant.
func pearsonCorrelation(_ first: [Double], _ second: [Double]) -> Double {
  precondition(first.count == second.count, "\(first.count) and \(second.count) values")
  let count = Double(max(first.count, 1))
  let (firstMean, secondMean) = (first.reduce(0, +) / count, second.reduce(0, +) / count)
  var (product, squares) = (0.0, SIMD2(0.0, 0.0))
  for (a, b) in zip(first, second) {
    let (a, b) = (a - firstMean, b - secondMean)
    product += a * b
    squares += SIMD2(a * a, b * b)
  }
  let scale = (squares.x * squares.y).squareRoot()
  return scale > 0 ? product / scale : 0
}
