import Foundation

/// What each pixel of a resized line takes from the pixels of the line it comes from.
///
/// Lanczos with three lobes; the window widens where the line shrinks, so nothing is skipped.
/// Beyond its ends a line goes on with its last pixel.
struct LanczosTaps: Sendable {
  /// Taps for one output pixel.
  let count: Int
  /// Which pixels are taken, `count` for each output pixel.
  let sources: [Int]
  /// How much of them; the weights of an output pixel add up to 1.
  let weights: [Float]

  /// - Parameters:
  ///   - length: pixels of the line that is resized.
  ///   - origin: where its start lies in the output, in pixels.
  ///   - extent: how long it is there, in pixels.
  ///   - places: the output pixels to fill.
  init(length: Int, origin: Double, extent: Double, places: Range<Int>) {
    let scale = Double(length) / extent
    let stretch = max(1, scale)
    let reach = 3 * stretch
    count = Int((2 * reach).rounded(.up)) + 1
    var sources: [Int] = []
    var weights: [Float] = []
    for place in places {
      let center = (Double(place) + 0.5 - origin) * scale - 0.5
      let first = Int((center - reach).rounded(.up))
      let line = (first..<first + count).map { LanczosTaps.window((Double($0) - center) / stretch) }
      let sum = line.reduce(0, +)
      for (offset, weight) in line.enumerated() {
        sources.append(min(max(first + offset, 0), length - 1))
        weights.append(Float(weight / sum))
      }
    }
    self.sources = sources
    self.weights = weights
  }

  private static func window(_ x: Double) -> Double {
    if abs(x) < 1e-9 { return 1 }
    if abs(x) >= 3 { return 0 }
    let a = Double.pi * x
    return 3 * sin(a) * sin(a / 3) / (a * a)
  }
}
