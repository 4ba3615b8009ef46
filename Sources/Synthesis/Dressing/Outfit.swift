import Engine
import Faces

/// The clothes and colors of a person, selected by the person's `grain`.
struct Outfit {
  enum Kind: Int, CaseIterable {
    case tShirt, sweater, shirt, jacket
  }

  let kind: Kind
  /// Linear RGB.
  let cloth, shirt, tie: SIMD3<Float>
  let hasTie: Bool
  /// How far the hem about the neck rises, how much deeper and wider the neckline is; centimeters.
  let hem, deep, wide: Float

  init(_ identity: Identity) {
    var chance = RandomSource(seed: identity.grain).split(4)
    let number = Int(chance.uniform() * Double(Kind.allCases.count))
    kind = Kind.allCases[min(number, Kind.allCases.count - 1)]
    hasTie = kind == .jacket && chance.uniform() < 0.6
    let isDark = kind == .jacket || chance.uniform() < 0.6
    cloth = Outfit.color(
      lightness: Float(isDark ? chance.uniform(0.02...0.09) : chance.uniform(0.15...0.5)),
      saturation: Float(chance.uniform(0...(kind == .jacket ? 0.4 : isDark ? 0.8 : 0.45))), &chance)
    let white = Outfit.color(
      lightness: Float(chance.uniform(0.4...0.58)), saturation: Float(chance.uniform(0...0.25)),
      &chance)
    shirt = kind == .jacket ? white : cloth
    tie = Outfit.color(
      lightness: Float(chance.uniform(0.02...0.15)), saturation: Float(chance.uniform(0.2...0.9)),
      &chance)
    hem = kind == .sweater ? 0.6 : (kind == .tShirt ? 0.25 : 0)
    deep = kind == .tShirt ? Float(chance.uniform(0...1.2)) : 0
    wide = kind == .tShirt ? 0.7 : 0.25
  }

  private static func color(
    lightness: Float, saturation: Float, _ chance: inout RandomSource
  ) -> SIMD3<Float> {
    let hue = Float(chance.uniform()) * 6
    func part(_ off: Float) -> Float {
      let away = abs((hue + off).truncatingRemainder(dividingBy: 6) - 3)
      return min(max(away - 1, 0), 1)
    }
    let pure = SIMD3(part(0), part(4), part(2))
    return (pure * saturation + (1 - saturation) * 0.8) * lightness * 1.25
  }
}
