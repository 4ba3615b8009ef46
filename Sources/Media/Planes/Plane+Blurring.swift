private import CPixels
import Foundation

extension Plane {
  /// The plane blurred along both axes; beyond the edges the edge values repeat.
  public func blurred(by taps: BlurTaps) -> Plane {
    var row = [Float](repeating: 0, count: width + 2 * taps.radius)
    let blurred = unsafe [Float](unsafeUninitializedCapacity: values.count) { target, count in
      unsafe cpixels_blur_plane(
        values, Int64(width), Int64(height), taps.weights, Int64(taps.radius), &row,
        target.baseAddress)
      count = values.count
    }
    return Plane(width: width, height: height, values: blurred)
  }

  /// The plane blurred by a Gaussian of this standard deviation in pixels.
  public func blurred(deviation: Double) -> Plane { blurred(by: BlurTaps(deviation: deviation)) }
}

/// The weights of a blur along one axis.
public struct BlurTaps: Equatable, Sendable {
  /// The center weight and those to one side; with the other side they sum to 1.
  let weights: [Float]

  /// A Gaussian of this standard deviation in pixels, truncated at four deviations like scipy's.
  public init(deviation: Double) {
    self.init(deviation: deviation, radius: Int((4 * deviation).rounded()))
  }

  /// A Gaussian of this standard deviation in pixels, truncated at `radius` pixels.
  public init(deviation: Double, radius: Int) {
    precondition(deviation >= 0 && radius >= 0, "a blur of \(deviation), \(radius) pixels wide")
    let side = (0...radius).map {
      deviation > 0 ? exp(-Double($0 * $0) / (2 * deviation * deviation)) : $0 == 0 ? 1 : 0
    }
    let sum = 2 * side.reduce(0, +) - side[0]
    weights = side.map { Float($0 / sum) }
  }

  /// The number of pixels to one side.
  public var radius: Int { weights.count - 1 }
}
