import Engine
public import Faces

/// Generates the scenes of one synthetic person.
///
/// A scene depends only on the seed, the person's number and the picture's number, not on the order
/// of calls; a person looks the same in every kind of set.
public struct SceneSource: Sendable {
  /// The relation between the pictures of a person.
  public enum Kind: String, Codable, Sendable {
    /// Single pictures at different times, several from each of several clips.
    case portraits
    /// Consecutive frames of one clip.
    case sequence
  }

  /// The number of pictures in a portrait set that share light, camera and background.
  public static let clipLength = 20
  /// The person.
  public let identity: Identity

  private let kind: Kind
  private let poses: PoseRange
  private let source: RandomSource
  private let framesPerSecond: Double
  private let blinks: Blinks
  private let heart: Heart?
  private let sensor: Sensor?

  /// - Parameters:
  ///   - person: the person's number under this seed.
  ///   - scenes: the number of the person whose scenes these are, so that pictures of several people
  ///     with the same number differ only by the person; nil for scenes of the person's own.
  ///   - poses: the range of head rotation.
  ///   - signals: blinks, pulse and camera.
  public init(
    seed: UInt64, person: Int, scenes: Int? = nil, kind: Kind, poses: PoseRange,
    signals: SignalSettings = SignalSettings()
  ) {
    let root = RandomSource(seed: seed)
    source = root.split(scenes ?? person)
    identity = Identity(Traits(person: person, randomness: root), root.split(person).split(0))
    (self.kind, self.poses) = (kind, poses)
    framesPerSecond = signals.framesPerSecond
    blinks = Blinks(source.split(3).split(1), rate: signals.blinkRate)
    let isSequence = kind == .sequence
    heart =
      isSequence && signals.pulseStrength != 0
      ? Heart(
        source.split(6), rate: signals.heartRate, strength: signals.pulseStrength,
        melanin: identity.skinMelanin) : nil
    var chance = source.split(7)
    let ownCamera = isSequence ? chance.next() % 1_000_000 : nil
    sensor =
      signals.sensorPattern == 0
      ? nil
      : (signals.camera ?? ownCamera).map { Sensor(of: $0, pattern: signals.sensorPattern) }
  }

  /// The scene of picture `number`, from 0.
  public func scene(_ number: Int) -> Scene {
    kind == .portraits ? portrait(number) : frame(number)
  }

  private func portrait(_ number: Int) -> Scene {
    let (clip, place) = number.quotientAndRemainder(dividingBy: SceneSource.clipLength)
    let take = Take(source.split(1).split(clip))
    let chance = source.split(2).split(number)
    var r = chance.split(0)
    var pose = Pose()
    // The sum of two uniform numbers: large rotations are much rarer than small ones.
    pose.yaw = poses.yaw * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    pose.pitch = poses.pitch * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    pose.roll = poses.roll * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    return take.scene(
      identity, FacialExpression(randomness: chance.split(1), pose: pose), pose,
      at: Double(place) * 2, camera: take.camera(chance.split(2), aim: 0.03, sensor))
  }

  private func frame(_ number: Int) -> Scene {
    let time = time(of: number)
    let performance = Performance(source.split(3), poses: poses, blinks: blinks)
    let take = Take(source.split(4))
    var scene = take.scene(
      identity, performance.expression(at: time), performance.pose(at: time), at: time,
      camera: take.camera(source.split(5).split(number), aim: nil, sensor))
    scene.pulse = heart?.pulse(at: time)
    return scene
  }

  /// The time of a frame of a sequence, in seconds.
  public func time(of frame: Int) -> Double { Double(frame) / framesPerSecond }

  /// The true signals in the first `frames` frames of a sequence.
  public func signals(frames: Int) -> SignalTruth {
    let end = time(of: frames)
    return SignalTruth(
      blinks: blinks.all(before: end),
      pulse: heart.map {
        SignalTruth.Heartbeats(
          rate: $0.rate(before: end), strength: $0.strength, beats: $0.beats(before: end))
      },
      sensor: sensor)
  }
}
