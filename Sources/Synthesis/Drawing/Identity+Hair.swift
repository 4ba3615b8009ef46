import Engine
import Faces

extension Identity {
  /// Draws hair, beard and glasses; requires skin and age.
  mutating func drawHair(_ traits: Traits, _ randomness: RandomSource) {
    var r = randomness
    let a = traits.years
    // The share of men among people with this build.
    let man = min(max(0.5 + 0.6 * traits.masculinity, 0), 1)
    hairMelanin = traits.melanin < 0.3 ? r.number(0.12...0.95) : r.number(0.75...1)
    hairRedness = r.number(0.05...0.3)
    if traits.melanin < 0.22, r.chance(0.16) {
      hairRedness = r.number(0.6...0.95)
      hairMelanin = r.number(0.3...0.6)
      freckles = max(freckles, r.number(0.2...0.8))
    }
    hairGray = min(max(Float(a) * 1.3 - 0.6 + r.deviate(0.12, limit: 0.25), 0), 1)
    hairVolume = r.number(0.25...0.85)
    hairCurl = r.chance(0.15 + 0.5 * traits.melanin) ? r.number(0.45...0.95) : r.number(0...0.35)
    hairline = min(max(0.1 + Float(man * a) * 0.7 + r.deviate(0.12, limit: 0.25), 0), 0.9)
    hair = r.choice(Identity.hairStyles(man: man, age: a))
    guard man > 0.55 else {
      drawGlasses(a, &r)
      return
    }
    beard = r.choice([
      (.none, 0.46), (.stubble, 0.22), (.moustache, 0.07), (.goatee, 0.08), (.full, 0.17),
    ])
    beardDensity = beard == .none ? 0 : r.number(0.4...0.9)
    drawGlasses(a, &r)
  }

  private mutating func drawGlasses(_ age: Double, _ randomness: inout RandomSource) {
    guard randomness.chance(0.14 + 0.16 * age) else { return }
    glasses = randomness.choice([(.thin, 0.4), (.round, 0.25), (.thick, 0.35)])
  }

  private static func hairStyles(man: Double, age: Double) -> [(HairStyle, Double)] {
    let woman = 1 - man
    return [
      (.bald, 0.5 * man * age), (.cropped, 0.02 + 0.25 * man), (.short, 0.06 + 0.4 * man),
      (.parted, 0.02 + 0.3 * man), (.swept, 0.08 + 0.18 * man), (.bob, 0.45 * woman),
      (.long, 0.02 + 0.5 * woman * (1 - 0.5 * age)), (.tied, 0.01 + 0.35 * woman),
    ]
  }
}
