/// A soft face mask from landmarks.
///
/// The hull of all 68 points, with a soft edge on both sides; excluded parts have equally soft
/// edges.
public struct LandmarkMask: Equatable, Sendable {
  /// Whether the forehead is included: the brows are raised by 38 % of their distance from the
  /// chin.
  public var includesForehead = true
  /// Whether the eyes are included.
  public var includesEyes = true
  /// Whether the mouth, with the lips, is included.
  public var includesMouth = true
  /// The width of the soft edge, relative to the face's width.
  public var softness = 0.06

  /// The mask of the whole face.
  public init() {}

  /// The weight of each pixel, 0…255, row by row.
  ///
  /// - Parameter landmarks: 68 points in pixels of the picture.
  public func callAsFunction(
    landmarks: [SIMD2<Float>], width: Int, height: Int
  ) -> [UInt8] {
    precondition(landmarks.count == FaceEntry.landmarkCount, "\(landmarks.count) landmarks")
    let points = landmarks.map { SIMD2<Double>($0) }
    let edge = max(softness * FaceBox(around: landmarks).width, 1)
    let face = ConvexHull(
      of: includesForehead ? points + LandmarkMask.forehead(of: points) : points)
    var holes: [ConvexHull] = []
    if !includesEyes { holes += [36..<42, 42..<48].map { ConvexHull(of: points[$0]) } }
    if !includesMouth { holes.append(ConvexHull(of: points[48..<60])) }
    var mask = [UInt8](repeating: 0, count: width * height)
    for row in 0..<height {
      for column in 0..<width {
        let place = SIMD2(Double(column) + 0.5, Double(row) + 0.5)
        var weight = LandmarkMask.inside(-face.distance(to: place) / edge)
        guard weight > 0 else { continue }
        for hole in holes { weight *= 1 - LandmarkMask.inside(-hole.distance(to: place) / edge) }
        mask[row * width + column] = UInt8((weight * 255).rounded())
      }
    }
    return mask
  }

  /// A smooth step: 0 outside, ½ on the edge, 1 inside; -½…½ is the soft part.
  private static func inside(_ depth: Double) -> Double {
    let t = min(max(depth + 0.5, 0), 1)
    return t * t * (3 - 2 * t)
  }

  /// The brows, raised by this share of their distance from the chin.
  static func forehead(of points: [SIMD2<Double>], height: Double = 0.38) -> [SIMD2<Double>] {
    let brows = points[17..<27].reduce(SIMD2(0, 0), +) / 10
    let up = (brows - points[8]) * height
    // Towards the temples the hairline is lower.
    return (17..<27).map { index in
      let aside = abs(Double(index) - 21.5) / 4.5
      return points[index] + up * (1 - 0.35 * aside * aside)
    }
  }
}
