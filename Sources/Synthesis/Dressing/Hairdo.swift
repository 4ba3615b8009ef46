import Engine
import Faces
import Foundation

/// The hair of the head in its style.
struct Hairdo {
  let identity: Identity
  let scalp: Scalp
  private let hairline: Hairline
  let randomness: RandomSource
  /// 1 or −1: the side to which the hair is parted or swept.
  let side: Float

  init(_ identity: Identity, scalp: Scalp) {
    self.identity = identity
    self.scalp = scalp
    hairline = Hairline(identity)
    let randomness = RandomSource(seed: identity.grain).split(1)
    self.randomness = randomness
    var first = randomness.split(0)
    side = first.uniform() < 0.35 ? -1 : 1
  }

  /// The outermost mesh first, which saves rendering what it hides; empty for a bald head.
  func meshes() -> [Mesh] {
    let volume = 0.6 + 0.8 * identity.hairVolume
    switch identity.hair {
    case .bald: return []
    case .cropped: return shells(4, height: 0.55 * volume, lift: 0.25 * volume)
    case .short: return [locks(spacing: 1.15, short)] + shells(4, height: 0.7, lift: 0.7 * volume)
    case .parted: return [locks(spacing: 1.15, parted)] + shells(3, height: 0.7, lift: 0.9 * volume)
    case .swept: return [locks(spacing: 1.15, swept)] + shells(3, height: 0.6, lift: 1.3 * volume)
    case .bob: return [locks(spacing: 1.4, bob)] + shells(2, height: 0.3, lift: 0.3)
    case .long: return [locks(spacing: 1.4, long)] + shells(2, height: 0.3, lift: 0.3)
    case .tied: return [bun(), locks(spacing: 1.25, tied)] + shells(3, height: 0.5, lift: 0.4)
    }
  }

  private func shells(_ count: Int, height: Float, lift: Float) -> [Mesh] {
    let cap = HairCap(scalp: scalp, hairline: hairline)
    return (0..<count).reversed().map { index in
      let share = Float(index) / Float(max(count - 1, 1))
      let material = HairMaterial(
        kind: .shell(
          density: mix(0.82, 0.22, share * share), length: identity.hair == .cropped ? 0.5 : 1.6),
        color: HairColor(identity), curl: identity.hairCurl,
        openness: mix(isLong ? 0.8 : 0.6, 1, share),
        strands: Noise(identity.grain, 20 + UInt32(index)))
      return cap.shell(
        height: height * mix(0.45, 1, share), lift: lift * mix(0.75, 1, share), material: material)
    }
  }

  /// A possible root of a lock.
  struct Root {
    var s: Float
    var t: Float
    var place: SIMD3<Float>
    var normal: SIMD3<Float>
    /// The distance from the hairline, in centimeters of the chart.
    var inside: Float
  }

  private func locks(
    spacing: Float, _ style: (Root, inout RandomSource) -> HairLock?
  ) -> Mesh {
    let grower = LockGrower(
      scalp: scalp, segments: isLong ? 10 + Int(9 * identity.hairCurl) : 6, hangs: isLong)
    var ribbons = LockRibbons()
    let roots = roots(spacing: spacing).sorted { $0.place.z > $1.place.z }
    for (index, root) in roots.enumerated() {
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

  var lockMaterial: HairMaterial {
    HairMaterial(
      kind: .locks(raggedness: isLong ? 0.4 : 0.75), color: HairColor(identity),
      curl: identity.hairCurl, openness: 1,
      strands: Noise(identity.grain, 19))
  }

  /// Curls a lock around its line, more towards the tip.
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
      let wave = across * sin(angle) + outwards * (0.4 * sin(angle + 1.57) + 0.5)
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
        // The back of the head is seen at a slant or not at all.
        guard inside > 0.05, abs(s) < 11.5 || column % 2 == 0 else { continue }
        let (place, normal) = scalp.point(s, height)
        roots.append(Root(s: s, t: height, place: place, normal: normal, inside: inside))
      }
      t += step
    }
    return roots
  }
}
