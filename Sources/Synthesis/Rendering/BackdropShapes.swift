import Engine
import Faces

/// An out-of-focus background of soft shapes.
struct BackdropShapes {
  private let backdrop: Backdrop
  private let cloudiness: Noise
  private var shapes: [Shape] = []

  /// A soft shape; x runs to the right and y down, in picture sides.
  private struct Shape {
    var middle: SIMD2<Float>
    /// The half width and height.
    var radii: SIMD2<Float>
    var color: SIMD3<Float>
    /// The width of its blurred edge.
    var softness: Float
    var isRound = false
    /// True if it is added to the background, as lights are.
    var isLight = false
  }

  init(_ backdrop: Backdrop) {
    self.backdrop = backdrop
    cloudiness = Noise(backdrop.grain, 31)
    var randomness = RandomSource(seed: backdrop.grain).split(1)
    switch backdrop.kind {
    case .plain, .gradient: break
    case .room: furnish(&randomness)
    case .window: glaze(&randomness)
    case .foliage: plant(&randomness)
    case .lights: illuminate(&randomness)
    }
  }

  func color(at place: SIMD2<Float>) -> SIMD3<Float> {
    var color = ground(place)
    for shape in shapes {
      let off = place - shape.middle
      let away = SIMD2(abs(off.x), abs(off.y)) - shape.radii
      let distance: Float
      if shape.isRound {
        let ratio = off / shape.radii
        distance = ((ratio * ratio).sum().squareRoot() - 1) * shape.radii.min()
      } else {
        distance = max(away.x, away.y)
      }
      guard distance < shape.softness else { continue }
      let share = ramp(distance, shape.softness, -shape.softness)
      color =
        shape.isLight ? color + shape.color * share : mix(color, shape.color, share)
    }
    let cloud = cloudiness(place.x * 3, place.y * 3) + 0.5 * cloudiness(place.x * 7, place.y * 7)
    return color * (1 + 0.04 * cloud)
  }

  /// The background behind all shapes.
  private func ground(_ place: SIMD2<Float>) -> SIMD3<Float> {
    let (first, second) = (backdrop.color, backdrop.secondColor)
    switch backdrop.kind {
    case .plain:
      // A lamp on a wall.
      let off = place - SIMD2(0.6, 0.35)
      return first * (1.08 - 0.35 * (off * off).sum())
    case .gradient: return mix(first, second, clamped(place.y * 0.85 + (place.x - 0.5) * 0.3))
    case .room, .window: return mix(first, second, 0.25 + 0.25 * place.y)
    case .foliage: return mix(first, second, 0.6)
    case .lights: return second * (0.5 - 0.2 * place.y)
    }
  }

  private func color(_ randomness: inout RandomSource, spread: Double) -> SIMD3<Float> {
    let between = Float(randomness.uniform())
    let strength = Float(randomness.uniform(1 - spread...1 + spread))
    let tint = SIMD3(
      Float(randomness.uniform(0.85...1.15)), 1, Float(randomness.uniform(0.85...1.15)))
    return mix(backdrop.color, backdrop.secondColor, between) * tint * strength
  }

  private func number(_ randomness: inout RandomSource, _ range: ClosedRange<Double>) -> Float {
    Float(randomness.uniform(range))
  }

  /// A wall with pictures and a door, furniture before it, a lamp.
  private mutating func furnish(_ randomness: inout RandomSource) {
    for k in 0..<3 {
      let middle = SIMD2(number(&randomness, -0.1...1.1), number(&randomness, 0.1...0.5))
      let radii = SIMD2(number(&randomness, 0.05...0.16), number(&randomness, 0.06...0.3))
      let color = color(&randomness, spread: 0.5)
      shapes.append(
        Shape(middle: middle, radii: radii, color: color * 0.6, softness: 0.018))
      if k > 0 {
        shapes.append(
          Shape(middle: middle, radii: radii * 0.75, color: color * 1.3, softness: 0.022))
      }
    }
    for _ in 0..<4 {
      shapes.append(
        Shape(
          middle: SIMD2(number(&randomness, 0...1), number(&randomness, 0.85...1.1)),
          radii: SIMD2(number(&randomness, 0.1...0.3), number(&randomness, 0.1...0.35)),
          color: color(&randomness, spread: 0.6) * 0.55, softness: 0.03))
    }
    shapes.append(
      Shape(
        middle: SIMD2(number(&randomness, 0...1), number(&randomness, 0.1...0.4)),
        radii: SIMD2(repeating: number(&randomness, 0.2...0.4)),
        color: SIMD3(0.28, 0.22, 0.14), softness: 0.25, isRound: true, isLight: true))
  }

  /// A bright window with bars, and the wall beside it.
  private mutating func glaze(_ randomness: inout RandomSource) {
    let middle = SIMD2(number(&randomness, 0.1...0.9), number(&randomness, 0.25...0.45))
    let radii = SIMD2(number(&randomness, 0.25...0.45), number(&randomness, 0.35...0.55))
    let frame = color(&randomness, spread: 0.2) * 1.2
    let bright = number(&randomness, 0.6...0.95)
    shapes.append(Shape(middle: middle, radii: radii + 0.03, color: frame, softness: 0.02))
    shapes.append(
      Shape(
        middle: middle, radii: radii, color: SIMD3(0.86, 0.95, 1.0) * bright, softness: 0.02))
    for _ in 0..<8 {
      // Trees and houses out there.
      let place = SIMD2(number(&randomness, -1...1), number(&randomness, 0...1))
      shapes.append(
        Shape(
          middle: middle + radii * place * 0.8,
          radii: radii * SIMD2(number(&randomness, 0.1...0.35), number(&randomness, 0.1...0.3)),
          color: SIMD3(0.30, 0.40, 0.26) * number(&randomness, 0.5...1.3), softness: 0.05,
          isRound: true))
    }
    let bars = 1 + Int(randomness.next() % 2)
    for bar in 0..<bars {
      let off = (Float(bar) + 1) / Float(bars + 1) * 2 - 1
      shapes.append(
        Shape(
          middle: middle + SIMD2(off * radii.x, 0), radii: SIMD2(0.018, radii.y), color: frame,
          softness: 0.015))
    }
    shapes.append(
      Shape(
        middle: middle, radii: SIMD2(radii.x, 0.014), color: frame * 0.9, softness: 0.015))
  }

  /// Leaves in shade and sun, and the sky between them.
  private mutating func plant(_ randomness: inout RandomSource) {
    for k in 0..<34 {
      let size = number(&randomness, 0.04...0.16) * (k < 12 ? 1.6 : 1)
      let sun = number(&randomness, 0...1)
      let leaf = mix(SIMD3<Float>(0.02, 0.045, 0.012), SIMD3(0.20, 0.30, 0.06), sun * sun)
      shapes.append(
        Shape(
          middle: SIMD2(number(&randomness, -0.1...1.1), number(&randomness, -0.1...1.1)),
          radii: SIMD2(size, size * number(&randomness, 0.6...1.2)),
          color: mix(leaf, backdrop.color, 0.3), softness: 0.55 * size, isRound: true))
    }
    for _ in 0..<9 {
      let size = number(&randomness, 0.015...0.04)
      shapes.append(
        Shape(
          middle: SIMD2(number(&randomness, 0...1), number(&randomness, -0.05...0.6)),
          radii: SIMD2(repeating: size),
          color: SIMD3(0.45, 0.5, 0.42)
            * number(&randomness, 0.3...1), softness: 0.012, isRound: true, isLight: true))
    }
  }

  /// A street or a hall at night.
  private mutating func illuminate(_ randomness: inout RandomSource) {
    for _ in 0..<5 {
      shapes.append(
        Shape(
          middle: SIMD2(number(&randomness, 0...1), number(&randomness, 0.2...1)),
          radii: SIMD2(number(&randomness, 0.08...0.3), number(&randomness, 0.1...0.4)),
          color: color(&randomness, spread: 0.6) * 0.4, softness: 0.06))
    }
    for _ in 0..<22 {
      let warm = number(&randomness, 0...1)
      let lamp = mix(SIMD3<Float>(0.5, 0.7, 1.0), SIMD3(1.0, 0.55, 0.2), warm)
      let size = number(&randomness, 0.02...0.055)
      shapes.append(
        Shape(
          middle: SIMD2(number(&randomness, -0.05...1.05), number(&randomness, 0...0.85)),
          radii: SIMD2(repeating: size), color: lamp * number(&randomness, 0.1...0.7),
          softness: 0.008, isRound: true, isLight: true))
    }
  }
}
