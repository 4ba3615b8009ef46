import Engine
import Faces
public import Media
public import Synthesis

/// A rendered sequence of one person, with the face of another that breaks one signal or several.
///
/// The inserted face has the expression, pose and light of the original: a perfect swap but for the
/// signals.
public struct SplicedClip: Sendable {
  /// Which signal the inserted face breaks.
  public enum Fault: String, CaseIterable, Sendable {
    /// The pulse of another heart.
    case otherPulse
    /// Skin without a pulse.
    case noPulse
    /// Eyes that never blink.
    case noBlinks
    /// Pixels without a sensor's pattern, as a decoder makes them.
    case noPattern
    /// The pattern of another camera.
    case otherPattern
  }

  private let faults: [Fault]
  private let side: Int
  private let own, other: SceneSource

  /// - Parameters:
  ///   - faults: the broken signals.
  ///   - side: the side of the pictures in pixels.
  ///   - poses: the range of head rotation.
  ///   - signals: those of the original.
  public init(
    _ faults: Fault..., seed: UInt64, side: Int, poses: PoseRange,
    signals: SignalSettings = SignalSettings()
  ) {
    (self.faults, self.side) = (faults, side)
    own = SceneSource(seed: seed, person: 0, kind: .sequence, poses: poses, signals: signals)
    var others = SignalSettings()
    others.framesPerSecond = signals.framesPerSecond
    if let rate = signals.heartRate { others.heartRate = rate < 80 ? rate + 25 : rate - 25 }
    other = SceneSource(seed: seed, person: 1, kind: .sequence, poses: poses, signals: others)
  }

  /// The true signals of the original's first frames.
  public func signals(frames: Int) -> SignalTruth { own.signals(frames: frames) }

  /// A frame of the original, from 0, as it leaves the sensor.
  public func original(_ number: Int) -> Portrait {
    var scene = own.scene(number)
    scene.camera.jpegQuality = nil
    return scene.rendered(side: side)
  }

  /// The frame with the inserted face; the landmarks are those of the face.
  public func forged(_ number: Int) -> (picture: Image, landmarks: [SIMD2<Float>]) {
    forged(number, over: original(number).image)
  }

  /// The same for a frame of the original that was rendered before.
  public func forged(
    _ number: Int, over original: Image
  ) -> (picture: Image, landmarks: [SIMD2<Float>]) {
    let face = inserted(number).rendered(side: side)
    let landmarks = face.landmarks.map(\.position)
    let mask = LandmarkMask()(landmarks: landmarks, width: side, height: side)
    let share = Plane(width: side, height: side, values: mask.map { Float($0) / 255 })
    return (original.mixed(with: face.image, by: share), landmarks)
  }

  private func inserted(_ number: Int) -> Scene {
    var scene = own.scene(number)
    scene.identity = other.identity
    scene.camera.jpegQuality = nil
    scene.camera.grain = RandomSource(seed: scene.camera.grain).split(1).first
    for fault in faults {
      switch fault {
      case .otherPulse: scene.pulse = other.scene(number).pulse
      case .noPulse: scene.pulse = nil
      case .noBlinks: (scene.expression.lidLeft, scene.expression.lidRight) = (0, 0)
      case .noPattern: scene.camera.sensor = nil
      case .otherPattern: scene.camera.sensor = other.scene(number).camera.sensor
      }
    }
    return scene
  }
}

extension RandomSource {
  /// The first number.
  fileprivate var first: UInt64 {
    var source = self
    return source.next()
  }
}
