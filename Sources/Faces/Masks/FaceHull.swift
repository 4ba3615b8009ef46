public import Media

/// The convex hull of a face's landmarks, without feathering.
public struct FaceHull: Sendable {
  private let hull: ConvexHull

  /// The hull of 68 points in pixels of a picture.
  ///
  /// - Parameter includesForehead: adds the brows, raised as in `LandmarkMask`.
  public init(landmarks: [SIMD2<Float>], includesForehead: Bool) {
    precondition(landmarks.count == FaceEntry.landmarkCount, "\(landmarks.count) landmarks")
    let points = landmarks.map { SIMD2<Double>($0) }
    hull = ConvexHull(of: includesForehead ? points + LandmarkMask.forehead(of: points) : points)
  }

  /// The hull of some points of a face, in pixels of a picture.
  public init(points: [SIMD2<Float>]) {
    hull = ConvexHull(of: points.map { SIMD2<Double>($0) })
  }

  /// The share of each pixel inside the hull, 0…1.
  public func coverage(width: Int, height: Int) -> Plane {
    var values = [Float](repeating: 0, count: width * height)
    for row in 0..<height {
      for part in 0..<FaceHull.parts {
        let y = Double(row) + (Double(part) + 0.5) / Double(FaceHull.parts)
        guard let (left, right) = hull.crossing(y) else { continue }
        FaceHull.fill(
          &values, row: row * width, from: max(left, 0), to: min(right, Double(width)))
      }
    }
    return Plane(width: width, height: height, values: values)
  }

  /// Scan lines per row of pixels.
  private static let parts = 4

  private static func fill(_ values: inout [Float], row: Int, from left: Double, to right: Double) {
    guard left < right else { return }
    let share = 1 / Float(parts)
    let (first, last) = (Int(left), Int(right.rounded(.up)) - 1)
    for column in first...last {
      let covered = min(right, Double(column + 1)) - max(left, Double(column))
      values[row + column] += share * Float(covered)
    }
  }
}

extension ConvexHull {
  /// The left and right intersections with a horizontal line; nil if there are none.
  func crossing(_ y: Double) -> (left: Double, right: Double)? {
    var (left, right) = (Double.infinity, -Double.infinity)
    for index in corners.indices {
      let (from, to) = (corners[index], corners[(index + 1) % corners.count])
      guard (from.y <= y) != (to.y <= y) else { continue }
      let x = from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y)
      (left, right) = (min(left, x), max(right, x))
    }
    return left < right ? (left, right) : nil
  }
}
