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
    let figures = ThreadPool.map(shape[0]) { index in
      let x = Channels(of: predictions, at: index)
      let y = Channels(of: targets, at: index)
      return (
        ImageQuality.similarity(x, y), ImageQuality.signalToNoise(x, y),
        Sharpness.ratio(of: x, to: y)
      )
    }
    similarities = figures.map(\.0)
    signalsToNoise = figures.map(\.1)
    sharpnesses = figures.map(\.2)
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
