private import CPixels

/// How far beside its pixels a picture is read, smoothly from place to place.
///
/// It is given at points that lie `spacing` pixels apart, the first at the picture's upper left
/// corner; between them it is bilinear.
public struct Displacement: Equatable, Sendable {
  /// How far to the right, in pixels, at each point.
  public let across: Plane
  /// How far down, in pixels, at each point.
  public let down: Plane
  /// Pixels from point to point.
  public let spacing: Int

  /// A displacement of both at the same points.
  public init(across: Plane, down: Plane, spacing: Int) {
    precondition(
      across.width == down.width && across.height == down.height && spacing > 0, "two sizes")
    (self.across, self.down, self.spacing) = (across, down, spacing)
  }

  /// How many points cover `length` pixels.
  public static func points(over length: Int, spacing: Int) -> Int {
    (length + spacing - 1) / spacing + 1
  }
}

extension Plane {
  /// The plane, read bilinearly beside its pixels.
  public func displaced(by displacement: Displacement) -> Plane {
    precondition(
      displacement.across.width >= Displacement.points(over: width, spacing: displacement.spacing)
        && displacement.across.height
          >= Displacement.points(over: height, spacing: displacement.spacing),
      "a displacement of \(displacement.across.width)x\(displacement.across.height) points")
    let moved = unsafe [Float](unsafeUninitializedCapacity: values.count) { target, count in
      unsafe cpixels_displace_plane(
        values, Int64(width), Int64(height), displacement.across.values, displacement.down.values,
        Int64(displacement.across.width), Int64(displacement.spacing), target.baseAddress)
      count = values.count
    }
    return Plane(width: width, height: height, values: moved)
  }
}
