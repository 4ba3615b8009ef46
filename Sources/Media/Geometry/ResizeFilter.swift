import Foundation

/// A resampling filter; pixels are squares with centers at half-integers.
public enum ResizeFilter: Equatable, Sendable {
  /// Area average, as OpenCV's `INTER_AREA`; the best for reducing.
  ///
  /// Along a side that grows it is `.bilinear`.
  case area
  /// Linear interpolation, as OpenCV's `INTER_LINEAR`; aliases at large reductions.
  case bilinear
  /// Lanczos' window with three lobes, widened for reduction like PIL's `LANCZOS`.
  case lanczos
}

/// The weights of source pixels for each new pixel along one axis.
struct ResizeWeights {
  /// The number of weights per new pixel; at an edge the last ones may be zero.
  let taps: Int
  /// The first source pixel of each new one; all `taps` of them are inside.
  let starts: [Int]
  /// `taps` weights per new pixel, which sum to 1.
  let weights: [Float]

  init(from old: Int, to new: Int, _ filter: ResizeFilter) {
    let scale = Double(old) / Double(new)
    let parts = (0..<new).map { index in
      switch filter {
      case .area where scale > 1: ResizeWeights.area(index, scale, old)
      case .area, .bilinear: ResizeWeights.bilinear(index, scale, old)
      case .lanczos: ResizeWeights.lanczos(index, scale, old)
      }
    }
    let taps = parts.reduce(1) { max($0, $1.weights.count) }
    var weights = [Float](repeating: 0, count: new * taps)
    var starts: [Int] = []
    for (index, part) in parts.enumerated() {
      let start = min(part.start, old - taps)
      let total = part.weights.reduce(0, +)
      for (tap, weight) in part.weights.enumerated() {
        weights[index * taps + part.start - start + tap] = Float(weight / total)
      }
      starts.append(start)
    }
    self.taps = taps
    self.starts = starts
    self.weights = weights
  }

  private typealias Part = (start: Int, weights: [Double])

  private static func area(_ index: Int, _ scale: Double, _ old: Int) -> Part {
    let (low, high) = (Double(index) * scale, min(Double(index + 1) * scale, Double(old)))
    // A sliver is rounding error of the ratio, not part of the picture.
    let sliver = 1e-3
    let start = Int((low + sliver).rounded(.down))
    let end = min(max(Int((high - sliver).rounded(.up)), start + 1), old)
    return (start, (start..<end).map { min(high, Double($0 + 1)) - max(low, Double($0)) })
  }

  private static func bilinear(_ index: Int, _ scale: Double, _ old: Int) -> Part {
    let center = min(max((Double(index) + 0.5) * scale - 0.5, 0), Double(old - 1))
    let start = min(Int(center), max(old - 2, 0))
    let share = center - Double(start)
    return (start, old == 1 ? [1] : [1 - share, share])
  }

  private static func lanczos(_ index: Int, _ scale: Double, _ old: Int) -> Part {
    let width = max(scale, 1)
    let center = (Double(index) + 0.5) * scale
    let start = max(Int((center - 3 * width + 0.5).rounded(.down)), 0)
    let end = min(Int((center + 3 * width + 0.5).rounded(.down)), old)
    return (start, (start..<end).map { lanczos((Double($0) - center + 0.5) / width) })
  }

  private static func lanczos(_ x: Double) -> Double {
    guard x != 0 else { return 1 }
    guard abs(x) < 3 else { return 0 }
    let angle = Double.pi * x
    return 3 * sin(angle) * sin(angle / 3) / (angle * angle)
  }
}
