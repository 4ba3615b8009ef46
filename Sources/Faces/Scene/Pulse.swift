/// The blood under the skin at one moment of a heartbeat.
///
/// More blood absorbs more light, green most: remote photoplethysmography measures it (Verkruysse and others
/// 2008). The change is invisible to the eye.
public struct Pulse: Codable, Equatable, Sendable {
  /// The share of the heartbeat that has passed, 0 ..< 1; at 0 the pulse wave arrives at the forehead.
  public var phase: Float = 0
  /// The length of the heartbeat, in seconds.
  public var period: Float = 0.85
  /// The relative change of the green light that the forehead reflects, peak to peak; of real skin 0.001 to
  /// 0.01.
  public var strength: Float = 0.005

  /// A resting heart, at the arrival of the pulse wave.
  public init() {}
}

/// The fixed pattern noise of a camera's sensor: its sites differ in sensitivity, and always in the same way.
///
/// This photo-response non-uniformity tells cameras apart (Lukáš, Fridrich and Goljan 2006).
public struct Sensor: Codable, Equatable, Sendable {
  /// The camera's number, the same in all its pictures: the seed of the pattern.
  public var camera: UInt64
  /// The relative standard deviation of the sensitivity of single sites; of real sensors 0.005 to 0.02.
  public var pattern: Float = 0.01
  /// The relative standard deviation of the sensitivity of whole rows, and of whole columns.
  public var lines: Float = 0

  /// The sensor of a camera, without a pattern of lines.
  public init(camera: UInt64) { self.camera = camera }
}
