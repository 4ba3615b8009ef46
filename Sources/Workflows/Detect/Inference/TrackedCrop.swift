import Faces
import Media

/// A face as a detector is shown it, and where it was seen.
struct TrackedCrop: Sendable {
  /// The aligned picture, 256×256.
  let picture: Image
  /// Its landmarks in the aligned picture.
  let landmarks: [SIMD2<Float>]
  /// The frame's number, from 0; nil for a picture.
  let frame: Int?
  /// When that frame is shown, in seconds.
  let time: Double?
  /// Whose face it is, from 0, in the order of first appearance in the file.
  let person: Int
}
