import Faces
import Foundation

/// One eye: its ball, and the lids on it.
struct EyeForm {
  /// The ball's middle, in centimeters.
  let middle: SIMD3<Float>
  /// −1 for the viewer's left, 1 for the right.
  let side: Float
  /// How far the lids' edges stand above and below the eye's line in the middle.
  private let upper, lower: Float
  private let tilt, width, fold: Float

  static let radius: Float = 1.2
  static let lidThickness: Float = 0.1

  init(_ identity: Identity, _ expression: FacialExpression, side: Float) {
    self.side = side
    let x = 3.25 * (1 + 0.028 * identity.faceWidth * 0.5) + 0.13 * identity.eyeSpacing
    middle = SIMD3(side * x, 0.08, -1.02 - 0.1 * identity.eyeDepth)
    let closed = side < 0 ? expression.lidRight : expression.lidLeft
    let smile = side < 0 ? expression.smileRight : expression.smileLeft
    let squint = max(0.6 * smile, expression.cheekRaise)
    let down = max(-expression.gazePitch, -0.25)
    let openUpper =
      0.55 + 0.065 * identity.eyeOpening + 0.17 * expression.lidsWide - 0.08 * squint - 0.6 * down
      - 0.05 * expression.browLower
    let openLower =
      0.3 + 0.025 * identity.eyeOpening + 0.05 * expression.lidsWide - 0.17 * squint + 0.2 * down
    let meeting = -0.62 * openLower
    upper = mix(openUpper, meeting, min(max(closed, 0), 1))
    lower = mix(-openLower, meeting - 0.015, min(max(closed, 0), 1))
    tilt = 0.045 + 0.045 * identity.eyeTilt
    width = 1 + 0.045 * identity.eyeWidth
    fold = identity.lidFold
  }

  /// Wraps the skin around the eye onto the ball.
  ///
  /// - Parameters:
  ///   - s: the distance from the face's center line on the chart.
  ///   - t: the height on the chart.
  func shapeLids(_ s: Float, _ t: Float, _ point: inout SIMD3<Float>) {
    let off = s - FaceChart.eyeMiddle
    let reach = off * off / (3.0 * 3.0) + t * t / (2.2 * 2.2)
    guard reach < 1 else { return }
    // All of the region goes with the ball.
    let near = ramp(reach, 1, 0.28)
    let x = abs(point.x)
    point.x = side * mix(x, abs(middle.x) + off * width, near)
    point.y += off * tilt * near
    // The lids' edges, and the skin between them and brow or cheek, less and less.
    let across = (s - FaceChart.eyeInner) / (FaceChart.eyeOuter - FaceChart.eyeInner)
    let inside = min(max(across, 0), 1)
    if t > 0 {
      let rest = max(1 - t / 1.9, 0)
      point.y += upper * EyeForm.arch(inside, peak: 0.46) * rest
    } else {
      let rest = max(1 + t / 1.5, 0)
      point.y += lower * EyeForm.arch(inside, peak: 0.56) * rest * rest
    }
    // Onto the ball.
    let rows = t / 1.3
    let lies = ramp(off * off / (1.5 * 1.5) + rows * rows, 1, 0.25)
    let radius = EyeForm.radius + EyeForm.lidThickness
    let dx = point.x - middle.x
    let dy = point.y - middle.y
    let rise = max(radius * radius - dx * dx - dy * dy, 0.1).squareRoot()
    point.z = mix(point.z, middle.z + rise, lies)
    // The fold over the upper lid.
    let crease = bump(t - 0.78, 0.2) * bump(off, 1.7)
    point.z -= 0.13 * crease
    let hood = bump(t - 1.08, 0.5) * bump(off - 0.3, 2)
    point.z += (0.1 + 0.08 * fold) * hood
    point.y -= (0.04 + 0.1 * fold) * hood
  }

  /// The ambient visibility of a point on the ball: the upper lid shades it.
  ///
  /// - Parameter offset: from the ball's center as seen from the front, in centimeters.
  func openness(at offset: SIMD2<Float>) -> Float {
    let s = FaceChart.eyeMiddle + offset.x * side / width
    let inside = (s - FaceChart.eyeInner) / (FaceChart.eyeOuter - FaceChart.eyeInner)
    guard inside > 0, inside < 1 else { return 0.3 }
    let under = upper * EyeForm.arch(inside, peak: 0.46) - middle.y - offset.y
    let over = offset.y + middle.y - lower * EyeForm.arch(inside, peak: 0.56)
    return mix(0.15, 1, ramp(under, -0.06, 0.42)) * mix(0.7, 1, ramp(over, -0.05, 0.16))
      * mix(0.4, 1, ramp(min(inside, 1 - inside), 0, 0.3))
  }

  /// The lids' outline from the inner (0) to the outer corner (1).
  private static func arch(_ x: Float, peak: Float) -> Float {
    let y = x < peak ? 1 - x / peak : (x - peak) / (1 - peak)
    return max(1 - pow(y, 2.2), 0)
  }
}
