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
  /// The frame rate of a sequence.
  public static let framesPerSecond = 25.0

  /// The person.
  public let identity: Identity

  private let kind: Kind
  private let poses: PoseRange
  private let source: RandomSource

  /// - Parameters:
  ///   - person: the person's number under this seed.
  ///   - poses: the range of head rotation.
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
    // The sum of two uniform numbers: large rotations are much rarer than small ones.
    pose.yaw = poses.yaw * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    pose.pitch = poses.pitch * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    pose.roll = poses.roll * (r.number(-0.5...0.5) + r.number(-0.5...0.5))
    return take.scene(
      identity, FacialExpression(randomness: chance.split(1), pose: pose), pose,
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
