import Faces
import Foundation

/// The skin of one person's head with one expression: the position of each point of `FaceChart`.
///
/// In centimeters, x to the viewer's right, y up, z towards the viewer, before rotation.
struct HeadForm {
  let identity: Identity
  let expression: FacialExpression
  let pulse: Pulse?
  let skull: SkullForm
  /// Of the viewer's left and right eye, which are the person's right and left.
  let eyes: [EyeForm]

  init(_ identity: Identity, _ expression: FacialExpression, pulse: Pulse? = nil) {
    self.identity = identity
    self.expression = expression
    self.pulse = pulse
    skull = SkullForm(identity)
    eyes = [EyeForm(identity, expression, side: -1), EyeForm(identity, expression, side: 1)]
  }

  /// The position of the skin's point `(s, t)`.
  func callAsFunction(_ s: Float, _ t: Float) -> SIMD3<Float> { self(s, Row(t, of: self)) }

  /// The position of the skin's point at `s` in a row of the chart.
  func callAsFunction(_ s: Float, _ row: Row) -> SIMD3<Float> {
    var point = skull.point(s, on: row.ring)
    guard abs(s) < 8.5, row.t > -15, row.t < 7 else { return point }
    shapeFace(s, row.t, &point)
    shapeNose(s, row, &point)
    shapeMouth(s, row, &point)
    move(s, row.t, &point)
    eyes[s < 0 ? 0 : 1].shapeLids(abs(s), row.t, &point)
    dropJaw(s, row.t, &point)
    return point
  }

  /// Values shared by all points of one height of the chart.
  struct Row {
    let t: Float
    let ring: SkullForm.Ring
    /// The nose's height over the face, and where it ends to the side.
    let nose: (height: Float, width: Float)

    init(_ t: Float, of form: HeadForm) {
      self.t = t
      ring = form.skull.ring(t)
      nose = NoseForm.profile(t, form.identity)
    }
  }
}

extension HeadForm {
  /// Cheeks, temples, brow, chin, and the folds of age.
  private func shapeFace(_ s: Float, _ t: Float, _ point: inout SIMD3<Float>) {
    let i = identity
    let away = abs(s)
    let side: Float = s < 0 ? -1 : 1
    // Sockets: under the brow, and beside the nose.
    let deep = 1 + 0.25 * i.eyeDepth
    point.z -= 0.42 * deep * bump(away - 3.1, 2.3, t - 0.35, 1.6)
    point.z -= 0.45 * deep * bump(away - 1.75, 1.1, t - 0.1, 1.3)
    point.z += 0.1 * (1 + i.browRidge) * bump(away - 3, 3, t - 2.1, 1.0)
    // Cheekbones and the hollows under them.
    let bone = 0.3 + 0.1 * i.cheekboneWidth
    point += SIMD3(side * 0.12, 0, 1) * (bone * bump(away - 4.7, 2.6, t + 2.0, 2.2))
    let hollow = -0.16 + 0.16 * i.cheekFullness - 0.12 * i.age
    point += SIMD3(side * 0.5, 0, 0.8) * (hollow * bump(away - 5.2, 2.7, t + 6.0, 4.0))
    point +=
      SIMD3(side * 0.2, 0, 0.9) * (0.1 * i.cheekFullness * bump(away - 3.8, 2.4, t + 4.4, 2.4))
    point.x -= side * 0.22 * bump(away - 6.8, 1.8, t - 3.2, 2.8)
    // The chin, and the furrow over it.
    let chinWidth = 1.9 + 0.3 * i.chinWidth
    point.z += 0.6 * bump(s, chinWidth, t + 10.25, 1.6)
    point.z -= 0.32 * bump(s, 2.6, t + 8.65, 0.95)
    // From the nose's wing past the mouth's corner: a fold that age and smiling deepen.
    let smile = s < 0 ? expression.smileRight : expression.smileLeft
    let along = min(max((-3.4 - t) / 3.8, 0), 1)
    let fold = away - (1.95 + 1.75 * along)
    let depth = (0.05 + 0.16 * i.age + 0.14 * smile) * bump(t + 5.2, 2.6)
    point.z -= depth * bump(fold + 0.15, 0.5)
    point.z += 0.7 * depth * bump(fold - 0.45, 0.7)
    // Bags under the eyes.
    point.z += 0.1 * i.age * bump(away - 3.1, 1.4, t + 1.3, 0.5)
    point.z -= 0.08 * (0.4 + i.age) * bump(away - 2.9, 1.7, t + 1.75, 0.45)
    // Faces are not symmetric.
    let uneven = 0.05 * i.asymmetry * side
    point.y += uneven * bump(away - 3.4, 3, t, 4)
    point.y -= 1.2 * uneven * bump(away - 3, 3, t + 6.5, 3)
    point.x += 0.12 * i.asymmetry * bump(s, 5, t + 4.5, 7)
  }

  /// All muscle motion except lids and jaw.
  private func move(_ s: Float, _ t: Float, _ point: inout SIMD3<Float>) {
    let e = expression
    let away = abs(s)
    let side: Float = s < 0 ? -1 : 1
    let smile = s < 0 ? e.smileRight : e.smileLeft
    let outerRaise = s < 0 ? e.browOuterRaiseRight : e.browOuterRaiseLeft
    if t < -0.5 {
      let corner = bump(away - 3.3, 2.7, t + 6.5, 2.4)
      point += corner * SIMD3(side * 0.55, 0.5, -0.4) * smile
      point += corner * SIMD3(side * 0.45, -0.05, -0.25) * e.lipsStretch
      point += corner * SIMD3(side * 0.08, -0.42, -0.1) * e.frown
      let cheek = bump(away - 4.2, 2.5, t + 3.2, 2.5)
      point += cheek * SIMD3(side * 0.1, 0.3, 0.32) * max(smile, e.cheekRaise)
      point += bump(away - 4.6, 2.8, t + 5.8, 3) * SIMD3(side * 0.4, 0, 0.5) * e.cheekPuff
      let mouth = bump(s, 4.4, t + 6.5, 2.7)
      point.x -= 0.36 * point.x * mouth * e.lipsPucker
      point.z += 0.6 * bump(s, 3, t + 6.5, 2) * e.lipsPucker
      let over = t - FaceChart.mouthLine
      if over > 0 {
        point.y += 0.42 * bump(s, 3, t + 6.1, 1.9) * e.upperLipRaise
        point.y += 0.2 * smile * bump(s, 3, t + 6.2, 1.6)
      } else {
        point.y -= 0.5 * bump(s, 3, t + 7, 1.9) * e.lowerLipDrop
      }
      point.y -= 0.4 * over * bump(s, 3.3, over, 1.6) * e.lipsPress
      point.z -= 0.22 * bump(s, 3.3, over, 1.2) * e.lipsPress
      let wing = bump(away - 1.4, 1.5, t + 3.8, 1.8)
      point.y += wing * (0.2 * e.noseWrinkle + 0.12 * e.upperLipRaise)
      point.x += side * wing * (0.1 * smile + 0.08 * e.noseWrinkle)
    } else {
      let inner = bump(away - 1.4, 2.3, t - 2.3, 2.1)
      let outer = bump(away - 4.7, 2.7, t - 2.4, 2.2)
      let knit = bump(away - 1.9, 2.8, t - 2, 1.9)
      point.y += 0.45 * inner * e.browInnerRaise + 0.55 * outer * outerRaise
      point += knit * SIMD3(side * -0.16, -0.38, 0.08) * e.browLower
      point.y += (0.16 * identity.browHeight) * bump(away - 3.5, 4, t - 2.1, 1.8)
      point.y += 0.14 * identity.browArch * bump(away - 4.1, 1.8, t - 2.3, 1.5)
      // The skin between the brows bulges as they are knit.
      point.z += 0.1 * e.browLower * bump(away - 0.8, 0.7, t - 1.8, 0.9)
      point.z -= 0.12 * e.browLower * bump(s, 0.3, t - 1.7, 0.9)
    }
  }

  /// Rotates the lower jaw around its joints in front of the ears, with lips and cheeks.
  private func dropJaw(_ s: Float, _ t: Float, _ point: inout SIMD3<Float>) {
    let share = HeadForm.jawShare(s, t)
    guard share > 0 else { return }
    point = HeadForm.dropped(point, expression, share: share)
  }

  /// The position of a point of the jaw after the mouth opens.
  static func dropped(
    _ point: SIMD3<Float>, _ expression: FacialExpression, share: Float = 1
  ) -> SIMD3<Float> {
    let angle = 0.36 * expression.jawOpen * share
    let (sine, cosine) = (sin(angle), cos(angle))
    let joint = SIMD2<Float>(-1.5, -8.5)
    let y = point.y - joint.x
    let z = point.z - joint.y
    return SIMD3(
      point.x + 0.7 * expression.jawShift * share, joint.x + y * cosine - z * sine,
      joint.y + z * cosine + y * sine)
  }

  /// The share of the jaw's motion that applies to a point of the skin, 0…1.
  private static func jawShare(_ s: Float, _ t: Float) -> Float {
    let away = abs(s)
    let line = FaceChart.mouthLine
    let out = ramp(away, 1, 4.8)
    let below = mix(1, ramp(t, -4.6, -10.8), out) * ramp(t, -15, -11.8) * ramp(away, 9, 6.8)
    guard t > line else { return below }
    let seam = mix(1, ramp(line, -4.6, -10.8), ramp(FaceChart.mouthCorner, 1, 4.8))
    let across = away / FaceChart.mouthCorner
    let edge =
      away < FaceChart.mouthCorner
      ? seam * across * across * across * across
      : mix(1, ramp(line, -4.6, -10.8), out) * ramp(away, 9, 6.8)
    return edge * ramp(t, line + 2.4, line)
  }
}
