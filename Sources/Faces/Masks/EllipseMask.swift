public import Engine

/// A soft elliptical face mask in the crop, for faces without landmarks.
///
/// Lengths are relative to the crop's side. The proportions are those of a frontal face in a
/// detector's box (anthropometry gives a face about 0.75 as wide as high; here the forehead ends at
/// the hairline and the chin reaches the lower edge).
public struct EllipseMask: Codable, Equatable, Sendable {
  /// The center's horizontal position.
  public var centerX = 0.5
  /// The center's vertical position: slightly below the crop's center, at the nose.
  public var centerY = 0.51
  /// The horizontal radius.
  public var halfWidth = 0.42
  /// The vertical radius.
  public var halfHeight = 0.48
  /// The share of the radius, from the edge inwards, over which the mask falls from 1 to 0.
  public var feather = 0.25

  /// The ellipse of a frontal face.
  public init() {}

  /// The weight at a point in the crop, 0…1; exactly 0 outside the ellipse.
  public func weight(x: Double, y: Double) -> Double {
    let dx = (x - centerX) / halfWidth
    let dy = (y - centerY) / halfHeight
    let inside = 1 - (dx * dx + dy * dy).squareRoot()
    guard inside > 0 else { return 0 }
    guard inside < feather else { return 1 }
    let t = inside / feather
    return t * t * (3 - 2 * t)
  }

  /// The mask at `side`×`side` pixels, `[1, side, side, 1]` in 0…1.
  public func callAsFunction(side: Int) -> Tensor {
    let step = 1 / Double(side)
    return Tensor.stacked(1, part: [side, side, 1]) { _, mask in
      for row in 0..<side {
        for column in 0..<side {
          mask[row * side + column] = Float(
            weight(x: (Double(column) + 0.5) * step, y: (Double(row) + 0.5) * step))
        }
      }
    }
  }
}
