import Faces
import Foundation

/// The eyeball: sclera, iris and pupil behind one moist surface.
///
/// Its chart is the offset from the center of the pupil, in centimeters along the ball.
struct EyeMaterial: Material {
  private let iris, rim: SIMD3<Float>
  private let fibers, vessels: Noise
  private let eye: EyeForm
  /// The pupil's offset from the ball's center as seen from the front.
  private let gaze: SIMD2<Float>
  private static let irisRadius: Float = 0.6
  private static let pupilRadius: Float = 0.25

  init(_ identity: Identity, _ expression: FacialExpression, _ eye: EyeForm) {
    self.eye = eye
    gaze = SIMD2(sin(expression.gazeYaw), sin(expression.gazePitch)) * EyeForm.radius
    let brown = identity.irisBrown
    let blue = SIMD3<Float>(0.10, 0.17, 0.26)
    let green = SIMD3<Float>(0.13, 0.16, 0.08)
    let dark = SIMD3<Float>(0.09, 0.035, 0.014)
    let color =
      brown < 0.45
      ? blue + (green - blue) * (brown / 0.45) : green + (dark - green) * ((brown - 0.45) / 0.55)
    iris = color * (0.7 + 0.8 * identity.irisLightness)
    rim = iris * 0.3
    fibers = Noise(identity.grain, 11)
    vessels = Noise(identity.grain, eye.side < 0 ? 12 : 13)
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    let radius = (chart.x * chart.x + chart.y * chart.y).squareRoot()
    let soft = max(detail, 0.02)
    var surface = Surface(albedo: white(chart, radius))
    surface.subsurface = 0.35
    let inIris = ramp(radius, EyeMaterial.irisRadius + soft, EyeMaterial.irisRadius - 0.07 - soft)
    if inIris > 0 {
      let angle = atan2(chart.y, chart.x)
      let out = radius / EyeMaterial.irisRadius
      let fiber =
        fibers(angle * 6 + 50, radius * 3) * 0.6 + fibers(angle * 13 + 90, radius * 5) * 0.4
      var color = iris * (1 + 0.35 * fiber) * (1.25 - 0.5 * bump(out - 0.45, 0.25) * 0.4)
      color += (rim - color) * ramp(out, 0.78, 1.0)
      let inPupil = ramp(radius, EyeMaterial.pupilRadius + soft, EyeMaterial.pupilRadius - soft)
      color *= 1 - 0.97 * inPupil
      surface.albedo += (color - surface.albedo) * inIris
      surface.subsurface *= 1 - inIris
    }
    surface.specular = 0.035
    surface.roughness = 0.09
    surface.openness = eye.openness(at: chart + gaze)
    return surface
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool { true }

  private func white(_ chart: SIMD2<Float>, _ radius: Float) -> SIMD3<Float> {
    let far = ramp(radius, 0.6, 1.5)
    let vein = ramp(abs(vessels(chart.x * 3, chart.y * 5)), 0.12, 0)
    let base = SIMD3<Float>(0.62, 0.575, 0.55)
    let red = SIMD3<Float>(0.55, 0.36, 0.33)
    return base + (red - base) * min(0.35 * far + 0.22 * vein * far, 1)
  }
}

/// The moist skin in the corners of an eye.
///
/// Its chart: `FaceChart`'s across, and from lid to lid.
struct EyeCornerMaterial: Material {
  private let skin: SIMD3<Float>

  init(_ identity: Identity) {
    skin = SkinTone(identity).color(melanin: -0.05, blood: 0.7)
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    let inner = ramp(abs(chart.x), FaceChart.eyeInner + 0.5, FaceChart.eyeInner + 0.1)
    let white = SIMD3<Float>(0.5, 0.42, 0.39)
    let edge = abs(chart.y)
    var surface = Surface(albedo: white + (skin - white) * max(inner, edge * edge))
    surface.specular = 0.035
    surface.roughness = 0.22
    surface.subsurface = 0.6
    surface.openness = 0.75
    return surface
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool { true }
}
