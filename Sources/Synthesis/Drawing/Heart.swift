import Engine
import Faces
import Foundation

/// The heartbeat of a person, at any time.
///
/// Its rate varies a little: with breathing, and slowly at random.
struct Heart {
  /// The mean rate, in beats per minute.
  let rate: Double
  /// As in `Pulse`.
  let strength: Double
  private let start, breathRate, breathStart: Double
  private let drift: SmoothNoise

  /// The range of rates of different people at rest.
  static let rates = 55.0...95
  /// The range of strengths in pale skin.
  static let strengths = 0.004...0.01

  /// - Parameters:
  ///   - rate: beats per minute; nil draws it.
  ///   - strength: as in `Pulse`; nil draws it, weaker for darker skin.
  ///   - melanin: that of the skin, as in `Identity`.
  init(_ source: RandomSource, rate: Double?, strength: Double?, melanin: Float) {
    var r = source.split(0)
    let (drawnRate, drawnStrength) = (r.uniform(Heart.rates), r.uniform(Heart.strengths))
    self.rate = rate ?? drawnRate
    // Melanin absorbs light on its way to the blood and back.
    self.strength = strength ?? drawnStrength * (1 - 0.5 * Double(melanin))
    start = r.uniform()
    (breathRate, breathStart) = (r.uniform(0.2...0.3), r.uniform())
    drift = SmoothNoise(source.split(1), rate: 0.1)
  }

  /// The moment of the heartbeat at `time` seconds.
  func pulse(at time: Double) -> Pulse {
    let beats = beats(at: time)
    var pulse = Pulse()
    // A share that rounds to 1 is the beginning of the next heartbeat.
    let phase = Float(beats - beats.rounded(.down))
    pulse.phase = phase < 1 ? phase : 0
    pulse.period = Float(1 / (self.beats(at: time + 0.5) - self.beats(at: time - 0.5)))
    pulse.strength = Float(strength)
    return pulse
  }

  /// The times of the heartbeats from 0 to `time` seconds: when the pulse wave arrives at the forehead.
  func beats(before time: Double) -> [Double] {
    let first = Int(beats(at: 0).rounded(.up))
    let last = Int(beats(at: time).rounded(.up))
    return (first..<max(first, last)).map { number in
      var (low, high) = (0.0, time)
      for _ in 0..<40 {
        let middle = (low + high) / 2
        if beats(at: middle) < Double(number) { low = middle } else { high = middle }
      }
      return high
    }
  }

  /// The number of heartbeats up to `time`, an increasing function.
  private func beats(at time: Double) -> Double {
    start + rate / 60 * time + 0.03 * sin(2 * .pi * (breathRate * time + breathStart))
      + 0.05 * Double(drift(time))
  }

  /// The mean rate of the first `time` seconds, in beats per minute.
  func rate(before time: Double) -> Double { 60 * (beats(at: time) - beats(at: 0)) / time }
}

extension Sensor {
  /// The sensor of a camera; half of all cameras have a pattern of lines.
  ///
  /// - Parameter pattern: the relative standard deviation of the sensitivity of its sites; nil draws it.
  init(of camera: UInt64, pattern: Double?) {
    self.init(camera: camera)
    var r = RandomSource(seed: camera).split(3)
    let drawn = r.uniform(Sensor.patterns)
    let lines = r.chance(0.5) ? r.uniform(0.05...0.2) : 0
    self.pattern = Float(pattern ?? drawn)
    self.lines = Float(lines) * self.pattern
  }

  /// The range of patterns of different cameras.
  static let patterns = 0.005...0.02
}
