public import Engine
import Foundation

/// The quality of predicted pictures against their targets, per picture and on average.
///
/// The metrics equal scikit-image's `structural_similarity(…, channel_axis=2, data_range=1,
/// gaussian_weights=True, sigma=1.5, use_sample_covariance=False)` and
/// `peak_signal_noise_ratio(…, data_range=1)`, in float64.
public struct ImageQuality: Equatable, Sendable {
  /// SSIM per picture, the mean over channels; 1 for equal pictures.
  public let similarities: [Double]
  /// PSNR per picture, in dB; infinite for equal pictures.
  public let signalsToNoise: [Double]
  /// The sharpness of each prediction relative to its target (`Sharpness`); nil for a uniform
  /// target.
  public let sharpnesses: [Double?]

  /// The mean SSIM.
  public var ssim: Double { mean(similarities) }
  /// The mean PSNR, in dB; infinite if one picture's is (JSON cannot represent it).
  public var psnr: Double { mean(signalsToNoise) }
  /// The mean sharpness relative to the targets, 1 for equal pictures; nil if all targets are
  /// uniform.
  public var sharpness: Double? {
    let known = sharpnesses.compactMap(\.self)
    return known.isEmpty ? nil : mean(known)
  }

  /// Compares pictures `[N, H, W, C]` in 0…1, at least 11×11, spread over the thread pool.
  public init(of predictions: Tensor, against targets: Tensor) {
    precondition(
      predictions.shape == targets.shape && targets.shape.count == 4,
      "pictures of \(predictions.shape) cannot be compared with \(targets.shape)")
    let shape = targets.shape
    let metrics = ThreadPool.map(shape[0]) { index in
      let x = Channels(of: predictions, at: index)
      let y = Channels(of: targets, at: index)
      return (
        ImageQuality.similarity(x, y), ImageQuality.signalToNoise(x, y),
        Sharpness.ratio(of: x, to: y)
      )
    }
    similarities = metrics.map(\.0)
    signalsToNoise = metrics.map(\.1)
    sharpnesses = metrics.map(\.2)
  }

  private static func similarity(_ x: Channels, _ y: Channels) -> Double {
    let sum = zip(x.planes, y.planes).reduce(0) {
      $0 + StructuralSimilarity.mean($1.0, $1.1, width: x.width, height: x.height)
    }
    return sum / Double(x.planes.count)
  }

  private static func signalToNoise(_ x: Channels, _ y: Channels) -> Double {
    var sum = 0.0
    for (left, right) in zip(x.planes, y.planes) {
      for index in left.indices {
        let difference = left[index] - right[index]
        sum += difference * difference
      }
    }
    let error = sum / Double(x.planes.count * x.width * x.height)
    return error == 0 ? .infinity : 10 * log10(1 / error)
  }
}

private func mean(_ values: [Double]) -> Double {
  values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
}

/// The channels of one picture of a batch, in float64.
struct Channels: Sendable {
  let width: Int
  let height: Int
  /// One array per channel, row by row.
  let planes: [[Double]]

  /// Picture `index` of `[N, H, W, C]`.
  init(of batch: Tensor, at index: Int) {
    let shape = batch.shape
    precondition(shape.count == 4 && index < shape[0], "no picture \(index) in \(shape)")
    height = shape[1]
    width = shape[2]
    let channels = shape[3]
    let pixels = shape[1] * shape[2]
    planes = batch.read { values in
      (0..<channels).map { channel in
        var plane: [Double] = []
        plane.reserveCapacity(pixels)
        for pixel in 0..<pixels {
          plane.append(Double(values[(index * pixels + pixel) * channels + channel]))
        }
        return plane
      }
    }
  }
}

/// The sharpness of a picture relative to another: the ratio of their mean gradients.
///
/// The mean length of the gradient of one picture over that of the other; below 1 for a blurred
/// picture, above 1 for one with too many edges or too much grain. It measures only the amount of
/// detail, not where it is.
enum Sharpness {
  /// The ratio for two pictures of one size; nil if `other` is uniform.
  ///
  /// - Parameter mask: the weight of each pixel; nil for 1 everywhere.
  static func ratio(of picture: Channels, to other: Channels, mask: [Double]? = nil) -> Double? {
    let ratio = gradient(of: picture, mask) / gradient(of: other, mask)
    return ratio.isFinite ? ratio : nil
  }

  private static func gradient(of picture: Channels, _ mask: [Double]?) -> Double {
    let mask = mask ?? [Double](repeating: 1, count: picture.width * picture.height)
    return picture.planes.reduce(0) {
      $0
        + MaskedPlane(width: picture.width, height: picture.height, values: $1, mask: mask)
        .meanGradient()
    }
  }
}
