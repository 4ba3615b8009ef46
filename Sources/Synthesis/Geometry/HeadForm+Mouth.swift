import Faces
import Foundation

extension FaceChart {
  /// The height of the chart up to which the upper lip is red at `s`.
  static func upperLipBorder(_ s: Float) -> Float {
    let away = abs(s)
    let peak = upperLipPeak
    if away < peak.x {
      let x = away / peak.x
      return mix(upperLipMiddle, peak.y, x * x * (3 - 2 * x))
    }
    let x = min((away - peak.x) / (mouthCorner - peak.x), 1)
    return mix(peak.y, mouthLine, x * (0.72 + 0.28 * x * x))
  }

  /// The height of the chart down to which the lower lip is red at `s`.
  static func lowerLipBorder(_ s: Float) -> Float {
    let x = min(abs(s) / mouthCorner, 1)
    return mix(lowerLipBottom, mouthLine, x * x * (0.8 + 0.2 * x * x))
  }
}

extension HeadForm {
  /// The lips: two rolls over the arch of the teeth, closed at rest.
  func shapeMouth(_ s: Float, _ row: Row, _ point: inout SIMD3<Float>) {
    let t = row.t
    let away = abs(s)
    guard away < 5, t > -10.5, t < -3.5 else { return }
    let i = identity
    // The arch of the teeth.
    point.z += (0.95 + 0.12 * i.lipsForward) * bump(s, 3.9, t + 6.5, 3)
    let line = FaceChart.mouthLine
    let x = min(away / FaceChart.mouthCorner, 1)
    let across = max(1 - x * x, 0)
    let taper = across.squareRoot()
    let shut = ramp(away, FaceChart.mouthCorner + 0.9, FaceChart.mouthCorner)
    let over = t - line
    if over >= 0 {
      let border = FaceChart.upperLipBorder(s) - line
      let d = over / max(border, 0.05)
      let full = 1 + 0.2 * i.upperLip
      point.z += taper * 0.33 * full * roll(d)
      // Fuller lips reach further up; closed at rest: the slit of the chart has no height in space.
      point.y += 0.13 * i.upperLip * across * bump(d - 1, 1)
      point.y -= FaceChart.mouthSlit * bump(over, 0.6) * shut
    } else {
      let border = line - FaceChart.lowerLipBorder(s)
      let d = -over / max(border, 0.05)
      let full = 1 + 0.2 * i.lowerLip
      point.z += taper * 0.43 * full * roll(d)
      point.z += 0.3 * bump(s, 2.8, t + 7.5, 1.6)
      point.y -= 0.13 * i.lowerLip * across * bump(d - 1, 1)
      point.y += (FaceChart.mouthSlit + 0.02) * bump(over, 0.6) * shut
      point.z -= 0.07 * bump(over, 0.2) * taper
    }
    // The line where the lips meet swings, and its corners go in.
    point.y -= 0.05 * bump(s, 1.2, over, 0.6)
    point.y -= 0.16 * bump(away - 3, 1.9, over, 1.9)
    point.y += 0.02 * bump(away - 1.6, 1.2, over, 0.6)
    point.z -= 0.14 * bump(away - 3.1, 0.8, over, 0.8)
    // Width and height of the mouth.
    let whole = bump(s, 5, over, 3.2)
    point.x *= 1 + 0.075 * i.mouthWidth * whole
    point.y -= 0.17 * i.mouthHeight * whole
  }

  /// A lip's profile from the line where the lips meet (0) over the red's border (1) to the skin.
  private func roll(_ d: Float) -> Float {
    guard d < 1.6 else { return 0 }
    let inside = 1 - d / 0.42
    return d < 0.42 ? 1 - 0.85 * inside * inside : bump(d - 0.42, 1.18)
  }
}
