/// A loss of quality between camera and detector.
///
/// The picture's size is kept. The result depends only on these numbers and `RandomSource`.
public enum Degradation: Codable, Equatable, Sendable {
  /// JPEG compression with this quality, 1…100.
  case jpeg(quality: Int)
  /// H.264 compression of a single frame with this constant quantizer, 0…51.
  case h264(quantizer: Int)
  /// Reduction by a scale, 0…1, H.264 compression of the small frame with a constant quantizer, and
  /// enlargement to the original size: what a crop of a small face in a compressed video is.
  ///
  /// With a motion, in pixels of the small frame per frame, it is predicted from three frames before
  /// it, as most frames of a video are; nil for a keyframe.
  case transcode(scale: Double, quantizer: Int, motion: Double?)
  /// Sharpening: this amount of the difference from a blurred version (σ of one pixel) is added.
  case sharpen(amount: Double)
  /// Reduction by this factor, 0…1, and enlargement to the original size.
  case resize(scale: Double)
  /// A Gaussian blur with this standard deviation in pixels.
  case blur(deviation: Double)
  /// Gaussian noise with this standard deviation, in values of 0…255.
  case noise(deviation: Double)
  /// A color change: `brightness` is added (−1…1), distances to middle gray are multiplied by
  /// `contrast`, distances to the pixel's own gray by `saturation`.
  case color(brightness: Double, contrast: Double, saturation: Double)
}
