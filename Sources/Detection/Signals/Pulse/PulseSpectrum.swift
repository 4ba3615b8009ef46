import Foundation

/// The spectrum of a pulse from 0.7 to 4 Hz, and its strongest rate up to 3 Hz.
struct PulseSpectrum: Equatable, Sendable {
  /// Where it is computed, in Hz: 42 to 240 beats a minute in steps of 0.6.
  static let frequencies = (70...400).map { Double($0) / 100 }
  /// The highest rate, in Hz.
  private static let highest = 3.0

  /// The power at each frequency; the sum is 1, or 0 for a constant signal.
  let power: [Double]
  /// The complex amplitude at each frequency: real and imaginary parts.
  let amplitudes: [SIMD2<Double>]
  /// The rate with the most power that is not just the slope of slower changes, in Hz.
  let rate: Double
  /// The power at the rate and at its double over that elsewhere, in dB (de Haan and Jeanne 2013).
  let signalToNoise: Double
  /// How probably noise without a pulse, as strong at all frequencies, has so high a peak (Fisher, "Tests of
  /// significance in harmonic analysis", 1929), or so much of its power around one, 0…1.
  let chance: Double

  /// The spectrum of a signal at even times, under a Hann window.
  init(of signal: [Double], sampledAt sampling: Double) {
    let count = Double(signal.count)
    let mean = signal.reduce(0, +) / count
    let tapered = signal.enumerated().map { index, value in
      (value - mean) * (0.5 - 0.5 * cos(2 * Double.pi * Double(index) / count))
    }
    let frequencies = PulseSpectrum.frequencies
    let amplitudes = frequencies.map { frequency in
      let step = 2 * Double.pi * frequency / sampling
      var sum = SIMD2(0.0, 0.0)
      for (index, value) in tapered.enumerated() {
        let angle = step * Double(index)
        sum += value * SIMD2(cos(angle), -sin(angle))
      }
      return sum
    }
    let powers = amplitudes.map { ($0 * $0).sum() }
    let total = powers.reduce(0, +)
    let power = total > 0 ? powers.map { $0 / total } : powers.map { _ in 0 }
    // At the lower end of the band a slope is no peak.
    let peaks = power.indices.dropFirst().dropLast().filter {
      power[$0] >= power[$0 - 1] && power[$0] >= power[$0 + 1]
        && frequencies[$0] <= PulseSpectrum.highest
    }
    let peak = peaks.max { power[$0] < power[$1] } ?? 0
    let rate = frequencies[peak]
    // Frequencies are decimal fractions; those at the very edge count.
    let reach = max(0.1, 1.2 * sampling / count) + 1e-9
    let isOwn = frequencies.map { abs($0 - rate) <= reach || abs($0 - 2 * rate) <= 2 * reach }
    let own = power.indices.filter { isOwn[$0] }.reduce(0) { $0 + power[$1] }
    // Powers 1 / T apart are independent, so many of the band and so many up to the highest rate.
    let seconds = count / sampling
    let band = max((frequencies[frequencies.count - 1] - frequencies[0]) * seconds, 1)
    let searched = max((PulseSpectrum.highest - frequencies[0]) * seconds, 1)
    let share = min(power[peak] * Double(frequencies.count) / band, 1)
    let sharp = 1 - pow(1 - pow(1 - share, band - 1), searched)
    // A heart that varies a little has a wide peak: its share of the power of noise under a Hann window is
    // distributed as Beta.
    let width = Double(isOwn.count { $0 }) / Double(frequencies.count)
    let wide =
      searched * PulseSpectrum.betaTail(above: own, width * band / 1.5, (1 - width) * band / 1.5)
    chance = total > 0 ? min(2 * min(sharp, wide), 1) : 1
    (self.power, self.amplitudes, self.rate) = (power, amplitudes, rate)
    // Within ±40 dB, so that a constant signal has a number, too.
    signalToNoise = total > 0 ? min(max(10 * log10(own / max(1 - own, 1e-9)), -40), 40) : -40
  }

  /// The probability that a number of the distribution Beta(a, b) is above `share`.
  private static func betaTail(above share: Double, _ a: Double, _ b: Double) -> Double {
    guard share < 1 else { return 0 }
    let scale = lgamma(a + b) - lgamma(a) - lgamma(b)
    // The midpoints of even steps.
    let steps = 500
    let step = (1 - share) / Double(steps)
    return (0..<steps).reduce(0) { sum, index in
      let place = share + (Double(index) + 0.5) * step
      return sum + step * exp(scale + (a - 1) * log(place) + (b - 1) * log(1 - place))
    }
  }

  /// The complex amplitude at the frequency nearest to a rate.
  func amplitude(at rate: Double) -> SIMD2<Double> {
    let place = Int(((rate - PulseSpectrum.frequencies[0]) * 100).rounded())
    return amplitudes[min(max(place, 0), amplitudes.count - 1)]
  }
}
