private import CPixels

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
