public import Media

/// The contribution of a frequency band to a score.
public struct SpectrumReason: Codable, Equatable, Sendable {
  /// The band in cycles per pixel, of a square picture: 0.5 is the finest grating along an axis.
  public let low, high: Double
  /// The increase of the score over that with the mean real face's spectrum in this band.
  public let change: Double
  /// The spectrum's mean distance from that of real faces in this band, in standard deviations.
  public let deviation: Double
}

extension SpectrumDetector {
  /// The contribution of frequencies: each band is replaced by that of the mean real face, one at a
  /// time.
  ///
  /// The boundary may be nonlinear, so the contributions need not sum to the score.
  ///
  /// - Parameter bands: the number of bands of equal width.
  /// - Returns: from the lowest frequencies to the highest.
  public func reasons(for face: Image, bands: Int = 12) throws(DetectionError) -> [SpectrumReason] {
    reasons(for: try spectrum(face), bands: bands)
  }

  /// The contributions for a spectrum computed by `spectrum`.
  func reasons(for values: [Double], bands: Int) -> [SpectrumReason] {
    precondition((1...values.count).contains(bands), "\(bands) bands of \(values.count) features")
    let edges = (0...bands).map { $0 * values.count / bands }
    var rows = [values]
    for band in 0..<bands {
      var row = values
      for feature in edges[band]..<edges[band + 1] { row[feature] = reals.means[feature] }
      rows.append(row)
    }
    let scores = scores(of: FeatureMatrix(rows: rows))
    return (0..<bands).map { band in
      let features = edges[band]..<edges[band + 1]
      let deviations = features.map { (values[$0] - reals.means[$0]) / reals.deviations[$0] }
      return SpectrumReason(
        low: frequency(features.lowerBound), high: frequency(features.upperBound),
        change: scores[0] - scores[band + 1],
        deviation: deviations.reduce(0, +) / Double(deviations.count))
    }
  }

  /// Cycles per pixel, from 0 to the corner's √½.
  private func frequency(_ feature: Int) -> Double {
    0.5.squareRoot() * Double(feature) / Double(standardizer.means.count)
  }
}
