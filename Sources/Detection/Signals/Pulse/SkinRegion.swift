import Faces
import Media

/// A region of bare skin in which the pulse changes the color.
enum SkinRegion: String, CaseIterable, Sendable {
  case forehead
  case leftCheek = "left cheek"
  case rightCheek = "right cheek"

  /// Its corners in a picture, from the face's landmarks there; left is the picture's left.
  func corners(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    switch self {
    case .forehead:
      // Above the brows, by shares of their distance from the chin.
      let brows = points[17..<27].reduce(SIMD2(0, 0), +) / 10
      let up = brows - points[8]
      return [
        (19, 0.06), (20, 0.06), (23, 0.06), (24, 0.06), (24, 0.22), (23, 0.25), (20, 0.25),
        (19, 0.22),
      ]
      .map { points[$0.0] + up * Float($0.1) }
    case .leftCheek:
      return SkinRegion.cheek(points, jaw: [1, 2, 3, 4], mouth: 48, nose: 31, lid: (41, 37))
    case .rightCheek:
      return SkinRegion.cheek(points, jaw: [15, 14, 13, 12], mouth: 54, nose: 35, lid: (46, 44))
    }
  }

  private static func cheek(
    _ points: [SIMD2<Float>], jaw: [Int], mouth: Int, nose: Int, lid: (lower: Int, upper: Int)
  ) -> [SIMD2<Float>] {
    func between(_ first: Int, _ second: Int, _ share: Float) -> SIMD2<Float> {
      points[first] + (points[second] - points[first]) * share
    }
    return [
      between(jaw[0], nose, 0.25), between(jaw[1], nose, 0.25), between(jaw[2], nose, 0.3),
      between(jaw[3], mouth, 0.35), between(mouth, nose, 0.5), between(nose, jaw[1], 0.25),
      between(lid.lower, jaw[0], 0.2) + (points[lid.lower] - points[lid.upper]) * 0.9,
    ]
  }

  /// The mean red, green and blue of the region, 0…255; nil where fewer than `fewest` pixels are well
  /// lit.
  func meanColor(in image: Image, _ points: [SIMD2<Float>], fewest: Int = 40) -> SIMD3<Double>? {
    let corners = corners(points)
    let (low, high) = corners.reduce((corners[0], corners[0])) {
      (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
    }
    guard low.x.isFinite, low.y.isFinite, high.x.isFinite, high.y.isFinite else { return nil }
    let (left, top) = (max(0, Int(low.x)), max(0, Int(low.y)))
    let (width, height) = (
      min(image.width, Int(high.x) + 2) - left, min(image.height, Int(high.y) + 2) - top
    )
    guard width > 0, height > 0 else { return nil }
    let inside = FaceHull(points: corners.map { $0 - SIMD2(Float(left), Float(top)) })
      .coverage(width: width, height: height)
    var (sum, weight, count) = (SIMD3(0.0, 0, 0), 0.0, 0)
    for row in 0..<height {
      for column in 0..<width {
        let share = Double(inside.values[row * width + column])
        guard share > 0 else { continue }
        let place = ((top + row) * image.width + left + column) * 3
        let color = SIMD3(
          Double(image.pixels[place]), Double(image.pixels[place + 1]),
          Double(image.pixels[place + 2]))
        guard color.max() < 250, color.max() > 8 else { continue }
        sum += color * share
        weight += share
        count += 1
      }
    }
    return count >= fewest ? sum / weight : nil
  }
}
