import Foundation

/// How a pulse is told from the color of skin over time.
enum PulseMethod: CaseIterable, Sendable {
  /// "Plane orthogonal to skin": Wang, den Brinker, Stuijk and de Haan, "Algorithmic principles of remote
  /// PPG", 2017.
  case pos
  /// The chrominance method: de Haan and Jeanne, "Robust pulse rate from chrominance-based rPPG", 2013.
  case chrom

  /// The seconds of a window in which the light is taken for constant.
  private static let window = 1.6

  /// The pulse of a color, at even times.
  ///
  /// - Parameter rate: samples a second.
  func pulse(of colors: [SIMD3<Double>], rate: Double) -> [Double] {
    var pulse = [Double](repeating: 0, count: colors.count)
    switch self {
    case .pos:
      let length = Int((PulseMethod.window * rate).rounded(.up))
      guard colors.count >= length else { return pulse }
      for start in 0...colors.count - length {
        let window = PulseMethod.normalized(colors[start..<start + length])
        let first = window.map { $0.y - $0.z }
        let second = window.map { $0.y + $0.z - 2 * $0.x }
        let ratio = PulseMethod.ratio(first, second)
        let sums = zip(first, second).map { $0 + ratio * $1 }
        let mean = sums.reduce(0, +) / Double(length)
        for (offset, sum) in sums.enumerated() { pulse[start + offset] += sum - mean }
      }
    case .chrom:
      let half = Int((PulseMethod.window / 2 * rate).rounded(.up))
      let length = 2 * half
      guard colors.count >= length else { return pulse }
      for start in stride(from: 0, through: colors.count - length, by: half) {
        let window = PulseMethod.normalized(colors[start..<start + length])
        let first = window.map { 3 * $0.x - 2 * $0.y }
        let second = window.map { 1.5 * $0.x + $0.y - 1.5 * $0.z }
        let ratio = PulseMethod.ratio(first, second)
        let differences = zip(first, second).map { $0 - ratio * $1 }
        let mean = differences.reduce(0, +) / Double(length)
        for (offset, difference) in differences.enumerated() {
          // Hann windows that overlap by half sum to 1.
          let weight = 0.5 - 0.5 * cos(2 * Double.pi * Double(offset) / Double(length))
          pulse[start + offset] += weight * (difference - mean)
        }
      }
    }
    return pulse
  }

  /// Colors over their mean.
  private static func normalized(_ colors: ArraySlice<SIMD3<Double>>) -> [SIMD3<Double>] {
    let mean = colors.reduce(SIMD3(0, 0, 0), +) / Double(colors.count)
    return colors.map { $0 / mean }
  }

  /// The standard deviation of one list over that of another; 0 where that is constant.
  private static func ratio(_ first: [Double], _ second: [Double]) -> Double {
    func deviation(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
        .squareRoot()
    }
    let divisor = deviation(second)
    return divisor > 1e-12 ? deviation(first) / divisor : 0
  }
}

/// Values at even times, interpolated from such at any times.
///
/// - Parameter times: ascending, as many as values; at least two.
func resampled(_ values: [SIMD3<Double>], at times: [Double], rate: Double) -> [SIMD3<Double>] {
  let (first, last) = (times[0], times[times.count - 1])
  var place = 0
  return (0...Int(((last - first) * rate).rounded(.down))).map { index in
    let time = first + Double(index) / rate
    while place + 2 < times.count, times[place + 1] < time { place += 1 }
    let step = times[place + 1] - times[place]
    let share = step > 0 ? min(max((time - times[place]) / step, 0), 1) : 0
    return values[place] + (values[place + 1] - values[place]) * share
  }
}
