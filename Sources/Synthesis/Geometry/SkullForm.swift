import Faces
import Foundation

/// The overall shape of a head and neck: rings around it, one for each height of the chart.
///
/// A ring passes through three points: the center of the front, the side, and the center of the
/// back; between them it is a superellipse.
struct SkullForm {
  /// A point in the plane of symmetry.
  struct Middle {
    var y, z: Float
  }

  /// One ring.
  struct Ring {
    var front: Middle
    var side: SIMD3<Float>
    var back: Middle
    /// The superellipse's exponent in front: the higher, the flatter the face.
    var flatness: Float
  }

  private let curve: Curve
  private let identity: Identity

  init(_ identity: Identity) {
    self.identity = identity
    curve = SkullForm.average
  }

  /// The average adult's: front y, z; side x, y, z; back y, z; flatness.
  private static let average = Curve([
    (-20, SIMD8(-20, -5.9, 5.5, -19, -10, -19, -14.7, 2)),
    (-17, SIMD8(-16.6, -5.8, 4.75, -15, -9.7, -15.6, -14.1, 2)),
    (-14, SIMD8(-13.2, -5.0, 4.7, -11.2, -9.2, -12.6, -13.8, 2)),
    (-12.8, SIMD8(-12.35, -2.6, 4.85, -9.7, -8.7, -11.4, -14, 1.95)),
    (-11.9, SIMD8(-12.0, -0.75, 5.15, -8.5, -8.2, -10.6, -14.3, 1.9)),
    (-11.3, SIMD8(-11.55, 0.05, 5.4, -7.6, -8.0, -10, -14.6, 1.9)),
    (-10.2, SIMD8(-10.35, 0.35, 5.7, -6.8, -7.8, -9, -15.1, 1.95)),
    (-8.6, SIMD8(-8.6, 0.5, 6.05, -6.0, -7.8, -7.6, -15.8, 2.05)),
    (-6.5, SIMD8(-6.5, 1.0, 6.4, -4.8, -7.8, -5.8, -16.6, 2.15)),
    (-4.3, SIMD8(-4.3, 1.1, 6.75, -3.6, -7.9, -3.9, -17.2, 2.25)),
    (-2, SIMD8(-2, 0.9, 7.0, -1.9, -8, -1.9, -17.7, 2.3)),
    (0, SIMD8(0, 0.9, 7.1, 0, -8, 0, -18, 2.3)),
    (1.5, SIMD8(1.5, 1.35, 7.2, 1.5, -8.1, 1.5, -18.1, 2.35)),
    (3.5, SIMD8(3.5, 1.35, 7.4, 3.5, -8.4, 3.5, -18, 2.35)),
    (5.5, SIMD8(5.6, 0.75, 7.45, 5.6, -8.7, 5.6, -17.6, 2.3)),
    (7.5, SIMD8(7.7, -0.7, 7.15, 7.6, -8.8, 7.6, -16.7, 2.2)),
    (9.2, SIMD8(9.5, -2.6, 6.1, 9.3, -8.8, 9.3, -15.3, 2.1)),
    (10.6, SIMD8(10.9, -4.8, 4.5, 10.75, -8.8, 10.8, -13.4, 2)),
    (11.5, SIMD8(11.7, -6.8, 2.5, 11.65, -8.8, 11.7, -11.1, 2)),
    (12, SIMD8(12, -8.8, 0, 12, -8.8, 12, -8.8, 2)),
  ])

  /// The ring at height `t` of the chart.
  func ring(_ t: Float) -> Ring {
    let v = curve(t)
    var ring = Ring(
      front: Middle(y: v[0], z: v[1]), side: SIMD3(v[2], v[3], v[4]),
      back: Middle(y: v[5], z: v[6]),
      flatness: v[7])
    let i = identity
    let lower = ramp(t, -1, -9)  // the lower face
    let jaw = bump(t + 10, 5)
    let top = ramp(t, 2, 9)
    let neck = ramp(t, -12, -15)
    ring.side.x *=
      1 + 0.028 * i.faceWidth * (1 - neck) + 0.035 * i.jawWidth * jaw + 0.05 * i.neckWidth * neck
    ring.side.x += 0.14 * i.cheekboneWidth * bump(t + 1.5, 4)
    // Age takes off the lower face's tautness.
    ring.side.x += 0.15 * i.age * jaw
    ring.flatness += 0.12 * i.jawSquareness * jaw
    ring.side.y -= 0.35 * i.jawSquareness * jaw * (1 - neck)
    // Lengths: the lower face, and the forehead.
    let longer = 0.03 * i.faceLength
    ring.front.y += (t < 0 ? ring.front.y : 0) * longer
    ring.side.y += (t < 0 ? ring.side.y : 0) * longer
    ring.front.y -= 0.28 * i.chinLength * ramp(t, -8, -11)
    ring.front.y += 0.3 * i.foreheadHeight * top
    ring.side.y += 0.25 * i.foreheadHeight * top
    ring.back.y += 0.2 * i.foreheadHeight * top
    // Depths.
    ring.front.z += 0.22 * i.chinForward * lower * (1 - neck)
    ring.front.z -= 0.3 * i.foreheadSlope * bump(t - 8, 6)
    ring.front.z += 0.16 * i.browRidge * bump(t - 1.5, 2)
    ring.back.z -= 0.5 * i.headDepth * (1 - neck)
    return ring
  }

  /// The position of a chart point that lies on `ring`.
  func point(_ s: Float, on ring: Ring) -> SIMD3<Float> {
    let away = abs(s)
    let isFront = away <= FaceChart.side
    let share = min(isFront ? away / FaceChart.side : (FaceChart.back - away) / FaceChart.side, 1)
    let middle = isFront ? ring.front : ring.back
    let exponent = isFront ? ring.flatness : 2.2
    let depth = pow(max(1 - pow(share, exponent), 0), 1 / exponent)
    let height = isFront ? pow(share, 2.4) : share * share
    return SIMD3(
      s < 0 ? -ring.side.x * share : ring.side.x * share,
      mix(middle.y, ring.side.y, height),
      ring.side.z + (middle.z - ring.side.z) * depth)
  }
}
