import Foundation

/// The standard normal distribution as 4096 equally likely values, in order.
enum NormalTable {
  /// The centers of the quantiles, from -3.67 to 3.67.
  static let values: [Float] = (0..<4096).map { index in
    let share = (Double(index) + 0.5) / 4096
    // Newton's method for the point where the integral of the density is `share`.
    var place = 0.0
    for _ in 0..<30 {
      let error = 0.5 * erfc(-place / 2.0.squareRoot()) - share
      let density = exp(-place * place / 2) / (2 * Double.pi).squareRoot()
      place -= min(max(error / density, -0.5), 0.5)
    }
    return Float(place)
  }
}
