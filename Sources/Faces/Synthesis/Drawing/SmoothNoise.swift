import Engine
import Foundation

/// A smooth function of time that follows from a seed: known at any moment without the ones before.
struct SmoothNoise {
  private let source: RandomSource
  private let rate: Double

  /// - Parameter rate: new directions a second.
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

/// Events that come about evenly, each at its own moment, one in every stretch of time.
struct Beats {
  /// What chance there is in each event.
  let source: RandomSource
  /// How far the stretches are apart, in seconds.
  let length: Double
  /// Where in its stretch an event may be, 0…1.
  let window: ClosedRange<Double>

  /// The number of the stretch that `time` lies in.
  func stretch(at time: Double) -> Int { Int((time / length).rounded(.down)) }

  /// When the event of a stretch is, in seconds, and the chance that is left for it.
  func event(_ stretch: Int) -> (time: Double, randomness: RandomSource) {
    var randomness = source.split(stretch)
    let place = randomness.uniform(window)
    return ((Double(stretch) + place) * length, randomness)
  }
}
