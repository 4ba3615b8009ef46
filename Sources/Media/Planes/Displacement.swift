private import CPixels

/// A smooth field of sampling offsets.
///
/// The offsets are given on a grid `spacing` pixels apart, starting at the picture's upper left
/// corner, and interpolated bilinearly.
public struct Displacement: Equatable, Sendable {
  /// The offset to the right, in pixels, at each grid point.
  public let across: Plane
  /// The offset downwards, in pixels, at each grid point.
  public let down: Plane
  /// Pixels between grid points.
  public let spacing: Int

  /// A displacement from two fields on the same grid.
  public init(across: Plane, down: Plane, spacing: Int) {
    precondition(
      across.width == down.width && across.height == down.height && spacing > 0, "two sizes")
    (self.across, self.down, self.spacing) = (across, down, spacing)
  }

  /// The number of grid points that cover `length` pixels.
  public static func points(over length: Int, spacing: Int) -> Int {
    (length + spacing - 1) / spacing + 1
  }
}

extension Plane {
  /// The plane resampled bilinearly with the offsets.
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
