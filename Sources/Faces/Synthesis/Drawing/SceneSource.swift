import Engine

/// Draws the pictures of one synthetic person.
///
/// Every scene follows from the seed, the person's number and the picture's number alone, whoever
/// asks and in whatever order; the same person looks the same in every kind of set.
public struct SceneSource: Sendable {
  /// How the pictures of a person belong together.
  public enum Kind: String, Codable, Sendable {
    /// Single pictures: every one of another moment, some of each of several clips.
    case portraits
    /// The frames of one clip, in time.
    case sequence
  }

  /// Pictures of a portrait set that share light, camera and place.
  public static let clipLength = 20
  /// Frames of a sequence in a second.
  public static let framesPerSecond = 25.0

  /// Who it is.
  public let identity: Identity

  private let kind: Kind
  private let poses: PoseRange
  private let source: RandomSource

  /// - Parameters:
  ///   - person: the number of the person among those of this seed.
  ///   - poses: how far the head turns.
  public init(seed: UInt64, person: Int, kind: Kind, poses: PoseRange) {
    let root = RandomSource(seed: seed)
    source = root.split(person)
    identity = Identity(Traits(person: person, randomness: root), source.split(0))
    (self.kind, self.poses) = (kind, poses)
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
    // The sum of two dice: turned far less often than a little.
    pose.yaw = poses.yaw * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    pose.pitch = poses.pitch * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    pose.roll = poses.roll * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    return take.scene(
      identity, Expression(randomness: chance.split(1), pose: pose), pose,
      at: Double(place) * 2, camera: take.camera(chance.split(2), aim: 0.03))
  }

  private func frame(_ number: Int) -> Scene {
    let time = Double(number) / SceneSource.framesPerSecond
    let performance = Performance(source.split(3), poses: poses)
    let take = Take(source.split(4))
    return take.scene(
      identity, performance.expression(at: time), performance.pose(at: time), at: time,
      camera: take.camera(source.split(5).split(number), aim: nil))
  }
}
