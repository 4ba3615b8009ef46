import Foundation

/// The weights of source pixels for each new pixel along one axis of a resized picture.
public struct ResizeWeights: Equatable, Sendable {
  /// Source pixels along the axis.
  public let length: Int
  /// The number of weights per new pixel; the last ones may be zero.
  public let count: Int
  /// The first source pixel of each new one.
  ///
  /// It may lie outside, where the edge pixel is used.
  public let starts: [Int]
  /// `count` weights per new pixel, which sum to 1.
  public let weights: [Float]

  /// The source pixel of each weight, `count` per new pixel, clamped to the axis.
  public var sources: [Int] {
    starts.flatMap { start in
      (start..<start + count).map { min(max($0, 0), length - 1) }
    }
  }

  /// The weights of the source pixels from `start` on.
  private typealias Part = (start: Int, weights: [Double])

  /// - Parameter part: the weights of each new pixel.
  private init(_ new: Range<Int>, of length: Int, _ part: (_ index: Int) -> Part) {
    let parts = new.map(part)
    let count = parts.reduce(1) { max($0, $1.weights.count) }
    (self.length, self.count) = (length, count)
    starts = parts.map(\.start)
    weights = parts.flatMap { part in
      part.weights.map { Float($0) }
        + [Float](repeating: 0, count: count - part.weights.count)
    }
  }
}

extension ResizeWeights {
  /// Resizes a whole axis; weights are cut off at its ends, so that all source pixels are inside.
  init(from old: Int, to new: Int, _ filter: ResizeFilter) {
    let scale = Double(old) / Double(new)
    func part(_ index: Int) -> Part {
      switch filter {
      case .area where scale > 1: ResizeWeights.area(index, scale, old)
      case .area, .bilinear: ResizeWeights.bilinear(index, scale, old)
      case .lanczos: ResizeWeights.lanczos(index, scale, old)
      }
    }
    let count = (0..<new).reduce(1) { max($0, part($1).weights.count) }
    self.init(0..<new, of: old) { index in
      let (own, weights) = part(index)
      let start = min(own, old - count)
      return (
        start, [Double](repeating: 0, count: own - start) + ResizeWeights.normalized(weights)
      )
    }
  }

  /// Draws an axis into a picture with a three-lobed Lanczos window, widened when the axis shrinks.
  ///
  /// - Parameters:
  ///   - length: source pixels along the axis.
  ///   - origin: the position of its start in the picture, in pixels.
  ///   - extent: its length in the picture, in pixels.
  ///   - places: the new pixels in the picture.
  public init(lanczos length: Int, origin: Double, extent: Double, places: Range<Int>) {
    let scale = Double(length) / extent
    let stretch = max(1, scale)
    let reach = 3 * stretch
    let count = Int((2 * reach).rounded(.up)) + 1
    self.init(places, of: length) { place in
      let center = (Double(place) + 0.5 - origin) * scale - 0.5
      let first = Int((center - reach).rounded(.up))
      let weights = (first..<first + count).map {
        ResizeWeights.window((Double($0) - center) / stretch)
      }
      return (first, ResizeWeights.normalized(weights))
    }
  }

  /// Resizes a part of an axis: by area when it shrinks, otherwise bilinearly.
  ///
  /// - Parameters:
  ///   - start: the start of the part, in pixels; it may lie outside.
  ///   - side: the length of the part, in pixels.
  ///   - target: the number of new pixels.
  ///   - length: source pixels along the axis.
  public init(part start: Double, side: Double, to target: Int, of length: Int) {
    let scale = side / Double(target)
    let shrinks = scale > 1
    let count = shrinks ? Int(scale.rounded(.up)) + 1 : 2
    self.init(0..<target, of: length) { index in
      let begin = start + Double(index) * scale
      let first =
        shrinks ? Int(begin.rounded(.down)) : Int((begin + scale / 2 - 0.5).rounded(.down))
      let weights = (first..<first + count).map { pixel -> Double in
        let at = Double(pixel)
        return shrinks
          ? max(0, min(begin + scale, at + 1) - max(begin, at)) / scale
          : max(0, 1 - abs(begin + scale / 2 - 0.5 - at))
      }
      return (first, weights)
    }
  }

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
    return (start, (start..<end).map { window((Double($0) - center + 0.5) / width) })
  }

  private static func normalized(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// The three-lobed Lanczos window.
  private static func window(_ x: Double) -> Double {
    if abs(x) < 1e-9 { return 1 }
    if abs(x) >= 3 { return 0 }
    let angle = Double.pi * x
    return 3 * sin(angle) * sin(angle / 3) / (angle * angle)
  }
}
