import Faces
import Foundation

/// The change of the skin's color with the heartbeat.
struct SkinPulse {
  /// The relative change of green reflectance by region.
  private let forehead, cheeks, mouth, rest: Float

  /// The relative strength of the pulse in red, green and blue (de Haan and van Leest 2014), as shares of green.
  static let tint = SIMD3<Float>(0.33, 0.77, 0.53) / 0.77

  /// The pulse is strongest where vessels are dense, and arrives later where they are farther from the heart.
  init(_ pulse: Pulse) {
    func change(_ strength: Float, delay: Float) -> Float {
      -pulse.strength * strength * PulseWave.value(at: pulse.phase - delay / pulse.period)
    }
    forehead = change(1, delay: 0)
    cheeks = change(0.9, delay: 0.012)
    mouth = change(0.6, delay: 0.02)
    rest = change(0.5, delay: 0.025)
  }

  /// The factors of the albedo at a point of `FaceChart`.
  @inline(__always)
  func reflectance(_ s: Float, _ t: Float) -> SIMD3<Float> {
    let away = abs(s)
    var change = mix(rest, forehead, ramp(t, 0.8, 2.4) * ramp(away, 8, 6.5))
    change += (cheeks - change) * min(2 * bump(away - 4, 3.2, t + 3.2, 3.6), 1)
    // Nose, lips and chin.
    change += (mouth - change) * min(2 * bump(away, 2.8, t + 6, 4.5), 1)
    return 1 + change * SkinPulse.tint
  }
}

/// The blood volume during a heartbeat: a steep systolic wave, and a smaller one after the dicrotic notch.
///
/// Two Gaussians, after Tang and others 2020.
enum PulseWave {
  /// The volume at a share of the heartbeat, with a mean of 0; from the lowest to the highest it is 1.
  ///
  /// - Parameter phase: periodic with period 1.
  static func value(at phase: Float) -> Float { (raw(phase) - mean) / height }

  private static func raw(_ phase: Float) -> Float {
    func wave(_ center: Float, _ width: Float) -> Float {
      let off = phase - center
      let x = (off - off.rounded()) / width
      return exp(-0.5 * x * x)
    }
    return 0.82 * wave(0.25, 0.11) + 0.4 * wave(0.55, 0.1)
  }

  private static let samples = (0..<1024).map { raw(Float($0) / 1024) }
  private static let mean = samples.reduce(0, +) / 1024
  private static let height = (samples.max() ?? 1) - (samples.min() ?? 0)
}
