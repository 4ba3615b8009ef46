/// Grows locks over a head and lays ribbons along them.
struct LockGrower {
  let scalp: Scalp
  let segments: Int
  /// True for hair that hangs over the ears and past the face.
  let hangs: Bool

  /// The middle line of a lock, with the direction out of the head at each point.
  func grown(_ lock: HairLock) -> [(place: SIMD3<Float>, outwards: SIMD3<Float>)] {
    let step = lock.length / Float(segments)
    let rootHeight = scalp.height(of: lock.root)
    var place = lock.root
    var direction = normalized(lock.direction + lock.normal * lock.rise)
    var line = [(place, lock.normal)]
    for segment in 1...segments {
      let grown = Float(segment) * step
      if lock.pull > 0 {
        let towards = normalized(lock.goal - place)
        direction = normalized(mix(direction, towards, min(1, lock.pull * step)))
      }
      direction.y -= lock.weight * step * 0.3
      direction = normalized(direction)
      place += direction * step
      place = onHead(place, lock, rootHeight * max(0, 1 - grown / 4), grown)
      if hangs { place = aboveShoulders(beside(place)) }
      direction = normalized(place - line[segment - 1].0)
      let outwards =
        place.y < -3
        ? normalized(SIMD3(place.x, 0, (place.z + 7) * 0.8)) : scalp.outwards(at: place)
      line.append((place, outwards))
    }
    return line
  }

  /// Keeps a lock outside the head, at its own height.
  private func onHead(
    _ place: SIMD3<Float>, _ lock: HairLock, _ rootHeight: Float, _ grown: Float
  ) -> SIMD3<Float> {
    guard place.y > -9 else {
      // Below the head hair falls together behind the neck and over the shoulders.
      var moved = place
      let free = 7.6 + 0.8 * lock.height
      if abs(place.x) > free { moved.x -= (place.x - (place.x < 0 ? -free : free)) * 0.3 }
      return moved
    }
    let outwards = scalp.outwards(at: place)
    var floor = rootHeight + min(1, grown / 2.5) * lock.height
    // Long hair covers the ears.
    if hangs { floor += 1.5 * ramp(place.y, 5, 0) * bump(place.z + 9, 6) }
    let height = scalp.height(of: place)
    if height < floor { return place + outwards * (floor - height) }
    // What stands far off sinks back; what hangs falls free.
    let sinking: Float = hangs ? 0.2 : 0.4
    return place - outwards * ((height - floor) * min(0.8, sinking * lock.length / Float(segments)))
  }

  /// Moves hair in front of the face aside.
  private func beside(_ place: SIMD3<Float>) -> SIMD3<Float> {
    guard place.y < 6.5, place.z > -6 else { return place }
    let free = mix(2.5, 7.2, ramp(place.y, 6.5, 1)) - 1.0 * ramp(place.y, -6, -12)
    guard abs(place.x) < free else { return place }
    var moved = place
    moved.x = place.x < 0 ? -free : free
    if place.y < 3 { moved.z = min(place.z, mix(place.z, -2.5, 0.4)) }
    return moved
  }

  /// Lays long hair over the shoulders, on the chest or on the back.
  private func aboveShoulders(_ place: SIMD3<Float>) -> SIMD3<Float> {
    let under = -12.8 - 0.25 * max(0, abs(place.x) - 6) - place.y
    guard under > 0 else { return place }
    var moved = place
    if place.z > -9 {
      let breast = -4.6 + 0.55 * under
      if place.z < breast { moved.z += min(breast - place.z, 2.2) }
    } else if place.z > -16 {
      moved.z -= min(place.z + 16, 2.2)
    }
    return moved
  }
}
