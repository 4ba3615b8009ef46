import Faces
import Media

/// The region of `Crop` in a picture, rotated with the face.
struct FacePlace {
  /// The columns and rows of pixels that it overlaps, within the picture.
  let columns, rows: Range<Int>
  /// From the picture's pixels to relative coordinates of the crop, 0…1.
  private let map: AffineMap

  /// Nil for a face outside the picture, or of an implausible size.
  init?(_ alignment: FaceAlignment, in image: Image) {
    let share = Double(Crop.pictureSide) * Crop.coverage
    let margin = (Double(Crop.pictureSide) - share) / 2
    let aligned = alignment.map
    guard aligned.determinant.isFinite, aligned.determinant > 1e-6 else { return nil }
    map = AffineMap(
      columnX: aligned.columnX / share, columnY: aligned.columnY / share,
      origin: (aligned.origin - margin) / share)
    let back = map.inverse
    let corners = [SIMD2(0.0, 0), SIMD2(1, 0), SIMD2(0, 1), SIMD2(1, 1)].map { back($0) }
    func range(_ values: [Double], _ length: Int) -> Range<Int> {
      // A corner between two pixels touches neither, whatever its last bits.
      let low = max(0, min(((values.min() ?? 0) + 1e-6).rounded(.down), Double(length)))
      let high = max(low, min(((values.max() ?? 0) - 1e-6).rounded(.up), Double(length)))
      return Int(low)..<Int(high)
    }
    columns = range(corners.map(\.x), image.width)
    rows = range(corners.map(\.y), image.height)
    guard !columns.isEmpty, !rows.isEmpty else { return nil }
  }

  /// The picture's content there.
  func part(of image: Image) -> Image {
    image.cropped(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// The side of the face, in pixels of the picture.
  var size: Double { 1 / map.determinant.squareRoot() }

  /// The face at the rectangle's pixels.
  ///
  /// It is first upscaled by an integer factor with Lanczos' filter, which keeps rotation losses
  /// small.
  func picture(of face: FacePatch) -> Image {
    let factor = min(max(1, Int((size / Double(face.width)).rounded(.up))), 16)
    let side = face.width * factor
    return placed(factor == 1 ? face.image : face.enlarged(to: side).image)
  }

  /// A mask of the crop, 0…1 row by row, at the rectangle's pixels, 0…255.
  func mask(_ weights: [Float]) -> [UInt8] {
    var levels = [UInt8](repeating: 0, count: weights.count * 3)
    for part in levels.indices { levels[part] = UInt8((weights[part / 3] * 255).rounded()) }
    let side = Int(Double(weights.count).squareRoot())
    let picture = placed(Image(width: side, height: side, pixels: levels))
    return stride(from: 0, to: picture.pixels.count, by: 3).map { picture.pixels[$0] }
  }

  /// A picture of the crop at the rectangle's pixels.
  private func placed(_ picture: Image) -> Image {
    let scale = Double(picture.width)
    let corner = SIMD2(Double(columns.lowerBound), Double(rows.lowerBound))
    return picture.warped(
      columnX: map.columnX * scale, columnY: map.columnY * scale, origin: map(corner) * scale,
      width: columns.count, height: rows.count)
  }
}

extension FacePatch {
  /// The patch upscaled to `side`×`side` pixels.
  func enlarged(to side: Int) -> FacePatch {
    resized(into: CropRegion(x: 0, y: 0, side: Double(side)))
  }

  /// The patch in 8 bits; values outside 0…1 are clamped, NaN is black.
  var image: Image {
    Image(
      width: width, height: height,
      pixels: values.map { $0 > 0 ? UInt8((min($0, 1) * 255).rounded()) : 0 })
  }
}
