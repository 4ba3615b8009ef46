public import Engine
public import Faces
public import Media

/// Blends a swapped face into the picture it was made from, at the picture's own size.
///
/// Outside the mask the picture's bytes are unchanged.
public struct Blend: Codable, Equatable, Sendable {
  /// The mask for faces without a mask of their own.
  public var mask = EllipseMask()
  /// The color transfer.
  public var color = ColorTransfer.lab
  /// The amount of sharpening, 0…1 and more; 0 for none.
  public var sharpening: Float = 0

  /// A soft ellipse with color transfer, without sharpening.
  public init() {}

  /// The picture with a face in the region of `Crop`.
  ///
  /// - Parameters:
  ///   - faces: a batch of faces, `[N, H, W, 3]` in 0…1.
  ///   - index: which of them.
  ///   - image: the whole picture, of any size.
  ///   - own: the face's own mask at `Crop`'s 64×64 pixels, 0…1, row by row (`MaskShape`); nil for
  ///     `mask`.
  public func callAsFunction(
    _ faces: Tensor, at index: Int = 0, into image: Image, mask own: [Float]? = nil
  ) -> Image {
    let region = CropRegion(width: image.width, height: image.height)
    let columns = region.columns
    let rows = region.rows
    var face = FacePatch(of: faces, at: index)
    if sharpening > 0 { face = face.sharpened(by: sharpening) }
    face = face.resized(into: region)
    let weights = own.map { Blend.enlarged($0, in: region) } ?? weights(in: region)
    let original = FacePatch(of: image, columns: columns, rows: rows)
    color.apply(to: &face, like: original, mask: weights)
    var pixels = image.pixels
    for row in 0..<rows.count {
      for column in 0..<columns.count {
        let weight = weights[row * columns.count + column]
        guard weight > 0 else { continue }
        let from = (row * columns.count + column) * 3
        let to = ((row + rows.lowerBound) * image.width + column + columns.lowerBound) * 3
        for channel in 0..<3 {
          let own = original.values[from + channel]
          let value = own + weight * (face.values[from + channel] - own)
          pixels[to + channel] = UInt8((value > 0 ? min(value, 1) * 255 : 0).rounded())
        }
      }
    }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }

  /// A mask of 64×64 pixels, resized to the pixels of a region, row by row.
  private static func enlarged(_ mask: [Float], in region: CropRegion) -> [Float] {
    let patch = FacePatch(
      width: Crop.side, height: Crop.side, values: mask.flatMap { [$0, $0, $0] })
    let values = patch.resized(into: region).values
    return stride(from: 0, to: values.count, by: 3).map { min(max(values[$0], 0), 1) }
  }

  /// The mask at the pixels of a region, row by row.
  func weights(in region: CropRegion) -> [Float] {
    let scale = 1 / region.side
    var weights: [Float] = []
    weights.reserveCapacity(region.columns.count * region.rows.count)
    for row in region.rows {
      let y = (Double(row) + 0.5 - region.y) * scale
      for column in region.columns {
        weights.append(Float(mask.weight(x: (Double(column) + 0.5 - region.x) * scale, y: y)))
      }
    }
    return weights
  }
}
