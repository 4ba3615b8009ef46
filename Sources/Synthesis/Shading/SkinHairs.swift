import Faces

/// The color of hairs on the skin that they grow from: roots, and what shows between the strands.
///
/// It lets the hair of head, brows and beard end gradually, without the edges of their meshes.
struct SkinHairs {
  private let identity: Identity
  private let hairline: Hairline?
  private let beard: BeardMaterial?
  private let hair, brow, whisker: SIMD3<Float>
  private let roots: Noise

  init(_ identity: Identity) {
    self.identity = identity
    roots = Noise(identity.grain, 6)
    hairline = identity.hair == .bald ? nil : Hairline(identity)
    hair = HairColor(identity).of(strand: 0.5, lightness: 0.75)
    brow = HairColor(identity, depth: 1.7, grayness: 0.5).of(strand: 0.5, lightness: 0.9)
    let beardColor = HairColor(identity, depth: 1.3)
    whisker = beardColor.of(strand: 0.5, lightness: 0.8)
    beard =
      identity.beard == .none
      ? nil
      : BeardMaterial(
        style: identity.beard, density: identity.beardDensity, height: 0, color: beardColor,
        strands: Noise(identity.grain, 45))
  }

  /// Colors the skin at a point of `FaceChart`.
  func tint(_ surface: inout Surface, _ s: Float, _ t: Float) {
    let away = abs(s)
    if let hairline, away < 7.7, t > 3.5 || away > 5.4 {
      let inside = t - hairline.lowest(s)
      if inside > -1.4 {
        let root = 0.4 * roots(s * 2.2, t * 1.1) + 0.3 * roots(s * 9, t * 4)
        cover(&surface, with: hair, 0.88 * ramp(inside + root, -0.75, 0.7))
      }
    }
    if away > 0.7, away < 6.6, t > 0.4, t < 4 {
      let place = Brow.place(away, t, identity)
      let ends = ramp(place.x, -0.08, 0.16) * ramp(place.x, 1.06, 0.7)
      let share = ends * ramp(abs(place.y), 1.35, 0.35)
      if share > 0 {
        let strand = roots(s * 11 + 3 * t, t * 5)
        cover(
          &surface, with: brow, share * (0.3 + 0.5 * identity.browDensity) * (1 + 0.35 * strand))
      }
    }
    if let beard, t < -1 {
      let share = beard.share(SIMD2(s, t))
      if share > 0 {
        let strand = roots(s * 8, t * 6)
        let dense: Float = identity.beard == .stubble ? 0.22 + 0.25 * identity.beardDensity : 0.7
        cover(&surface, with: whisker, dense * share * (1 + 0.3 * strand))
      }
    }
  }

  @inline(__always)
  private func cover(_ surface: inout Surface, with color: SIMD3<Float>, _ share: Float) {
    surface.albedo += (color - surface.albedo) * min(share, 0.92)
    surface.film *= 1 - min(share, 1)
  }
}
