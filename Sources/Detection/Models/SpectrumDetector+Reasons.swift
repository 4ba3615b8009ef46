public import Media

/// What a stretch of frequencies had to do with a score.
public struct SpectrumReason: Codable, Equatable, Sendable {
  /// The stretch in cycles a pixel, of a square picture: 0.5 is the finest grating along an axis.
  public let low, high: Double
  /// How much higher the score is than with the mean real face's spectrum in this stretch.
  public let change: Double
  /// How many deviations of real faces the spectrum lies above their mean there, on average.
  public let deviation: Double
}

extension SpectrumDetector {
  /// Which frequencies decided: each stretch is replaced by that of the mean real face, one at a time.
  ///
  /// The boundary may be curved, so the changes need not add up to the score.
  ///
  /// - Parameter bands: how many stretches of equal width.
  /// - Returns: from the lowest frequencies to the highest.
  public func reasons(for face: Image, bands: Int = 12) throws(DetectionError) -> [SpectrumReason] {
    reasons(for: try spectrum(face), bands: bands)
  }

  /// The same of a spectrum that `spectrum` made.
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

  /// Cycles a pixel, from 0 to the corner's √½.
  private func frequency(_ feature: Int) -> Double {
    0.5.squareRoot() * Double(feature) / Double(standardizer.means.count)
  }
}
