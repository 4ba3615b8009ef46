public import Media

/// The fingerprint of a camera: the fixed noise pattern of its sensor, which no other has.
///
/// Lukáš, Fridrich and Goljan 2006; estimated by maximum likelihood from pictures that the camera took,
/// evenly lit ones if possible.
public struct CameraFingerprint: Sendable {
  /// The pattern as a share of the light, cleaned of what all cameras share.
  public let pattern: Plane
  /// How many pictures it is of.
  public let pictures: Int

  /// The peak-to-correlation energy above which a picture is taken for one of the camera's: one of
  /// another camera exceeds 60 in fewer than one case in a million (Goljan, Fridrich and Filler 2009).
  public static let least = 60.0

  /// The fingerprint in pictures of one size, which are asked for one after the other.
  ///
  /// - Parameter picture: picture `index` of `count`, unscaled, all held the same way.
  public init(
    of count: Int, picture: (_ index: Int) throws -> Image
  ) throws {
    precondition(count > 0, "a fingerprint of no picture")
    var estimator: NoisePatternEstimator?
    for index in 0..<count {
      let luma = try picture(index).luma
      var own = estimator ?? NoisePatternEstimator(width: luma.width, height: luma.height)
      guard luma.width == own.width, luma.height == own.height else {
        throw DetectionError.otherSize(
          width: luma.width, height: luma.height, wanted: "\(own.width)×\(own.height)")
      }
      own.add(luma, residual: NoiseResidual.of(luma))
      estimator = own
    }
    guard let estimator else { preconditionFailure("\(count) pictures") }
    (pattern, pictures) = (try estimator.pattern(), count)
  }

  /// How a picture's noise compares with the fingerprint.
  public struct Match: Equatable, Sendable {
    /// The peak-to-correlation energy over all shifts.
    public let energy: Double
    /// Where the picture's upper left corner is in those of the camera, in pixels: 0, unless it was
    /// cropped.
    public let x, y: Int
    /// Whether the camera took the picture.
    public var isSame: Bool { energy >= CameraFingerprint.least }
  }

  /// Compares a picture, whole or cropped but not scaled.
  ///
  /// A whole picture is compared in each position in which it has the size of the fingerprint: which way a
  /// camera was held turns what its files show, and not its sensor.
  public func match(_ picture: Image) throws(DetectionError) -> Match {
    let turned = QuarterTurn.allCases.map { picture.turned($0) }.filter {
      $0.width == pattern.width && $0.height == pattern.height
    }
    var best: Match?
    for position in turned.isEmpty ? [picture] : turned {
      let match = try upright(position)
      if match.energy > best?.energy ?? -.infinity { best = match }
    }
    return best ?? Match(energy: 0, x: 0, y: 0)
  }

  /// The same for a picture as the sensor saw it.
  private func upright(_ picture: Image) throws(DetectionError) -> Match {
    let luma = picture.luma
    let residual = try NoiseResidual.of(luma).cleanedOfOtherPatterns()
    let (width, height) = (max(pattern.width, luma.width), max(pattern.height, luma.height))
    var expected = pattern.padded(width: width, height: height)
    if luma.width == pattern.width, luma.height == pattern.height {
      for place in expected.indices {
        expected[place] *= NoisePatternEstimator.light(luma.values[place])
      }
    }
    let transform = try FourierPair(width: width, height: height)
    let correlation = transform.correlation(
      of: expected, with: residual.padded(width: width, height: height))
    let peak = CorrelationPeak(in: correlation, width: width, height: height)
    return Match(energy: peak.energy, x: peak.x, y: peak.y)
  }
}

extension Plane {
  /// The values of the plane in the upper left corner of a larger one.
  fileprivate func padded(width: Int, height: Int) -> [Float] {
    guard width != self.width || height != self.height else { return values }
    var result = [Float](repeating: 0, count: width * height)
    for row in 0..<self.height {
      for column in 0..<self.width {
        result[row * width + column] = values[row * self.width + column]
      }
    }
    return result
  }
}
