public import Media

/// The similarity transform to a face's aligned crop, which maps its inner landmarks as closely as
/// possible to those of `MeanFace`.
public struct FaceAlignment: Equatable, Sendable {
  /// The map from the source's pixels to those of the crop.
  public let map: AffineMap

  /// The alignment of a face with these landmarks, in the source's pixels.
  public init(landmarks: [SIMD2<Float>]) {
    precondition(landmarks.count == FaceEntry.landmarkCount, "\(landmarks.count) landmarks")
    map = AffineMap(
      similarityFrom: landmarks[MeanFace.inner].map(SIMD2<Double>.init),
      to: Array(MeanFace.aligned[MeanFace.inner]))
  }

  /// The aligned crop, 256×256.
  public func picture(from source: Image) -> Image {
    let back = map.inverse
    return source.warped(
      columnX: back.columnX, columnY: back.columnY, origin: back.origin, width: Crop.pictureSide,
      height: Crop.pictureSide)
  }

  /// Maps points of the source to the crop.
  public func place(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    points.map { SIMD2<Float>(map(SIMD2<Double>($0))) }
  }

  /// Pixels of the crop per pixel of the source, along a side.
  public var scale: Double { abs(map.determinant).squareRoot() }
}
