import Engine

/// One blink of both eyes.
public struct Blink: Codable, Equatable, Sendable {
  /// The times when the lids begin to close, are closed farthest, and are open again, in seconds.
  public let start, peak, end: Double
  /// How far the lids close, 0…1; 1 is a complete blink.
  public let closure: Double

  /// Whether the lids meet.
  public var isComplete: Bool { closure >= 1 }

  /// How far the lids are closed at `time`.
  func closure(at time: Double) -> Double {
    guard time > start, time < end else { return 0 }
    let place = time < peak ? (time - start) / (peak - start) : (end - time) / (end - peak)
    return closure * smoothStep(place)
  }
}

/// The blinks of a person, at any time.
///
/// At rest people blink about 17 times a minute (Bentivoglio and others 1997), for 100 to 400 ms. Lids close about
/// twice as fast as they open (Evinger and others 1991), and about every seventh blink is incomplete.
struct Blinks {
  private let beats: Beats

  /// The shortest and the longest blink, in seconds.
  static let durations = 0.1...0.4
  /// The range of blinks per minute of different people.
  static let rates = 15.0...20

  /// - Parameter rate: blinks per minute, up to 60; nil draws it, 0 is for people who never blink.
  init(_ source: RandomSource, rate: Double?) {
    var habits = source.split(-1)
    let length = 60 / max(rate ?? habits.uniform(Blinks.rates), 1e-6)
    // A blink ends in its own interval.
    let margin = min(max(0.12, (Blinks.durations.upperBound + 0.02) / length), 0.5)
    beats = Beats(source: source, length: length, window: margin...(1 - margin))
  }

  /// How far the lids are closed at `time` seconds, 0…1.
  func closure(at time: Double) -> Double { blink(beats.stretch(at: time)).closure(at: time) }

  /// The blinks that begin before `time` seconds, from 0 on.
  func all(before time: Double) -> [Blink] {
    (0...beats.stretch(at: max(time, 0))).map(blink).filter { $0.start < time }
  }

  private func blink(_ stretch: Int) -> Blink {
    var (start, randomness) = beats.event(stretch)
    let length = Blinks.durations.upperBound - Blinks.durations.lowerBound
    // Short ones are more frequent.
    let share = randomness.uniform()
    let duration = Blinks.durations.lowerBound + length * share * share.squareRoot()
    let peak = start + duration * randomness.uniform(0.28...0.4)
    let closure = randomness.chance(0.15) ? randomness.uniform(0.4...0.8) : 1
    return Blink(start: start, peak: peak, end: start + duration, closure: closure)
  }
}
