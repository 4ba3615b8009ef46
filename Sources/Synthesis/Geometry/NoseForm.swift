import Faces

/// The nose: a ridge, a tip, two wings, two nostrils.
enum NoseForm {
  /// Height over the face and half width, by the chart's height.
  private static let average = Curve([
    (-5.4, SIMD8(0, 1.6, 0, 0, 0, 0, 0, 0)),
    (-4.9, SIMD8(0.3, 1.6, 0, 0, 0, 0, 0, 0)),
    (-4.45, SIMD8(1.0, 1.55, 0, 0, 0, 0, 0, 0)),
    (-4.1, SIMD8(1.75, 1.75, 0, 0, 0, 0, 0, 0)),
    (-3.7, SIMD8(2.2, 1.85, 0, 0, 0, 0, 0, 0)),
    (-3.2, SIMD8(2.6, 1.8, 0, 0, 0, 0, 0, 0)),
    (-2.7, SIMD8(2.5, 1.7, 0, 0, 0, 0, 0, 0)),
    (-1.85, SIMD8(1.95, 1.6, 0, 0, 0, 0, 0, 0)),
    (-0.75, SIMD8(1.2, 1.45, 0, 0, 0, 0, 0, 0)),
    (0.3, SIMD8(0.62, 1.35, 0, 0, 0, 0, 0, 0)),
    (1.3, SIMD8(0.15, 1.4, 0, 0, 0, 0, 0, 0)),
    (2.2, SIMD8(0, 1.4, 0, 0, 0, 0, 0, 0)),
  ])

  /// The ridge's height over the face and its half width at height `t` of the chart.
  static func profile(_ t: Float, _ identity: Identity) -> (height: Float, width: Float) {
    guard t > -5.5, t < 2.3 else { return (0, 1) }
    let v = average(t)
    var height = v[0]
    height += (0.16 * identity.noseBridge) * bump(t + 0.3, 2.2)
    height += (0.14 * identity.noseHump) * bump(t + 1.4, 1.4)
    height *= 1 + 0.08 * identity.noseForward * ramp(t, 0, -2.5)
    let width =
      v[1] * (1 + 0.07 * identity.noseBridgeWidth * ramp(t, -3, -1))
      * (1 + 0.08 * identity.noseWidth * ramp(t, -1.5, -3.5))
    return (max(height, 0), width)
  }
}

extension HeadForm {
  /// Raises the nose out of the face.
  func shapeNose(_ s: Float, _ row: Row, _ point: inout SIMD3<Float>) {
    let t = row.t
    let away = abs(s)
    let i = identity
    guard away < 3.6, t > -6, t < 2.3 else { return }
    let side: Float = s < 0 ? -1 : 1
    let across = min(away / row.nose.width, 1)
    let fall = 1 - across * across
    point.z += row.nose.height * fall * fall * (1 + 0.35 * across * across)
    // The wings, and the furrow behind them.
    let wide = 1.22 + 0.05 * i.noseWidth
    point.z += 0.62 * bump(away - wide, 0.72, t + 3.72, 0.8)
    point.x += side * (0.12 + 0.13 * i.noseWidth) * bump(away - 1.35, 1.0, t + 3.75, 1.1)
    point.z -= 0.2 * bump(away - 1.98, 0.42, t + 3.75, 0.85)
    // The tip, its underside, and the nostrils.
    point.z += (0.06 + 0.1 * i.noseTipSize) * bump(s, 0.95, t + 3.15, 0.9)
    point.x += side * 0.07 * i.noseTipSize * bump(away - 0.6, 0.9, t + 3.2, 0.9)
    point.y += 0.2 * i.noseTipUp * bump(s, 1.6, t + 3.3, 1.7)
    let nostril = bump(away - 0.72, 0.46, t + 4.14, 0.34)
    point.z -= 0.75 * nostril
    point.y += 0.22 * nostril
    point.z += 0.14 * bump(s, 0.36, t + 4.2, 0.5)
    // The furrow from nose to lip.
    point.z -= 0.1 * bump(s, 0.42, t + 5.2, 0.75)
    point.z += 0.06 * bump(away - 0.55, 0.34, t + 5.25, 0.75)
    // Length takes the lower end along.
    point.y -= 0.17 * i.noseLength * bump(s, 2.6, t + 3.9, 2.6)
  }
}
