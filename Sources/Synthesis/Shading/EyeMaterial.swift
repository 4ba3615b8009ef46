import Faces
import Foundation

/// The eyeball: sclera, iris and pupil behind one moist surface.
///
/// Its chart is the offset from the center of the pupil, in centimeters along the ball.
struct EyeMaterial: Material {
  private let iris, rim: SIMD3<Float>
  private let pigment: Float
  private let fibers, vessels: Noise
  private let eye: EyeForm
  /// The pupil's offset from the ball's center as seen from the front.
  private let gaze: SIMD2<Float>
  private static let irisRadius: Float = 0.61
  private static let pupilRadius: Float = 0.22

  init(_ identity: Identity, _ expression: FacialExpression, _ eye: EyeForm) {
    self.eye = eye
    gaze = SIMD2(sin(expression.gazeYaw), sin(expression.gazePitch)) * EyeForm.radius
    let brown = identity.irisBrown
    let blue = SIMD3<Float>(0.09, 0.145, 0.21)
    let green = SIMD3<Float>(0.12, 0.125, 0.06)
    let dark = SIMD3<Float>(0.05, 0.021, 0.010)
    let color =
      brown < 0.35
      ? mix(blue, green, brown / 0.35) : mix(green, dark, ((brown - 0.35) / 0.65).squareRoot())
    iris = color * (0.6 + 0.7 * identity.irisLightness)
    rim = iris * 0.2
    pigment = identity.skinMelanin
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
      // Fibers run from the pupil outwards, finer in the outer zone; their ridge around the pupil is paler.
      let fiber =
        fibers(angle * 7 + 50, radius * 2) * 0.55 + fibers(angle * 15 + 90, radius * 4) * 0.45
      var color = iris * (1 + 0.5 * fiber) * (1 + 0.5 * bump(out - 0.56, 0.2))
      // Light from above is gathered by the cornea on the iris's lower part.
      color *= 0.75 + 0.85 * ramp(-chart.y / EyeMaterial.irisRadius, -0.5, 0.9)
      color += (rim - color) * ramp(out, 0.74, 1.0)
      let inPupil = ramp(radius, EyeMaterial.pupilRadius + soft, EyeMaterial.pupilRadius - soft)
      color *= 1 - 0.97 * inPupil
      surface.albedo += (color - surface.albedo) * inIris
      surface.subsurface *= 1 - inIris
    }
    // The cornea is a mirror, the white only moist.
    surface.specular = 0.04
    surface.roughness = mix(0.26, 0.06, ramp(radius, 0.95, 0.65))
    // The lid and its lashes keep off the key light, too.
    let open = eye.openness(at: chart + gaze)
    surface.albedo *= mix(0.4, 1, open)
    surface.openness = mix(0.45, 1, open)
    return surface
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool { true }

  private func white(_ chart: SIMD2<Float>, _ radius: Float) -> SIMD3<Float> {
    let far = ramp(radius, 0.6, 1.5)
    let vein = ramp(abs(vessels(chart.x * 3, chart.y * 5)), 0.12, 0)
    let base = mix(SIMD3<Float>(0.42, 0.38, 0.355), SIMD3(0.31, 0.265, 0.22), pigment)
    let red = SIMD3<Float>(0.36, 0.22, 0.19)
    return base + (red - base) * min(0.35 * far + 0.22 * vein * far, 1)
  }
}

/// The moist skin in the corners of an eye.
///
/// Its chart: `FaceChart`'s across, and from lid to lid.
struct EyeCornerMaterial: Material {
  private let skin: SIMD3<Float>

  init(_ identity: Identity) {
    skin = SkinTone(identity).color(melanin: -0.05, blood: 0.5)
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    let inner = ramp(abs(chart.x), FaceChart.eyeInner + 0.5, FaceChart.eyeInner + 0.1)
    let edge = abs(chart.y)
    var surface = Surface(albedo: skin * mix(0.6, 0.85, max(inner, edge * edge)))
    surface.specular = 0.03
    surface.roughness = 0.4
    surface.subsurface = 0.6
    surface.openness = 0.75
    return surface
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool { true }
}
