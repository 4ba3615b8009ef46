import Faces
import Media

/// How the eyes of one face look.
struct EyeState: Sendable {
  /// The eye aspect ratio of Soukupová and Čech ("Real-time eye blink detection using facial landmarks",
  /// 2016), the mean of both eyes: the opening over the width.
  let aspect: Double
  /// How far they are closed, as a network tells it from the picture, the mean of both eyes: 0 for open, 1
  /// for closed.
  let closure: Double
  /// The brightness of the skin around the eyes over that of the cheeks.
  let lids: Double

  /// The first of the six landmarks of each eye, from the left.
  static let firsts = [36, 42]

  /// - Parameter points: 68 landmarks in pixels of the picture.
  init(in luma: Plane, _ points: [SIMD2<Float>], by network: EyeNetwork) {
    aspect = EyeState.firsts.reduce(0) { $0 + EyeState.aspect(points, $1) / 2 }
    let eyes = EyeState.firsts.map { EyeState.picture(of: $0, in: luma, points) }
    closure = network.closures(of: eyes).reduce(0) { $0 + $1 / 2 }
    let edges = eyes.flatMap { $0.prefix(2 * EyeNetwork.width) + $0.suffix(2 * EyeNetwork.width) }
    let cheeks = [(2, 31), (14, 35)].map { outer, inner in
      luma.interpolated(at: (points[outer] + points[inner]) / 2)
    }
    let cheek = max(cheeks.reduce(0, +) / Float(cheeks.count), 1)
    lids = Double(edges.reduce(0, +) / Float(edges.count) / cheek)
  }

  /// The aspect ratio of the eye whose six landmarks begin with `first`.
  static func aspect(_ points: [SIMD2<Float>], _ first: Int) -> Double {
    func distance(_ a: Int, _ b: Int) -> Double {
      let away = SIMD2<Double>(points[first + a] - points[first + b])
      return (away * away).sum().squareRoot()
    }
    return (distance(1, 5) + distance(2, 4)) / max(2 * distance(0, 3), 1e-6)
  }

  /// The gray levels of an eye whose six landmarks begin with `first`, with its outer corner on the left.
  static func picture(of first: Int, in luma: Plane, _ points: [SIMD2<Float>]) -> [Float] {
    picture(
      between: points[first], points[first + 3], in: luma, isMirrored: first != firsts[0])
  }

  /// The gray levels between two corners and 30 % beyond, upright, row by row.
  static func picture(
    between left: SIMD2<Float>, _ right: SIMD2<Float>, in luma: Plane, isMirrored: Bool
  ) -> [Float] {
    let (width, height) = (EyeNetwork.width, EyeNetwork.height)
    let center = (left + right) / 2
    let step = (right - left) * (1.3 / Float(width))
    let (across, below) = (isMirrored ? -step : step, SIMD2(-step.y, step.x))
    var values: [Float] = []
    values.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width {
        let place =
          center + across * (Float(column) + 0.5 - Float(width) / 2)
          + below * (Float(row) + 0.5 - Float(height) / 2)
        values.append(luma.interpolated(at: place))
      }
    }
    return values
  }
}

extension Plane {
  /// The value at a point between pixels; beyond the edges those of the edges.
  fileprivate func interpolated(at point: SIMD2<Float>) -> Float {
    let x = min(max(point.x - 0.5, 0), Float(width - 1))
    let y = min(max(point.y - 0.5, 0), Float(height - 1))
    guard x.isFinite, y.isFinite else { return 0 }
    let (left, top) = (Int(x), Int(y))
    let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
    let (u, v) = (x - Float(left), y - Float(top))
    let above = self[x: left, y: top] * (1 - u) + self[x: right, y: top] * u
    let below = self[x: left, y: bottom] * (1 - u) + self[x: right, y: bottom] * u
    return above * (1 - v) + below * v
  }
}
