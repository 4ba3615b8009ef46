import Foundation

extension Pose {
  /// The rotation of a head with these landmarks, in radians.
  ///
  /// The best weak-perspective fit of `MeanFace`: the least-squares affine map from space to the
  /// picture, and the nearest rotation. Collinear landmarks have no pose: 0.
  public init(landmarks: [SIMD2<Float>]) {
    precondition(landmarks.count == MeanFace.points.count, "\(landmarks.count) landmarks")
    self.init()
    guard let (right, up) = Pose.rows(of: Pose.affine(to: landmarks)) else { return }
    // The viewing direction of the face; x to the viewer's right, y up, z towards the camera.
    let ahead = SIMD3(right.z, up.z, right.x * up.y - right.y * up.x)
    yaw = Float(atan2(ahead.x, ahead.z))
    pitch = Float(asin(min(max(ahead.y, -1), 1)))
    roll = Float(atan2(-up.x, up.y))
  }

  private typealias Rows = (right: SIMD3<Double>, up: SIMD3<Double>)

  /// The mean face relative to its center, y up.
  private static let centered: [SIMD3<Double>] = {
    let points = MeanFace.points.map { SIMD3($0.x, -$0.y, $0.z) }
    let middle = points.reduce(SIMD3(0, 0, 0), +) / Double(points.count)
    return points.map { $0 - middle }
  }()

  /// The weights of the points of `centered` in the least-squares map.
  private static let weights: [SIMD3<Double>] = {
    var (a, b, c) = (SIMD3(0.0, 0, 0), SIMD3(0.0, 0, 0), SIMD3(0.0, 0, 0))
    for point in centered {
      a += point * point.x
      b += point * point.y
      c += point * point.z
    }
    // The inverse of a symmetric matrix: cross products of its rows over its determinant.
    let determinant = (a * cross(b, c)).sum()
    let inverse = (cross(b, c) / determinant, cross(c, a) / determinant, cross(a, b) / determinant)
    return centered.map { inverse.0 * $0.x + inverse.1 * $0.y + inverse.2 * $0.z }
  }()

  private static func affine(to landmarks: [SIMD2<Float>]) -> Rows {
    var rows = (SIMD3(0.0, 0, 0), SIMD3(0.0, 0, 0))
    for (weight, point) in zip(weights, landmarks) {
      rows.0 += weight * Double(point.x)
      rows.1 -= weight * Double(point.y)
    }
    return rows
  }

  /// The first two rows of the rotation closest to an affine map, up to scale.
  ///
  /// The map times the inverse square root of its 2×2 Gram matrix.
  private static func rows(of map: Rows) -> Rows? {
    let xx = (map.right * map.right).sum()
    let yy = (map.up * map.up).sum()
    let xy = (map.right * map.up).sum()
    let determinant = xx * yy - xy * xy
    guard determinant > 1e-9 * max(xx, yy) * max(xx, yy), determinant > 0 else { return nil }
    let area = determinant.squareRoot()
    let trace = (xx + yy + 2 * area).squareRoot()
    let root = (xx: (xx + area) / trace, xy: xy / trace, yy: (yy + area) / trace)
    return (
      (map.right * root.yy - map.up * root.xy) / area,
      (map.up * root.xx - map.right * root.xy) / area
    )
  }

  private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
