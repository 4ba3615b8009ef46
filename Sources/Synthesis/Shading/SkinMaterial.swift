import Faces
import Foundation

/// The skin of face, head and neck, in coordinates of `FaceChart`.
struct SkinMaterial: Material {
  private let identity: Identity
  private let tone: SkinTone
  private let pulse: SkinPulse?
  private let lips: SIMD3<Float>
  private let plain: SIMD3<Float>
  private let raisedBrows, knitBrows, squint: Float
  private let hairs: SkinHairs
  private let blotches, freckles, moles, pores, creases: Noise

  /// The skin of a head.
  init(of form: HeadForm) {
    let (identity, expression) = (form.identity, form.expression)
    self.identity = identity
    tone = SkinTone(identity)
    pulse = form.pulse.map(SkinPulse.init)
    lips = tone.lips(redness: identity.lipRedness)
    plain = tone.color()
    raisedBrows =
      (expression.browInnerRaise + expression.browOuterRaiseLeft + expression.browOuterRaiseRight)
      / 3
    knitBrows = expression.browLower
    squint = max(expression.cheekRaise, (expression.smileLeft + expression.smileRight) / 2)
    hairs = SkinHairs(identity)
    blotches = Noise(identity.grain, 1)
    freckles = Noise(identity.grain, 2)
    moles = Noise(identity.grain, 3)
    pores = Noise(identity.grain, 4)
    creases = Noise(identity.grain, 5)
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    let (s, t) = (chart.x, chart.y)
    var surface = Surface(albedo: plain)
    surface.subsurface = 1
    let away = abs(s)
    let isFront = away < 7.3 && t > -12.5 && t < 8
    color(&surface, s, t, isFront: isFront)
    let oil = identity.skinShine * shine(away, t)
    surface.roughness = 0.54 - 0.1 * oil
    surface.film = min(0.06 + 0.3 * oil, 0.4)
    surface.specular = 0.028
    if isFront {
      crease(&surface, s, t)
      lids(&surface, away, t)
      mouth(&surface, s, t)
      surface.openness *= openness(away, t)
    }
    // Pores are too fine to be visible from afar.
    let seen = ramp(detail, 0.17, 0.07)
    if seen > 0, isFront { grain(&surface, s, t, seen) }
    if let pulse { surface.albedo *= pulse.reflectance(s, t) }
    hairs.tint(&surface, s, t)
    return surface
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool {
    let away = abs(chart.x)
    let top = FaceChart.hairline - 0.06 * away * away
    return away < 7.1 && chart.y > -11.9 && chart.y < top
  }

  private func color(_ surface: inout Surface, _ s: Float, _ t: Float, isFront: Bool) {
    let away = abs(s)
    let uneven = identity.skinUnevenness
    var melanin = 0.05 * uneven * blotches.rough(s * 0.7, t * 0.7)
    var blood = 0.22 * uneven * blotches.rough(s * 0.9 + 20, t * 0.9)
    if isFront {
      melanin += 0.06 * uneven * blotches.rough(s * 2.3 + 50, t * 2.3)
      blood += 0.2 * uneven * blotches.rough(s * 2.1 + 80, t * 2.1 + 9)
      // Blood is near the surface of cheeks, nose, chin; the forehead is paler and yellower.
      blood += 0.26 * bump(away - 4.0, 3.2, t + 3.4, 3.2)
      blood += 0.26 * bump(s, 1.9, t + 3.4, 1.7) + 0.14 * bump(s, 2.2, t + 10.2, 1.8)
      blood -= 0.1 * bump(s, 6, t - 4.5, 3.4)
      // Thin skin around the eyes: darker, bluer; the lids redder.
      let ring = bump(away - 3.1, 2.3, t + 0.5, 1.7)
      melanin += (0.05 + 0.07 * identity.age) * ring
      blood += 0.12 * ring + 0.25 * bump(away - 3.2, 1.7, t, 0.55)
      melanin += 0.05 * bump(away - 1.8, 1.1, t + 0.4, 1.1)
      if identity.beard != .none || identity.beardDensity > 0 {
        // Hairs under the shaved skin.
        let shaved = beardRegion(away, t) * (0.5 + 0.5 * identity.beardDensity)
        melanin += 0.1 * shaved * identity.hairMelanin
        blood -= 0.15 * shaved
      }
      if identity.freckles > 0 {
        let middle = bump(away - 2.6, 4.2, t + 2.6, 3.6)
        let spot = freckles.spots(s * 4.2, t * 4.2, share: 0.55 * identity.freckles)
        let fine = freckles.spots(s * 7.3 + 9, t * 7.3, share: 0.5 * identity.freckles)
        melanin += 0.28 * middle * identity.freckles * max(spot, 0.8 * fine)
      }
      let mole = moles.spots(s * 0.42, t * 0.42, share: 0.22 * identity.moles)
      if mole > 0 {
        let small = moles.spots(s * 2.9, t * 2.9, share: 0.05 * identity.moles)
        melanin += 0.5 * small
      }
    }
    surface.albedo = tone.color(melanin: melanin, blood: blood)
  }

  /// Pores, and the net of fine lines between them: largest on nose and cheeks.
  private func grain(_ surface: inout Surface, _ s: Float, _ t: Float, _ seen: Float) {
    let large = 0.6 + 0.7 * bump(abs(s) - 1.4, 3.6, t + 3, 3)
    let strength = (0.04 + 0.2 * identity.pores) * seen * large
    let first = pores(s * 6.5, t * 6.5)
    let second = pores(s * 5.5 + 40, t * 7.5 + 17)
    surface.slope += SIMD2(first, second) * (strength * 0.8)
    surface.albedo *= 1 - 0.16 * strength * (first + second)
  }

  /// The red of the lips, its fine lines, and its moistness.
  private func mouth(_ surface: inout Surface, _ s: Float, _ t: Float) {
    let away = abs(s)
    guard away < FaceChart.mouthCorner + 0.3, t > -8.4, t < -5.2 else { return }
    let line = FaceChart.mouthLine
    let inside: Float
    if t >= line {
      inside = ramp(t - FaceChart.upperLipBorder(s), 0.1, -0.12)
    } else {
      inside = ramp(FaceChart.lowerLipBorder(s) - t, 0.14, -0.18)
    }
    let red = inside * ramp(away, FaceChart.mouthCorner + 0.1, FaceChart.mouthCorner - 0.5)
    guard red > 0 else { return }
    let streaks = creases(s * 6.5, t * 0.8)
    let color = lips * (1 + 0.1 * streaks) * (t >= line ? 0.86 : 1)
    surface.albedo += (color - surface.albedo) * red
    surface.roughness += (0.4 - surface.roughness) * red
    surface.film += (0.45 - surface.film) * red
    surface.specular += 0.008 * red
    surface.slope.x += 0.4 * red * streaks
    // Where the lips meet it is dark.
    surface.openness *= mix(1, 0.35, red * bump(t - line, 0.26))
  }

  /// The edges of the lids: lash roots on the upper one, a moist and reddish rim on the lower one.
  private func lids(_ surface: inout Surface, _ away: Float, _ t: Float) {
    guard abs(t) < 0.3, away > FaceChart.eyeInner - 0.2, away < FaceChart.eyeOuter + 0.3 else {
      return
    }
    let along = (away - FaceChart.eyeInner) / (FaceChart.eyeOuter - FaceChart.eyeInner)
    let inside = ramp(along, -0.05, 0.15) * ramp(along, 1.08, 0.95)
    if t > 0 {
      let roots = inside * bump(t - 0.08, 0.2 + 0.08 * identity.lashes)
      surface.albedo *= 1 - (0.55 + 0.3 * identity.lashes) * roots
      surface.film *= 1 - roots
    } else {
      let rim = inside * bump(t + 0.05, 0.1)
      surface.albedo *= 1 - SIMD3(0.05, 0.22, 0.18) * rim
      surface.albedo *= 1 - 0.3 * inside * bump(t + 0.17, 0.13)
    }
  }

  /// Lines of age and of expression.
  private func crease(_ surface: inout Surface, _ s: Float, _ t: Float) {
    let away = abs(s)
    let age = identity.age
    let waver = 0.22 * creases(s * 0.55, t * 0.3)
    // Across the forehead.
    let across = min(0.45 * age + 0.7 * raisedBrows, 1) * bump(s, 5.4, t - 4.1, 2)
    if across > 0 { groove(&surface, (t + waver + 0.03 * s * s) / 0.8, 0.5 * across, upward: true) }
    // Between the brows.
    let between = min(0.35 * age + 0.9 * knitBrows, 1) * bump(away - 0.45, 0.5, t - 2.1, 1.1)
    if between > 0 { groove(&surface, away / 0.45 + 0.5, 0.35 * between, upward: false) }
    // From the outer corners of the eyes.
    let feet = min(0.5 * age + 0.7 * squint * (0.3 + age), 1) * bump(away - 5.6, 0.9, t + 0.1, 1.2)
    if feet > 0 {
      let angle = (t + 0.05) / max(away - 4.3, 0.2)
      groove(&surface, angle * 2.4 + waver, 0.3 * feet, upward: true)
    }
    // Under the eyes.
    let under = (0.2 + 0.6 * age) * bump(away - 3, 1.6, t + 1.15, 0.6)
    if under > 0 {
      groove(&surface, (t + 0.03 * away * away + waver * 0.3) / 0.42, 0.22 * under, upward: true)
    }
  }

  /// Parallel furrows at whole numbers of `phase`.
  private func groove(_ surface: inout Surface, _ phase: Float, _ depth: Float, upward: Bool) {
    let x = phase - phase.rounded()
    let furrow = bump(x, 0.22)
    let slope = depth * (x < 0 ? -1 : 1) * furrow * (1 - furrow) * 3.2
    if upward { surface.slope.y += slope } else { surface.slope.x += slope }
    surface.albedo *= 1 - 0.22 * depth * furrow
    surface.film *= 1 - furrow
  }

  /// The oiliness of a point: forehead, nose, chin and cheekbones most.
  private func shine(_ away: Float, _ t: Float) -> Float {
    0.4 + 0.8 * bump(away, 1.6, t + 2, 3) + 0.6 * bump(away, 5, t - 3.8, 3)
      + 0.4 * bump(away, 2, t + 10, 1.6) + 0.4 * bump(away - 4.4, 2, t + 1.8, 1.8)
  }

  /// The ambient visibility of a point, where folds are finer than the mesh.
  private func openness(_ away: Float, _ t: Float) -> Float {
    var open: Float = 1
    open -= 0.85 * bump(away - 0.74, 0.44, t + 4.2, 0.3)
    open -= 0.3 * bump(away - 2.0, 0.4, t + 3.8, 0.9)
    open -= 0.35 * bump(away - 3.1, 1.6, t - 0.78, 0.2)
    open -= 0.3 * bump(away - FaceChart.mouthCorner, 0.5, t - FaceChart.mouthLine, 0.4)
    open -= 0.2 * bump(away, 2.2, t + 8.6, 0.7)
    return max(open, 0.08)
  }

  /// The region of beard growth, 0…1.
  private func beardRegion(_ away: Float, _ t: Float) -> Float {
    let cheek = ramp(t, -4.6 + 0.32 * (away - 5), -6.6)
    let lip = bump(away, 3.6, t + 5.1, 1.1)
    return max(cheek * ramp(t, -14, -12), lip) * ramp(away, 7.4, 6.6)
  }
}
