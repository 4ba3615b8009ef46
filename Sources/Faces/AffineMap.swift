import Foundation

/// An affine map of the plane.
///
/// Coordinates are continuous: pixel `k` of a row covers `k ..< k + 1`, its center is `k + 0.5`.
public struct AffineMap: Equatable, Sendable {
  /// The image of the unit vector along x.
  public var columnX: SIMD2<Double>
  /// The image of the unit vector along y.
  public var columnY: SIMD2<Double>
  /// The image of the origin.
  public var origin: SIMD2<Double>

  /// The identity map.
  public static let identity = AffineMap(
    columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: SIMD2(0, 0))

  /// The similarity transform that maps `points` to `targets` with the least squared error.
  public init(columnX: SIMD2<Double>, columnY: SIMD2<Double>, origin: SIMD2<Double>) {
    (self.columnX, self.columnY, self.origin) = (columnX, columnY, origin)
  }

  /// Applies the map to a point.
  public func callAsFunction(_ point: SIMD2<Double>) -> SIMD2<Double> {
    origin + columnX * point.x + columnY * point.y
  }
}

extension AffineMap {
  /// The similarity that comes closest to taking each of `points` to the one of `targets`.
  ///
  /// Umeyama 1991 with scale and without reflection: in the plane it is the least-squares
  /// `z ↦ a z + b` over complex numbers.
  public init(similarityFrom points: [SIMD2<Double>], to targets: [SIMD2<Double>]) {
    precondition(points.count == targets.count && points.count > 1, "a similarity needs pairs")
    let count = Double(points.count)
    let from = points.reduce(SIMD2(0, 0), +) / count
    let to = targets.reduce(SIMD2(0, 0), +) / count
    var a = SIMD2<Double>(0, 0)
    var spread = 0.0
    for (point, target) in zip(points, targets) {
      let p = point - from
      let t = target - to
      a += SIMD2(t.x * p.x + t.y * p.y, t.y * p.x - t.x * p.y)
      spread += p.x * p.x + p.y * p.y
    }
    a /= spread
    self.init(scaleAndTurn: a, origin: SIMD2(0, 0))
    origin = to - self(from)
  }

  /// The map `z ↦ a z + origin` over complex numbers.
  init(scaleAndTurn a: SIMD2<Double>, origin: SIMD2<Double>) {
    self.init(columnX: a, columnY: SIMD2(-a.y, a.x), origin: origin)
  }

  /// The map into a picture that is so many times as large.
  public func scaled(by factor: Double) -> AffineMap {
    AffineMap(columnX: columnX * factor, columnY: columnY * factor, origin: origin * factor)
  }

  /// The map that undoes this one.
  public var inverse: AffineMap {
    let x = SIMD2(columnY.y, -columnX.y) / determinant
    let y = SIMD2(-columnY.x, columnX.x) / determinant
    return AffineMap(columnX: x, columnY: y, origin: -(x * origin.x + y * origin.y))
  }

  /// How many times larger an area becomes, below 0 where it is mirrored; 0 has no inverse.
  public var determinant: Double { columnX.x * columnY.y - columnX.y * columnY.x }
}

extension AffineMap {
  /// The map as OpenCV writes it, row by row: `[a, b, tx, c, d, ty]` takes `(x, y)` to
  /// `(a x + b y + tx, c x + d y + ty)`.
  public var row: [Double] { [columnX.x, columnY.x, origin.x, columnX.y, columnY.y, origin.y] }

  /// The map of six numbers, as `row` has them.
  public init(row: [Double]) {
    precondition(row.count == 6, "\(row.count) numbers are no affine map")
    self.init(
      columnX: SIMD2(row[0], row[3]), columnY: SIMD2(row[1], row[4]), origin: SIMD2(row[2], row[5]))
  }
}
