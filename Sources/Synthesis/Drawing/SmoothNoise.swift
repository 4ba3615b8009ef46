import Engine
import Foundation

/// A smooth random function of time, computed at any time without earlier values.
struct SmoothNoise {
  private let source: RandomSource
  private let rate: Double

  /// - Parameter rate: changes of direction per second.
  init(_ source: RandomSource, rate: Double) {
    (self.source, self.rate) = (source, rate)
  }

  /// The value at `time` seconds, −1…1, with two continuous derivatives.
  func callAsFunction(_ time: Double) -> Float {
    let place = time * rate
    let point = Int(place.rounded(.down))
    let x = place - Double(point)
    let share = x * x * x * (x * (6 * x - 15) + 10)
    return Float(value(point) + (value(point + 1) - value(point)) * share)
  }

  private func value(_ point: Int) -> Double {
    var source = source.split(point)
    return source.uniform(-1...1)
  }
}

/// A smooth step: 0 up to 0, 1 from 1 on.
func smoothStep(_ x: Double) -> Double {
  let x = min(max(x, 0), 1)
  return x * x * (3 - 2 * x)
}

/// Random events, one at a random time in each interval.
struct Beats {
  /// The random source of the events.
  let source: RandomSource
  /// The length of an interval, in seconds.
  let length: Double
  /// The part of its interval in which an event may happen, 0…1.
  let window: ClosedRange<Double>

  /// The number of the interval that contains `time`.
  func stretch(at time: Double) -> Int { Int((time / length).rounded(.down)) }

  /// The time of an interval's event, in seconds, and its remaining randomness.
  func event(_ stretch: Int) -> (time: Double, randomness: RandomSource) {
    var randomness = source.split(stretch)
    let place = randomness.uniform(window)
    return ((Double(stretch) + place) * length, randomness)
  }
}
