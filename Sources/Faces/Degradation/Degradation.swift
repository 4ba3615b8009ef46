/// What a picture may suffer between the camera and the one who judges it.
///
/// The size of the picture stays. What it does follows from these numbers and `RandomSource` alone.
public enum Degradation: Codable, Equatable, Sendable {
  /// Encoded as JPEG of this quality, 1…100, and decoded.
  case jpeg(quality: Int)
  /// Encoded as a frame of H.264 with this constant quantizer, 0…51, and decoded.
  case h264(quantizer: Int)
  /// Made smaller by this factor, 0…1, and enlarged again.
  case resize(scale: Double)
  /// Blurred by a Gaussian of this deviation in pixels.
  case blur(deviation: Double)
  /// Given Gaussian noise of this deviation, in values of 0…255.
  case noise(deviation: Double)
  /// Given another light: `brightness` is added (−1…1), distances to gray times `contrast`, to the
  /// pixel's own gray times `saturation`.
  case color(brightness: Double, contrast: Double, saturation: Double)
}
