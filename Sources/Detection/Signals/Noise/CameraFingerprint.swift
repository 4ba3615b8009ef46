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
    /// The peak-to-correlation energy: of a picture of the fingerprint's size at no shift, and of a cropped
    /// one at the best of all shifts.
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
  public func match(_ picture: PictureNoise) throws(DetectionError) -> Match {
    let turned = picture.positions.filter {
      $0.luma.width == pattern.width && $0.luma.height == pattern.height
    }
    var best: Match?
    for position in turned.isEmpty ? Array(picture.positions.prefix(1)) : turned {
      let match = try upright(position)
      if match.energy > best?.energy ?? -.infinity { best = match }
    }
    return best ?? Match(energy: 0, x: 0, y: 0)
  }

  /// The same for a picture whose noise is measured for this comparison alone.
  public func match(_ picture: Image) throws(DetectionError) -> Match {
    try match(PictureNoise(picture))
  }

  /// Compares the pattern in the frames of a clip, whole or cropped but not scaled or turned.
  public func match(_ clip: CameraFingerprint) throws(DetectionError) -> Match {
    let (width, height) = (
      max(pattern.width, clip.pattern.width), max(pattern.height, clip.pattern.height)
    )
    return try match(
      pattern.padded(width: width, height: height),
      clip.pattern.padded(width: width, height: height), width, height,
      isWhole: clip.pattern.width == pattern.width && clip.pattern.height == pattern.height)
  }

  private func match(
    _ expected: [Float], _ found: [Float], _ width: Int, _ height: Int, isWhole: Bool
  ) throws(DetectionError) -> Match {
    let transform = try FourierPair(width: width, height: height)
    // Where the place is known, no chance peak elsewhere competes with it.
    let peak = CorrelationPeak(
      in: transform.correlation(of: expected, with: found), width: width, height: height,
      at: isWhole ? (0, 0) : nil)
    return Match(energy: peak.energy, x: peak.x, y: peak.y)
  }

  /// The same as for a whole picture, for one as the sensor saw it.
  private func upright(_ position: PictureNoise.Position) throws(DetectionError) -> Match {
    let (luma, residual) = (position.luma, position.residual)
    let (width, height) = (max(pattern.width, luma.width), max(pattern.height, luma.height))
    var expected = pattern.padded(width: width, height: height)
    let isWhole = luma.width == pattern.width && luma.height == pattern.height
    if isWhole {
      for place in expected.indices {
        expected[place] *= NoisePatternEstimator.light(luma.values[place])
      }
    }
    return try match(
      expected, residual.padded(width: width, height: height), width, height, isWhole: isWhole)
  }
}

/// The noise of a picture in each position, to be compared with fingerprints of several cameras.
public struct PictureNoise: Sendable {
  /// The picture turned by some quarters of a circle.
  struct Position {
    let luma: Plane
    /// Its noise, cleaned of what all cameras share.
    let residual: Plane
  }

  /// Upright first.
  let positions: [Position]

  /// - Parameter picture: whole or cropped, but not scaled.
  public init(_ picture: Image) throws(DetectionError) {
    var positions: [Position] = []
    for turn in QuarterTurn.allCases {
      let luma = picture.turned(turn).luma
      positions.append(
        Position(luma: luma, residual: try NoiseResidual.of(luma).cleanedOfOtherPatterns()))
    }
    self.positions = positions
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
