public import Media

/// Where a face's aligned picture comes from: the similarity that takes its inner landmarks closest
/// to those of `MeanFace`.
public struct FaceAlignment: Equatable, Sendable {
  /// From the source's pixels to those of the aligned picture.
  public let map: AffineMap

  /// The alignment of a face with these landmarks, in the source's pixels.
  public init(landmarks: [SIMD2<Float>]) {
    precondition(landmarks.count == FaceEntry.landmarkCount, "\(landmarks.count) landmarks")
    map = AffineMap(
      similarityFrom: landmarks[MeanFace.inner].map(SIMD2<Double>.init),
      to: Array(MeanFace.aligned[MeanFace.inner]))
  }

  /// The aligned picture, 256×256.
  public func picture(from source: Image) -> Image {
    let back = map.inverse
    return source.warped(
      columnX: back.columnX, columnY: back.columnY, origin: back.origin, width: Crop.pictureSide,
      height: Crop.pictureSide)
  }

  /// Points of the source in the aligned picture.
  public func place(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    points.map { SIMD2<Float>(map(SIMD2<Double>($0))) }
  }

  /// How many pixels of the aligned picture one of the source becomes, along a side.
  public var scale: Double { abs(map.determinant).squareRoot() }
}
