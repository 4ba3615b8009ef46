import Engine
import Faces

/// A person's behavior in front of the camera, as smooth functions of time: speech and pauses,
/// blinks, glances and head motion.
struct Performance {
  private let phrases, glances: Beats
  private let blinks: Blinks
  private let sounds: RandomSource
  private let loudness, smile, brows, lean: SmoothNoise
  private let turn, nod, tilt: [SmoothNoise]
  private let poses: PoseRange
  private let liveliness: Float

  /// Sounds per second; every other one is a vowel, so there are half as many syllables.
  private static let soundRate = 10.0

  /// - Parameter blinks: the schedule of blinks; nil draws it.
  init(_ source: RandomSource, poses: PoseRange, blinks: Blinks? = nil) {
    self.poses = poses
    phrases = Beats(source: source.split(0), length: 3.2, window: 0.05...0.35)
    self.blinks = blinks ?? Blinks(source.split(1), rate: nil)
    glances = Beats(source: source.split(2), length: 1.1, window: 0.1...0.9)
    sounds = source.split(3)
    loudness = SmoothNoise(source.split(4), rate: 2.5)
    smile = SmoothNoise(source.split(5), rate: 0.3)
    brows = SmoothNoise(source.split(6), rate: 1.2)
    lean = SmoothNoise(source.split(7), rate: 0.2)
    func motion(_ key: Int) -> [SmoothNoise] {
      [0.3, 0.7, 1.6].enumerated().map { SmoothNoise(source.split(key + $0), rate: $1) }
    }
    (turn, nod, tilt) = (motion(8), motion(11), motion(14))
    var habits = source.split(17)
    liveliness = habits.number(0.7...1)
  }

  /// The pose at `time` seconds.
  func pose(at time: Double) -> Pose {
    func angle(_ motion: [SmoothNoise]) -> Float {
      0.56 * motion[0](time) + 0.32 * motion[1](time) + 0.12 * motion[2](time)
    }
    var pose = Pose()
    pose.yaw = poses.yaw * liveliness * angle(turn)
    pose.pitch = poses.pitch * liveliness * angle(nod)
    pose.roll = poses.roll * liveliness * angle(tilt)
    return pose
  }

  /// The expression at `time` seconds.
  func expression(at time: Double) -> FacialExpression {
    var expression = FacialExpression()
    let voice = voice(at: time)
    let happy = 0.7 * max(smile(time) + 0.1, 0) * (1 - 0.4 * voice)
    let side = 0.08 * lean(time)
    expression.smile(left: max(happy * (1 + side), 0), right: max(happy * (1 - side), 0))
    let raise = brows(time)
    expression.browInnerRaise = max(raise, 0) * (0.2 + 0.3 * voice)
    expression.browOuterRaiseLeft = max(raise, 0) * 0.3 * voice
    expression.browOuterRaiseRight = expression.browOuterRaiseLeft
    expression.browLower = max(-raise - 0.3, 0) * 0.4
    expression.jawShift = 0.06 * lean(time + 100)
    expression.speak(sound(at: time), loudness: voice * (0.75 + 0.25 * loudness(time)))
    let glance = glance(at: time)
    expression.lookIntoTheCamera(pose(at: time), yaw: glance.x, pitch: glance.y)
    let lid = Float(blinks.closure(at: time))
    (expression.lidLeft, expression.lidRight) = (lid, lid)
    return expression
  }

  /// The loudness of speech, 0…1: phrases of about two seconds, with pauses between.
  private func voice(at time: Double) -> Float {
    let stretch = phrases.stretch(at: time)
    let (start, chance) = phrases.event(stretch)
    let (next, _) = phrases.event(stretch + 1)
    var randomness = chance
    // Some phrases are pauses for listening.
    guard !randomness.chance(0.15) else { return 0 }
    let pause = randomness.uniform(0.25...0.8)
    let end = min(next - pause, Double(stretch + 1) * phrases.length)
    return Float(smoothStep((time - start) / 0.2) * smoothStep((end - time) / 0.2))
  }

  /// The mouth shape of the current sound.
  private func sound(at time: Double) -> MouthShape {
    let place = time * Performance.soundRate
    let point = Int(place.rounded(.down))
    let share = smoothStep(place - Double(point))
    return sound(point).blended(to: sound(point + 1), Float(share))
  }

  private func sound(_ point: Int) -> MouthShape {
    var randomness = sounds.split(point)
    let shapes = point.isMultiple(of: 2) ? MouthShape.consonants : MouthShape.vowels
    return shapes[Int(randomness.next() % UInt64(shapes.count))]
  }

  /// The gaze relative to the camera, in radians: fixations with instant changes.
  private func glance(at time: Double) -> SIMD2<Float> {
    let stretch = glances.stretch(at: time)
    let (start, _) = glances.event(stretch)
    let share = Float(smoothStep((time - start) / 0.06))
    return target(stretch - 1) + (target(stretch) - target(stretch - 1)) * share
  }

  private func target(_ stretch: Int) -> SIMD2<Float> {
    var (_, randomness) = glances.event(stretch)
    guard randomness.chance(0.6) else { return .zero }
    return SIMD2(randomness.deviate(0.14, limit: 0.35), randomness.deviate(0.07, limit: 0.18))
  }
}
