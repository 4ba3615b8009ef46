/// Grows locks over a head and lays ribbons along them.
struct LockGrower {
  let scalp: Scalp
  let segments: Int
  /// Locks that come before the face part there instead of covering it.
  let sparesFace: Bool

  /// The middle line of a lock, with the direction out of the head at each point.
  func grown(_ lock: HairLock) -> [(place: SIMD3<Float>, outwards: SIMD3<Float>)] {
    let step = lock.length / Float(segments)
    let rootHeight = scalp.height(of: lock.root)
    var place = lock.root
    var direction = normalized(lock.direction + lock.normal * lock.rise)
    var line = [(place, lock.normal)]
    for segment in 1...segments {
      let share = Float(segment) / Float(segments)
      if lock.pull > 0 {
        let towards = normalized(lock.goal - place)
        direction = normalized(mix(direction, towards, min(1, lock.pull * step)))
      }
      direction.y -= lock.weight * step * 0.3
      direction = normalized(direction)
      place += direction * step
      var outwards = scalp.outwards(at: place)
      if place.y > -9 {
        // Stay outside of the head, at the lock's own height.
        let floor = rootHeight * (1 - share) + min(1, share * 3) * lock.height
        let height = scalp.height(of: place)
        if height < floor { place += outwards * (floor - height) }
        // Gravity and neighbours press what stands far off.
        if height > floor { place -= outwards * ((height - floor) * min(0.8, 0.4 * step)) }
      }
      if sparesFace { place = beside(place) }
      place = aboveShoulders(place)
      direction = normalized(place - line[segment - 1].0)
      if place.y < -4 {
        outwards = normalized(SIMD3(place.x, 0, (place.z + 7) * 0.8))
      }
      line.append((place, outwards))
    }
    return line
  }

  /// Moves what hangs before the face aside.
  private func beside(_ place: SIMD3<Float>) -> SIMD3<Float> {
    guard place.y < 5.5, place.z > -6 else { return place }
    let free = mix(5.2, 7.2, ramp(place.y, 5.5, 1)) - 1.2 * ramp(place.y, -6, -12)
    guard abs(place.x) < free else { return place }
    var moved = place
    moved.x = place.x < 0 ? -free : free
    moved.z = min(place.z, mix(place.z, -2.5, 0.5))
    return moved
  }

  /// Lays what hangs low over the shoulders.
  private func aboveShoulders(_ place: SIMD3<Float>) -> SIMD3<Float> {
    let floor = -13.2 - 0.25 * max(0, abs(place.x) - 6)
    guard place.y < floor, place.z < 0, place.z > -12 else { return place }
    var moved = place
    // In front of the middle of the shoulder it falls on the chest, else on the back.
    let under = floor - place.y
    moved.z += place.z > -8 ? min(under * 0.8, 4) : -min(under * 0.8, 4)
    return moved
  }
}
