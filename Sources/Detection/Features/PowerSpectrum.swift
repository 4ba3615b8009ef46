import Engine
public import Media

/// The azimuthally averaged power spectrum of pictures: the magnitude of each frequency,
/// independent of direction.
///
/// As in Durall and others, "Unmasking DeepFakes with simple Features" (2019): gray, Fourier
/// transform, 20 ln(|F| + 1e-8), the mean over rings, a cubic spline to a number of features,
/// divided by the first. Pictures must not be resized before, because that changes the high
/// frequencies.
public struct PowerSpectrum: Codable, Equatable, Sendable {
  /// The number of features; nil for one per ring, neither resampled nor divided.
  public let features: Int?

  /// The minimum side of a picture, in pixels.
  public static let smallestSide = 16

  /// - Parameter features: at least 2; the paper uses 300 and 80. Nil for the unmodified rings.
  public init(features: Int?) {
    precondition(features.map { $0 >= 2 } ?? true, "\(features ?? 0) features")
    self.features = features
  }

  /// The spectrum of one picture, from the lowest frequency to the highest.
  public func callAsFunction(_ image: Image) throws(DetectionError) -> [Double] {
    guard min(image.width, image.height) >= PowerSpectrum.smallestSide else {
      throw .smallPicture(
        width: image.width, height: image.height, least: PowerSpectrum.smallestSide)
    }
    let profile = try SpectrumPlan.using(width: image.width, height: image.height) {
      $0.profile(of: image)
    }
    guard let features else { return profile }
    let resampled = CubicSpline(through: profile).resampled(to: features)
    let first = resampled[0]
    // Only a specially crafted picture has a first value of 0.
    return abs(first) > 1e-9 ? resampled.map { $0 / first } : resampled
  }

  /// The spectra of pictures, a row each; all of one size unless `features` says how many.
  ///
  /// Computed in parallel.
  public func callAsFunction(_ images: [Image]) throws(DetectionError) -> FeatureMatrix {
    let results = ThreadPool.map(images.count) { index in
      Result { () throws(DetectionError) in try self(images[index]) }
    }
    var rows: [[Double]] = []
    for result in results { rows.append(try result.get()) }
    return FeatureMatrix(rows: rows)
  }
}
