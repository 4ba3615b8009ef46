import Faces
import Media

/// How the eyes of one face look.
struct EyeState: Sendable {
  /// The eye aspect ratio of Soukupová and Čech ("Real-time eye blink detection using facial landmarks",
  /// 2016), the mean of both eyes: the opening over the width.
  let aspect: Double
  /// How dark each row of both eyes is against the skin, 0…1, from the brow downward.
  ///
  /// Lid, lashes and iris of an open eye make a broad band; a closed one has a thin line.
  let rows: [Double]
  /// The brightness of the skin around the eyes over that of the cheeks.
  let lids: Double

  /// The columns and rows of the picture of an eye.
  static let (width, height) = (40, 24)

  /// - Parameter points: 68 landmarks in pixels of the picture.
  init(in luma: Plane, _ points: [SIMD2<Float>]) {
    aspect = (EyeState.aspect(points, 36) + EyeState.aspect(points, 42)) / 2
    let eyes = [36, 42].map { EyeState.picture(of: $0, in: luma, points) }
    let (width, height) = (EyeState.width, EyeState.height)
    let profiles = eyes.map { eye -> [Double] in
      // Most of the picture is skin, which is brighter than 30 % of it.
      let skin = max(eye.sorted()[eye.count * 7 / 10], 1)
      return (0..<height).map { row in
        let middle = width / 5..<width * 4 / 5
        return middle.reduce(0.0) { $0 + max(0, 1 - eye[row * width + $1] / skin) }
          / Double(middle.count)
      }
    }
    rows = (0..<height).map { (profiles[0][$0] + profiles[1][$0]) / 2 }
    let edges = eyes.flatMap { $0.prefix(2 * width) + $0.suffix(2 * width) }
    let cheeks = [(2, 31), (14, 35)].map { outer, inner in
      luma.interpolated(at: (points[outer] + points[inner]) / 2)
    }
    let cheek = max(cheeks.reduce(0, +) / Double(cheeks.count), 1)
    lids = edges.reduce(0, +) / Double(edges.count) / cheek
  }

  /// The aspect ratio of the eye whose six landmarks begin with `first`.
  static func aspect(_ points: [SIMD2<Float>], _ first: Int) -> Double {
    func distance(_ a: Int, _ b: Int) -> Double {
      let away = SIMD2<Double>(points[first + a] - points[first + b])
      return (away * away).sum().squareRoot()
    }
    return (distance(1, 5) + distance(2, 4)) / max(2 * distance(0, 3), 1e-6)
  }

  /// The eye between its corners and 30 % beyond, upright, row by row.
  private static func picture(of first: Int, in luma: Plane, _ points: [SIMD2<Float>]) -> [Double] {
    let center = (points[first] + points[first + 3]) / 2
    let across = (points[first + 3] - points[first]) * (1.3 / Float(width))
    let down = SIMD2(-across.y, across.x)
    var values: [Double] = []
    values.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width {
        let place =
          center + across * (Float(column) + 0.5 - Float(width) / 2)
          + down * (Float(row) + 0.5 - Float(height) / 2)
        values.append(luma.interpolated(at: place))
      }
    }
    return values
  }
}

extension Plane {
  /// The value at a point between pixels; beyond the edges those of the edges.
  fileprivate func interpolated(at point: SIMD2<Float>) -> Double {
    let x = min(max(point.x - 0.5, 0), Float(width - 1))
    let y = min(max(point.y - 0.5, 0), Float(height - 1))
    guard x.isFinite, y.isFinite else { return 0 }
    let (left, top) = (Int(x), Int(y))
    let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
    let (u, v) = (x - Float(left), y - Float(top))
    let above = self[x: left, y: top] * (1 - u) + self[x: right, y: top] * u
    let below = self[x: left, y: bottom] * (1 - u) + self[x: right, y: bottom] * u
    return Double(above * (1 - v) + below * v)
  }
}
