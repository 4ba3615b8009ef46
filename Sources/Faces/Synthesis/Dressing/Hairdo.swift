import Engine
import Foundation

/// The hair of a head as it is worn.
struct Hairdo {
  private let identity: Identity
  private let scalp: Scalp
  private let hairline: Hairline
  private let randomness: RandomSource
  /// 1 or −1: to which side the hair is parted or swept.
  private let side: Float

  init(_ identity: Identity, scalp: Scalp) {
    self.identity = identity
    self.scalp = scalp
    hairline = Hairline(identity)
    let randomness = RandomSource(seed: identity.grain).split(1)
    self.randomness = randomness
    var first = randomness.split(0)
    side = first.uniform() < 0.35 ? -1 : 1
  }

  /// Shells first, then locks; empty for a bald head.
  func meshes() -> [Mesh] {
    let volume = 0.6 + 0.8 * identity.hairVolume
    switch identity.hair {
    case .bald: return []
    case .cropped: return shells(4, height: 0.55 * volume, lift: 0.25 * volume)
    case .short: return shells(4, height: 0.7, lift: 0.7 * volume) + [locks(spacing: 1.25, short)]
    case .parted: return shells(3, height: 0.7, lift: 0.9 * volume) + [locks(spacing: 1.2, parted)]
    case .swept: return shells(3, height: 0.6, lift: 1.3 * volume) + [locks(spacing: 1.25, swept)]
    case .bob: return shells(2, height: 0.25, lift: 0.2) + [locks(spacing: 1.35, bob)]
    case .long: return shells(2, height: 0.25, lift: 0.2) + [locks(spacing: 1.35, long)]
    case .tied: return shells(3, height: 0.5, lift: 0.4) + [locks(spacing: 1.3, tied), bun()]
    }
  }

  private func shells(_ count: Int, height: Float, lift: Float) -> [Mesh] {
    let cap = HairCap(scalp: scalp, hairline: hairline)
    return (0..<count).map { index in
      let share = Float(index) / Float(max(count - 1, 1))
      let material = HairMaterial(
        kind: .shell(
          density: mix(0.82, 0.2, share * share), length: identity.hair == .cropped ? 0.5 : 1.6),
        colour: HairColour(identity), curl: identity.hairCurl,
        openness: mix(0.45, 0.95, share), strands: Noise(identity.grain, 20 + UInt32(index)))
      return cap.shell(
        height: height * (share * 0.9 + 0.1), lift: lift * (0.6 + 0.4 * share), material: material)
    }
  }

  /// A place where a lock may begin.
  private struct Root {
    var s: Float
    var t: Float
    var place: SIMD3<Float>
    var normal: SIMD3<Float>
    /// How far above the hairline, in centimetres of the chart.
    var inside: Float
  }

  private func locks(
    spacing: Float, _ style: (Root, inout RandomSource) -> HairLock?
  ) -> Mesh {
    let grower = LockGrower(
      scalp: scalp, segments: isLong ? 12 : 6, hangs: isLong)
    var ribbons = LockRibbons()
    for (index, root) in roots(spacing: spacing).enumerated() {
      var chance = randomness.split(index + 100)
      guard var lock = style(root, &chance) else { continue }
      lock.length *= Float(isLong ? chance.uniform(0.93...1.05) : chance.uniform(0.85...1.15))
      lock.width *= Float(chance.uniform(0.8...1.25))
      lock.direction += SIMD3(
        Float(chance.normal(deviation: 0.08)), Float(chance.normal(deviation: 0.08)),
        Float(chance.normal(deviation: 0.08)))
      let line = curled(grower.grown(lock), by: lock, &chance)
      ribbons.append(line, width: lock.width, tilt: 0.16 + Float(chance.normal(deviation: 0.1)))
    }
    return ribbons.mesh(lockMaterial)
  }

  private var isLong: Bool { [.bob, .long].contains(identity.hair) }

  private var lockMaterial: HairMaterial {
    HairMaterial(
      kind: .locks(raggedness: isLong ? 0.16 : 0.38), colour: HairColour(identity),
      curl: identity.hairCurl, openness: 1,
      strands: Noise(identity.grain, 19))
  }

  /// Winds a lock about its line, more towards the tip.
  private func curled(
    _ line: [(place: SIMD3<Float>, outwards: SIMD3<Float>)], by lock: HairLock,
    _ chance: inout RandomSource
  ) -> [(place: SIMD3<Float>, outwards: SIMD3<Float>)] {
    let strength = identity.hairCurl * identity.hairCurl * min(1.1, 0.12 * lock.length)
    let start = Float(chance.uniform(0...6.28))
    let turns = (0.35 + 0.9 * identity.hairCurl) * Float(chance.uniform(0.8...1.2))
    return line.indices.map { index in
      let share = Float(index) / Float(line.count - 1)
      let angle = start + turns * share * lock.length
      let (place, outwards) = line[index]
      let before = line[max(index - 1, 0)].place
      let across = normalized(cross(outwards, line[min(index + 1, line.count - 1)].place - before))
      let wave = across * sin(angle) + outwards * (0.7 * sin(angle + 1.57) + 0.7)
      return (place + wave * (strength * min(1, share * 2.5)), outwards)
    }
  }

  private func roots(spacing: Float) -> [Root] {
    var roots: [Root] = []
    var chance = randomness.split(2)
    var t: Float = -7
    while t < FaceChart.crown - 0.03 {
      // Rows follow the head over the crown: the flatter it is, the less a row rises.
      let front = scalp.point(0, t)
      let step = spacing * max(0.06, (1 - front.normal.y * front.normal.y).squareRoot())
      let girth = (0..<24).reduce(Float(0)) { sum, part in
        let s = (Float(part) / 12 - 1) * FaceChart.back
        let next = s + FaceChart.back / 12
        return sum + length(scalp.point(next, t).place - scalp.point(s, t).place)
      }
      let count = max(3, Int(girth / spacing))
      for column in 0..<count {
        let x = (Float(column) + Float(chance.uniform(-0.45...0.45))) / Float(count)
        let s = (x * 2 - 1) * FaceChart.back
        let height = min(t + Float(chance.uniform(-0.45...0.45)) * step, FaceChart.crown - 0.02)
        let inside = height - hairline.lowest(s)
        guard inside > 0.05 else { continue }
        let (place, normal) = scalp.point(s, height)
        roots.append(Root(s: s, t: height, place: place, normal: normal, inside: inside))
      }
      t += step
    }
    return roots
  }
}

// MARK: - How the locks of each style grow

extension Hairdo {
  private func along(_ direction: SIMD3<Float>, _ normal: SIMD3<Float>) -> SIMD3<Float> {
    normalized(direction - normal * dot(direction, normal))
  }

  /// Forwards over the top, with a turn to one side; close at the sides.
  private func short(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    guard root.t > 3.5 else { return nil }
    let top = ramp(root.t, 3.5, 7.5)
    let front = ramp(root.place.z, -8, 0)
    let forwards = SIMD3<Float>(
      side * 0.55 * top, 0.5 * front * top - 1.2 * (1 - top), mix(0.1, 1, top))
    return HairLock(
      root: root.place, normal: root.normal, direction: along(forwards, root.normal),
      length: mix(1.5, 3.6, top), width: mix(0.9, 1.2, top),
      rise: mix(0.18, 0.5 + 0.4 * front, top),
      height: mix(0.5, 1.0, top) * (0.7 + 0.6 * identity.hairVolume), weight: mix(0.2, 0.6, top))
  }

  /// Sideways from a parting, and a little back.
  private func parted(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    guard root.t > 3.5 else { return nil }
    let top = ramp(root.t, 3, 7)
    let away: Float = root.place.x * side > -2.6 ? side : -side
    let front = ramp(root.place.z, -8, 0)
    let direction = SIMD3<Float>(away * top, -1.1 * (1 - top), mix(-0.35, 0.25, front * top))
    return HairLock(
      root: root.place, normal: root.normal, direction: along(direction, root.normal),
      length: mix(2, 6, top), width: mix(0.9, 1.25, top), rise: mix(0.12, 0.4, top),
      height: mix(0.55, 1.5, top) * (0.7 + 0.6 * identity.hairVolume), weight: mix(0.2, 0.35, top))
  }

  /// From the forehead back.
  private func swept(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    guard root.t > 3.5 else { return nil }
    let top = ramp(root.t, 3, 7)
    let front = ramp(root.place.z, -7, 0) * top
    let direction = SIMD3<Float>(side * 0.12 * top, 0.4 * front - 0.45 * (1 - top), -1)
    return HairLock(
      root: root.place, normal: root.normal, direction: along(direction, root.normal),
      length: mix(4, 6.5, top), width: 1.3, rise: mix(0.12, 0.3 + 0.5 * front, top),
      height: mix(0.6, 1.6 + 0.7 * front, top) * (0.7 + 0.6 * identity.hairVolume), weight: 0.25)
  }

  /// Down to the jaw on both sides of a parting, some with a fringe.
  private func bob(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    hanging(root, ends: -9.5, hasFringe: identity.grain % 3 == 0, &chance)
  }

  /// Down to the breast.
  private func long(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    hanging(root, ends: -21, hasFringe: identity.grain % 5 == 0, &chance)
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
      length: max(3, root.t - ends + over), width: 1.7, rise: 0.45,
      height: (0.7 + 0.4 * ramp(root.t, 0, 8)) * volume, weight: 0.9)
  }

  /// Back to a knot.
  private func tied(_ root: Root, _ chance: inout RandomSource) -> HairLock? {
    let goal = knot
    return HairLock(
      root: root.place, normal: root.normal, direction: along(goal - root.place, root.normal),
      length: min(8, length(goal - root.place)), width: 1.2, rise: 0.12,
      height: 0.55 + 0.3 * identity.hairVolume, weight: 0, pull: 0.25, goal: goal)
  }

  /// Where tied hair comes together.
  private var knot: SIMD3<Float> {
    let isHigh = identity.grain % 2 == 0
    let (place, normal) = scalp.point(FaceChart.back, isHigh ? 11 : 2)
    return place + normal * 1.6
  }

  /// The knot itself: locks wound round it.
  private func bun() -> Mesh {
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
