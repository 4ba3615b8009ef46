import Foundation

/// Removes jitter from landmarks over time, without lag.
///
/// A centered Gaussian over a track's frames: it weighs earlier and later frames alike, so there is
/// no lag, and linear motion is unchanged. The window ends with the track, and at frames without
/// the face.
public struct LandmarkSmoothing: Sendable {
  /// The Gaussian's standard deviation, in frames.
  public var deviation = 1.5
  /// The number of frames on each side.
  public static let reach = 4

  /// The default smoothing.
  public init() {}

  /// The landmarks of the frame at `index`, smoothed.
  ///
  /// - Parameter track: the landmarks of consecutive frames; nil in frames without the face.
  public func callAsFunction(_ track: [[SIMD2<Float>]?], at index: Int) -> [SIMD2<Float>]? {
    guard let here = track[index] else { return nil }
    var sum = here.map { SIMD2<Double>($0) }
    var total = 1.0
    for direction in [-1, 1] {
      for step in 1...LandmarkSmoothing.reach {
        let at = index + direction * step
        guard track.indices.contains(at), let there = track[at] else { break }
        let weight = exp(-Double(step * step) / (2 * deviation * deviation))
        for point in sum.indices { sum[point] += weight * SIMD2<Double>(there[point]) }
        total += weight
      }
    }
    return sum.map { SIMD2<Float>($0 / total) }
  }
}
