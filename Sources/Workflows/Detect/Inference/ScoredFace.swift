import Media

/// A face that was scored.
struct ScoredFace: Sendable {
  let frame: Int?
  let time: Double?
  /// From 0, in the order of first appearance.
  var person: Int
  /// Calibrated, one a detector.
  let probabilities: [Double]
  /// The aligned picture; kept for the most telling faces alone.
  var picture: Image?
  /// Its landmarks in the picture.
  let landmarks: [SIMD2<Float>]
}
