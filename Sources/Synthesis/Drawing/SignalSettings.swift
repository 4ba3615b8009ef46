public import Faces

/// What is known of the signals that detectors measure: blinks, pulse and the sensor's pattern.
///
/// Nil values are drawn for each person from the seed.
public struct SignalSettings: Equatable, Sendable {
  /// The frame rate of a sequence.
  public var framesPerSecond = 25.0
  /// Blinks per minute in a sequence, 0 to 60; drawn from 15 to 20.
  public var blinkRate: Double?
  /// Heartbeats per minute in a sequence; drawn from 55 to 95.
  public var heartRate: Double?
  /// The strength of the pulse in a sequence as in `Pulse`, 0 for none; drawn from 0.004 to 0.01 for the palest
  /// skin, and half of that for the darkest.
  public var pulseStrength: Double?
  /// The camera's number; drawn for a sequence, and a sensor without a pattern for portraits.
  public var camera: UInt64?
  /// The sensor's pattern as in `Sensor`, 0 for none; drawn for each camera from 0.005 to 0.02.
  public var sensorPattern: Double?

  /// All signals are drawn.
  public init() {}
}

/// The true signals of a sequence.
public struct SignalTruth: Codable, Equatable, Sendable {
  /// The heartbeats of a sequence.
  public struct Heartbeats: Codable, Equatable, Sendable {
    /// The mean rate in the sequence, in beats per minute.
    public let rate: Double
    /// As in `Pulse`.
    public let strength: Double
    /// When the pulse wave arrives at the forehead, in seconds.
    public let beats: [Double]
  }

  /// The blinks that begin in the sequence.
  public let blinks: [Blink]
  /// The heartbeats; nil without a pulse.
  public let pulse: Heartbeats?
  /// The camera's sensor; nil if it has no pattern.
  public let sensor: Sensor?
}
