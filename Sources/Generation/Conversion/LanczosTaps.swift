import Foundation

/// The source pixels and weights for each pixel of a resized line.
///
/// Lanczos with three lobes; the window is widened for reduction, so that no pixel is skipped.
/// Beyond its ends the end pixels of a line repeat.
struct LanczosTaps: Sendable {
  /// The number of taps per output pixel.
  let count: Int
  /// The source pixels, `count` for each output pixel.
  let sources: [Int]
  /// Their weights; those of an output pixel sum to 1.
  let weights: [Float]

  /// - Parameters:
  ///   - length: the length of the source line, in pixels.
  ///   - origin: the position of its start in the output, in pixels.
  ///   - extent: its length in the output, in pixels.
  ///   - places: the output pixels to compute.
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
