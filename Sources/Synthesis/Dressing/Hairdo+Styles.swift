import Engine
import Faces
import Foundation

/// How the locks of each style grow.
extension Hairdo {
  private func along(_ direction: SIMD3<Float>, _ normal: SIMD3<Float>) -> SIMD3<Float> {
    normalized(direction - normal * dot(direction, normal))
  }

  /// Forwards over the top, and up and to one side over the forehead; close at the sides.
  func short(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    guard root.t > 3.5 else { return nil }
    let top = ramp(root.t, 3.5, 7.5)
    let front = ramp(root.place.z, -8, 0)
    let forwards = SIMD3<Float>(
      side * mix(0.55, 0.8, front) * top, 0.9 * front * top - 1.2 * (1 - top),
      mix(0.1, 1 - 0.75 * front, top))
    return HairLock(
      root: root.place, normal: root.normal, direction: along(forwards, root.normal),
      length: mix(1.5, 3.6, top), width: mix(0.8, 1.0, top),
      rise: mix(0.18, 0.5 + 0.4 * front, top),
      height: mix(0.5, 1.0, top) * (0.7 + 0.6 * identity.hairVolume), weight: mix(0.2, 0.6, top))
  }

  /// Sideways from a parting, and a little back.
  func parted(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    guard root.t > 3.5 else { return nil }
    let top = ramp(root.t, 3, 7)
    let away: Float = root.place.x * side > -2.6 ? side : -side
    let front = ramp(root.place.z, -8, 0)
    let direction = SIMD3<Float>(away * top, -1.1 * (1 - top), mix(-0.35, 0.25, front * top))
    return HairLock(
      root: root.place, normal: root.normal, direction: along(direction, root.normal),
      length: mix(2, 6, top), width: mix(0.8, 1.0, top), rise: mix(0.12, 0.4, top),
      height: mix(0.55, 1.5, top) * (0.7 + 0.6 * identity.hairVolume), weight: mix(0.2, 0.35, top))
  }

  /// From the forehead back.
  func swept(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    guard root.t > 3.5 else { return nil }
    let top = ramp(root.t, 3, 7)
    let front = ramp(root.place.z, -7, 0) * top
    let direction = SIMD3<Float>(side * 0.12 * top, 0.4 * front - 0.45 * (1 - top), -1)
    return HairLock(
      root: root.place, normal: root.normal, direction: along(direction, root.normal),
      length: mix(4, 6.5, top), width: 1.05, rise: mix(0.12, 0.3 + 0.5 * front, top),
      height: mix(0.6, 1.6 + 0.7 * front, top) * (0.7 + 0.6 * identity.hairVolume), weight: 0.25)
  }

  /// Down to the jaw on both sides of a parting, some with a fringe.
  func bob(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    hanging(root, ends: -9.5, hasFringe: identity.grain % 3 == 0, &chance)
  }

  /// Down to the breast in front, down to the shoulders behind.
  func long(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    hanging(root, ends: root.place.z > -5 ? -21 : -14, hasFringe: identity.grain % 5 == 0, &chance)
  }

  private func hanging(
    _ root: Root, ends: Float, hasFringe: Bool, _ chance: inout RandomSource
  ) -> HairLock? {
    // Hair of the lower head lies under that of the upper one, which shows.
    if root.t < 1, chance.uniform() < 0.4 { return nil }
    let volume = 0.7 + 0.7 * identity.hairVolume
    if hasFringe, root.inside < 3.2, abs(root.place.x) < 4.6, root.place.z > -4 {
      return HairLock(
        root: root.place, normal: root.normal,
        direction: along(SIMD3(0.06 * root.place.x, 0, 1), root.normal), length: root.t - 2.2,
        width: 1.1, rise: 0.6, height: 0.5, weight: 1.4)
    }
    let parting: Float = -side * 1.8
    let away: Float = root.place.x > parting + Float(chance.normal(deviation: 0.25)) ? 1 : -1
    let front = ramp(root.place.z, -9, 0)
    let behind = ramp(root.place.z, -9, -15)
    let direction = SIMD3(
      away * (1 - 0.7 * behind), -0.2, mix(-0.1, -0.55, front) - 0.6 * behind)
    // Over the head first, then down.
    let over = 0.9 * max(abs(root.place.x) > 5 ? 0 : 6 - abs(root.place.x), 0)
    return HairLock(
      root: root.place, normal: root.normal, direction: along(direction, root.normal),
      length: max(3, root.t - ends + over), width: 1.55, rise: 0.45,
      height: (0.7 + 0.4 * ramp(root.t, 0, 8)) * volume, weight: 0.9)
  }

  /// Back to a knot.
  func tied(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    let goal = knot
    return HairLock(
      root: root.place, normal: root.normal, direction: along(goal - root.place, root.normal),
      length: min(8, length(goal - root.place)), width: 1.0, rise: 0.12,
      height: 0.55 + 0.3 * identity.hairVolume, weight: 0, pull: 0.25, goal: goal)
  }

  /// Where tied hair comes together.
  private var knot: SIMD3<Float> {
    let isHigh = identity.grain % 2 == 0
    let (place, normal) = scalp.point(FaceChart.back, isHigh ? 11 : 2)
    return place + normal * 1.6
  }

  /// The knot itself: locks wound around it.
  func bun() -> Mesh {
    var ribbons = LockRibbons()
    let middle = knot
    let radius = 2.2 + 0.8 * identity.hairVolume
    for index in 0..<26 {
      var chance = randomness.split(index + 5000)
      let axis = normalized(
        SIMD3(
          Float(chance.normal(deviation: 0.5)), Float(chance.normal(deviation: 0.5)),
          -1))
      let first = normalized(cross(axis, SIMD3(Float(chance.normal()), 1, 0.3)))
      let second = cross(axis, first)
      let height = Float(chance.uniform(-0.75...0.75))
      let girth = (1 - height * height).squareRoot()
      let line = (0...7).map { step in
        let angle = Float(step) * 0.5
        let outwards = first * (cos(angle) * girth) + second * (sin(angle) * girth) + axis * height
        return (place: middle + outwards * radius, outwards: outwards)
      }
      ribbons.append(line, width: 1.6, tilt: 0.1)
    }
    return ribbons.mesh(lockMaterial)
  }
}
