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

  /// The alignment of a picture that is a crop itself: of its central square.
  public init(cropOfWidth width: Int, height: Int) {
    let square = CenterSquare(width: width, height: height)
    let scale = Double(Crop.pictureSide) / Double(square.side)
    map = AffineMap(
      columnX: SIMD2(scale, 0), columnY: SIMD2(0, scale),
      origin: -SIMD2(Double(square.x), Double(square.y)) * scale)
  }

  /// The aligned crop, 256×256.
  public func picture(from source: Image) -> Image { picture(from: PicturePart(source)) }

  /// The same, from a part of the source that holds `region`.
  public func picture(from part: PicturePart) -> Image {
    let back = map.inverse
    return part.image.warped(
      columnX: back.columnX, columnY: back.columnY,
      origin: back.origin - SIMD2(Double(part.x), Double(part.y)), width: Crop.pictureSide,
      height: Crop.pictureSide)
  }

  /// The part of a source that the crop is made of, so that the rest need not be kept.
  public func part(of source: Image) -> PicturePart {
    let (columns, rows) = region(width: source.width, height: source.height)
    return PicturePart(
      source.cropped(
        x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count),
      x: columns.lowerBound, y: rows.lowerBound)
  }

  /// The columns and rows of a source of this size that the crop is made of.
  public func region(width: Int, height: Int) -> (columns: Range<Int>, rows: Range<Int>) {
    let (back, side) = (map.inverse, Double(Crop.pictureSide))
    let corners = [SIMD2(0, 0), SIMD2(side, 0), SIMD2(0, side), SIMD2(side, side)].map { back($0) }
    func range(_ values: [Double], _ size: Int) -> Range<Int> {
      func held(_ value: Double) -> Int { value > 0 ? Int(min(value, Double(size - 1))) : 0 }
      // Interpolation reaches two pixels further.
      let low = held((values.min() ?? 0) - 3)
      return low..<max(low, held((values.max() ?? 0) + 3)) + 1
    }
    return (range(corners.map(\.x), width), range(corners.map(\.y), height))
  }

  /// Maps points of the source to the crop.
  public func place(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    points.map { SIMD2<Float>(map(SIMD2<Double>($0))) }
  }

  /// Pixels of the crop per pixel of the source, along a side.
  public var scale: Double { abs(map.determinant).squareRoot() }
}
