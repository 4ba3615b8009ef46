import Faces

/// The shape of lips and jaw for a sound, as shares of their full motion.
struct MouthShape: Equatable {
  var jawOpen: Float = 0
  var pucker: Float = 0
  var stretch: Float = 0
  var press: Float = 0
  var upperLip: Float = 0
  var lowerLip: Float = 0

  /// Open sounds, as in far, bed, see, go, you, the.
  static let vowels = [
    MouthShape(jawOpen: 0.52, lowerLip: 0.2), MouthShape(jawOpen: 0.32, stretch: 0.35),
    MouthShape(jawOpen: 0.14, stretch: 0.55, lowerLip: 0.1), MouthShape(jawOpen: 0.36, pucker: 0.5),
    MouthShape(jawOpen: 0.14, pucker: 0.75), MouthShape(jawOpen: 0.28),
  ]
  /// Narrow sounds, as in map, five, sun, low, run, cake.
  static let consonants = [
    MouthShape(press: 0.4), MouthShape(jawOpen: 0.06, press: 0.15, upperLip: 0.15),
    MouthShape(jawOpen: 0.07, stretch: 0.22, lowerLip: 0.15), MouthShape(jawOpen: 0.2),
    MouthShape(jawOpen: 0.1, pucker: 0.4), MouthShape(jawOpen: 0.17, stretch: 0.1),
  ]

  /// Interpolates between two shapes: this one at 0, the other at 1.
  func blended(to other: MouthShape, _ share: Float) -> MouthShape {
    func between(_ part: KeyPath<MouthShape, Float>) -> Float {
      self[keyPath: part] + (other[keyPath: part] - self[keyPath: part]) * share
    }
    return MouthShape(
      jawOpen: between(\.jawOpen), pucker: between(\.pucker), stretch: between(\.stretch),
      press: between(\.press), upperLip: between(\.upperLip), lowerLip: between(\.lowerLip))
  }
}

extension FacialExpression {
  /// Adds the mouth shape of a sound; a smile leaves less room to pucker.
  mutating func speak(_ shape: MouthShape, loudness: Float) {
    let smile = (smileLeft + smileRight) / 2
    jawOpen = min(jawOpen + shape.jawOpen * loudness, 1)
    lipsPucker = min(lipsPucker + shape.pucker * loudness * (1 - 0.7 * smile), 1)
    lipsStretch = min(lipsStretch + shape.stretch * loudness * (1 - 0.5 * smile), 1)
    lipsPress = min(lipsPress + shape.press * loudness, 1)
    upperLipRaise = min(upperLipRaise + shape.upperLip * loudness, 1)
    lowerLipDrop = min(lowerLipDrop + shape.lowerLip * loudness, 1)
  }

  /// Adds a smile, with the cheeks and lids that go with it.
  mutating func smile(left: Float, right: Float) {
    (smileLeft, smileRight) = (left, right)
    let mean = (left + right) / 2
    cheekRaise = max(cheekRaise, 0.7 * mean * mean)
    lipsStretch = min(lipsStretch + 0.15 * mean, 1)
  }
}
