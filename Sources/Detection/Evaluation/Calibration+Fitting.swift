public import Faces
import Foundation

extension Calibration {
  /// The maximum likelihood calibration on validation samples.
  ///
  /// Targets are smoothed as in Platt, (N₊ + 1) / (N₊ + 2) and 1 / (N₋ + 2), so that the slope is
  /// finite even for a perfect ranking. Slopes are limited to 0.001…1000 relative to the logits'
  /// root mean square: a detector that ranks backwards stays backwards, and its probabilities are
  /// uninformative.
  ///
  /// - Parameter logits: of validation samples, finite.
  public init(
    _ method: Method, logits: [Double], labels: [Label]
  ) throws(DetectionError) {
    precondition(logits.count == labels.count, "\(logits.count) logits, \(labels.count) labels")
    guard method != .none else {
      self = .none
      return
    }
    let balance = ClassBalance(of: labels)
    if let missing = balance.missing { throw .oneClass(purpose: "Calibration", missing: missing) }
    let size = (logits.reduce(0) { $0 + $1 * $1 } / Double(logits.count)).squareRoot()
    let unit = size > 0 ? size : 1
    let fit = LogisticFit(
      inputs: logits.map { $0 / unit },
      targets: labels.map { label in
        label == .fake
          ? Double(balance.fake + 1) / Double(balance.fake + 2) : 1 / Double(balance.real + 2)
      })
    let (slope, intercept) = fit.minimum(withIntercept: method == .platt)
    self.init(method: method, slope: slope / unit, intercept: intercept)
  }
}

/// Smoothed targets for the logistic function of slope · input + intercept.
private struct LogisticFit {
  let inputs, targets: [Double]
  static let slopes = 1e-3...1e3

  /// Newton's method with step halving (Lin, Lin & Weng 2007); the slope stays within its bounds.
  func minimum(withIntercept: Bool) -> (slope: Double, intercept: Double) {
    var (slope, intercept) = (1.0, 0.0)
    var loss = loss(slope, intercept)
    for _ in 0..<100 {
      let step = newton(slope, intercept, withIntercept)
      var share = 1.0
      var moved = false
      while share > 1e-10 {
        let nextSlope = min(
          max(slope - share * step.slope, LogisticFit.slopes.lowerBound),
          LogisticFit.slopes.upperBound)
        let nextIntercept = intercept - share * step.intercept
        let next = self.loss(nextSlope, nextIntercept)
        if next < loss {
          moved = loss - next > 1e-14 * loss
          (slope, intercept, loss) = (nextSlope, nextIntercept, next)
          break
        }
        share /= 2
      }
      guard moved else { break }
    }
    return (slope, intercept)
  }

  /// −Σ t ln p + (1 − t) ln (1 − p), without overflow.
  private func loss(_ slope: Double, _ intercept: Double) -> Double {
    var sum = 0.0
    for (input, target) in zip(inputs, targets) {
      let z = slope * input + intercept
      sum += max(z, 0) - z * target + log1p(exp(-abs(z)))
    }
    return sum
  }

  /// Hessian⁻¹ · gradient; the intercept alone, if the slope would cross its bound.
  private func newton(
    _ slope: Double, _ intercept: Double, _ withIntercept: Bool
  ) -> (slope: Double, intercept: Double) {
    var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-12, 0.0, 1e-12)
    for (input, target) in zip(inputs, targets) {
      let p = logistic(slope * input + intercept)
      g0 += (p - target) * input
      g1 += p - target
      let curvature = p * (1 - p)
      h00 += curvature * input * input
      h01 += curvature * input
      h11 += curvature
    }
    let isAtBound =
      (slope <= LogisticFit.slopes.lowerBound && g0 > 0)
      || (slope >= LogisticFit.slopes.upperBound && g0 < 0)
    guard withIntercept else { return (isAtBound ? 0 : g0 / h00, 0) }
    guard !isAtBound else { return (0, g1 / h11) }
    let determinant = h00 * h11 - h01 * h01
    guard determinant > 1e-12 * h00 * h11 else { return (0, g1 / h11) }
    return ((g0 * h11 - g1 * h01) / determinant, (g1 * h00 - g0 * h01) / determinant)
  }
}
