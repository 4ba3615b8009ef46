public import Engine
public import Faces

extension Identity {
  /// A random person.
  public init(randomness: RandomSource) {
    var randomness = randomness
    let traits = Traits(randomness: &randomness)
    self.init(traits, randomness)
  }

  /// A random person with the given traits, which influence many other parameters.
  ///
  /// The signs of dimorphism and aging follow anthropometry (Farkas 1994); their magnitudes were
  /// set
  /// by eye.
  init(_ traits: Traits, _ randomness: RandomSource) {
    self.init()
    drawSkull(traits, randomness.split(0))
    drawFeatures(traits, randomness.split(1))
    drawSkin(traits, randomness.split(2))
    drawHair(traits, randomness.split(3))
    var last = randomness.split(4)
    grain = last.next()
  }

  /// A shape parameter: the influence of the traits plus a random deviate.
  private static func shape(
    _ mean: Double, _ randomness: inout RandomSource, deviation: Double = 1
  ) -> Float {
    Float(min(max(mean + randomness.normal(deviation: deviation), -2.4), 2.4))
  }

  private mutating func drawSkull(_ traits: Traits, _ randomness: RandomSource) {
    var r = randomness
    let (m, a) = (traits.masculinity, traits.years)
    faceWidth = Identity.shape(0.2 * m, &r)
    faceLength = Identity.shape(0.3 * m, &r)
    headDepth = Identity.shape(0.2 * m, &r, deviation: 0.8)
    jawWidth = Identity.shape(0.8 * m, &r, deviation: 0.9)
    jawSquareness = Identity.shape(0.8 * m, &r, deviation: 0.9)
    chinLength = Identity.shape(0.4 * m, &r)
    chinWidth = Identity.shape(0.6 * m, &r, deviation: 0.9)
    chinForward = Identity.shape(0.2 * m, &r, deviation: 0.9)
    cheekboneWidth = Identity.shape(-0.1 * m, &r)
    cheekFullness = Identity.shape(-0.3 * m - 0.8 * (a - 0.3), &r)
    foreheadHeight = Identity.shape(0.1 * m, &r)
    foreheadSlope = Identity.shape(0.5 * m, &r, deviation: 0.8)
    browRidge = Identity.shape(0.9 * m, &r, deviation: 0.7)
    neckWidth = Identity.shape(1.1 * m, &r, deviation: 0.6)
    earSize = Identity.shape(0.4 * m + 0.8 * a, &r, deviation: 0.8)
    earAngle = Identity.shape(0, &r)
    asymmetry = Identity.shape(0, &r, deviation: 0.7)
  }

  private mutating func drawFeatures(_ traits: Traits, _ randomness: RandomSource) {
    var r = randomness
    let (m, a, tone) = (traits.masculinity, traits.years, traits.melanin - 0.4)
    browHeight = Identity.shape(-0.5 * m, &r)
    browArch = Identity.shape(-0.6 * m, &r, deviation: 0.9)
    eyeWidth = Identity.shape(-0.2 * m, &r)
    eyeOpening = Identity.shape(-0.5 * m - 0.8 * (a - 0.3), &r, deviation: 0.9)
    eyeSpacing = Identity.shape(0, &r)
    eyeTilt = Identity.shape(-0.3 * m - 0.5 * (a - 0.3), &r)
    eyeDepth = Identity.shape(0.3 * m + 0.4 * a, &r, deviation: 0.9)
    lidFold = Identity.shape(0.6 * a, &r)
    noseLength = Identity.shape(0.3 * m + 0.5 * (a - 0.3), &r)
    noseWidth = Identity.shape(0.3 * m + 1.2 * tone, &r)
    noseBridge = Identity.shape(0.4 * m - 0.8 * tone, &r)
    noseBridgeWidth = Identity.shape(0.2 * m, &r)
    noseHump = Identity.shape(0.3 * m, &r)
    noseTipUp = Identity.shape(-0.4 * m - 0.4 * a, &r)
    noseTipSize = Identity.shape(0.3 * m, &r)
    noseForward = Identity.shape(0.2 * m, &r)
    mouthWidth = Identity.shape(0.3 * m, &r)
    mouthHeight = Identity.shape(0, &r)
    upperLip = Identity.shape(-0.3 * m + 0.9 * tone - 0.8 * (a - 0.3), &r)
    lowerLip = Identity.shape(-0.2 * m + 0.9 * tone - 0.5 * (a - 0.3), &r)
    lipsForward = Identity.shape(0.8 * tone, &r)
  }

  private mutating func drawSkin(_ traits: Traits, _ randomness: RandomSource) {
    var r = randomness
    let (m, a) = (traits.masculinity, traits.years)
    age = Float(a)
    skinMelanin = Float(traits.melanin)
    skinRedness = r.number(0.2...0.65)
    skinYellowness = r.number(0.2...0.7)
    skinUnevenness = r.number(0.12...0.45) + 0.25 * age
    skinShine = r.number(0.2...0.65)
    pores = r.number(0.2...0.55) + 0.12 * Float(m)
    moles = r.number(0...0.6)
    let isFair = traits.melanin < 0.3
    freckles = r.chance(isFair ? 0.35 : 0.08) ? r.number(0.3...0.9) : r.number(0...0.12)
    lipRedness = r.number(0.3...0.75) - 0.1 * Float(m)
    irisBrown = isFair ? r.number(0...0.85) : r.number(0.65...1)
    irisLightness = r.number(0.2...0.8)
    browThickness = min(max(0.5 + 0.16 * Float(m) + r.deviate(0.14, limit: 0.3), 0.15), 0.95)
    browDensity = min(max(0.6 + 0.1 * Float(m) + r.deviate(0.12, limit: 0.25), 0.3), 0.95)
    lashes = min(max(0.45 - 0.22 * Float(m) + r.deviate(0.1, limit: 0.2), 0.1), 0.9)
  }
}
