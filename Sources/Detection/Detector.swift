public import Media

/// Something that tells fake faces from real ones.
public protocol Detector: Sendable {
  /// Which detector it is.
  var kind: DetectorKind { get }

  /// How surely each face is fake: a logit, above 0 for fake, before any calibration.
  ///
  /// - Parameter faces: 256×256, as face sets and labeled sets hold them.
  /// - Returns: one score a face, in their order.
  func scores(of faces: [Image]) -> [Double]
}
