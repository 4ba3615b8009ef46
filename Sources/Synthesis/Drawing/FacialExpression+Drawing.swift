import Engine
import Faces

/// The mood of a face in a single picture.
private enum Mood {
  case rest, speech, smile, surprise, sorrow, anger, disgust, puff
}

extension FacialExpression {
  /// A random expression for one picture of a portrait set, as of people who talk and listen.
  ///
  /// - Parameter pose: the eyes tend to look into the camera, however the head is turned.
  init(randomness: RandomSource, pose: Pose) {
    self.init()
    var r = randomness
    drawMood(&r)
    // Speech may accompany any mood that does not hold the lips.
    if lipsPress < 0.1, cheekPuff == 0, r.chance(0.4) {
      let shape = r.choice((MouthShape.vowels + MouthShape.consonants).map { ($0, 1) })
      speak(shape, loudness: r.number(0.3...0.8))
    }
    jawShift = r.deviate(0.05, limit: 0.15)
    browInnerRaise = max(browInnerRaise, r.number(0...0.15))
    lookIntoTheCamera(pose, yaw: r.deviate(0.13, limit: 0.35), pitch: r.deviate(0.07, limit: 0.2))
    let lids = r.chance(0.05) ? r.number(0.75...1) : r.number(0...0.12)
    (lidLeft, lidRight) = (lids, lids)
  }

  /// Turns the eyes most of the way back to the camera, plus the given offsets.
  mutating func lookIntoTheCamera(_ pose: Pose, yaw: Float, pitch: Float) {
    gazeYaw = min(max(-0.7 * pose.yaw + yaw, -0.5), 0.5)
    gazePitch = min(max(-0.7 * pose.pitch + pitch, -0.3), 0.3)
  }

  private mutating func drawMood(_ r: inout RandomSource) {
    let mood = r.choice([
      (Mood.rest, 0.24), (.speech, 0.26), (.smile, 0.26), (.surprise, 0.07), (.sorrow, 0.06),
      (.anger, 0.06), (.disgust, 0.03), (.puff, 0.02),
    ])
    switch mood {
    case .rest:
      let mild = r.number(0...0.2)
      smile(left: mild, right: mild)
    case .speech:
      speak(r.choice(MouthShape.vowels.map { ($0, 1) }), loudness: r.number(0.4...1))
      browInnerRaise = r.number(0...0.3)
    case .smile:
      let strength = r.number(0.3...0.9)
      let lean = r.deviate(0.06, limit: 0.15)
      smile(left: min(strength + lean, 1), right: min(strength - lean, 1))
      jawOpen = max(0, strength - 0.5) * r.number(0...0.5)
      upperLipRaise = strength * r.number(0...0.35)
    case .surprise:
      let strength = r.number(0.3...0.85)
      browInnerRaise = strength
      (browOuterRaiseLeft, browOuterRaiseRight) = (strength, strength * r.number(0.8...1))
      lidsWide = strength * r.number(0.5...0.9)
      jawOpen = strength * r.number(0...0.6)
    case .sorrow:
      browInnerRaise = r.number(0.4...0.8)
      browLower = r.number(0.1...0.3)
      frown = r.number(0.3...0.7)
    case .anger:
      browLower = r.number(0.4...0.85)
      lipsPress = r.number(0.2...0.6)
      noseWrinkle = r.number(0...0.3)
    case .disgust:
      noseWrinkle = r.number(0.35...0.7)
      upperLipRaise = r.number(0.25...0.55)
      browLower = r.number(0.2...0.45)
    case .puff:
      cheekPuff = r.number(0.3...0.7)
      lipsPress = r.number(0.1...0.3)
    }
  }
}
