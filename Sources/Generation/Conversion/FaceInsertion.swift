public import Engine
import Faces
public import Media

/// How the edge of a face is blended into the picture.
public enum BlendMode: String, Codable, CaseIterable, Sendable {
  /// Alpha blending with the soft mask.
  case feather
  /// Poisson blending: the face's colors are first adjusted to match along the mask's edge.
  case poisson
}

/// Inserts swapped faces into pictures at any position and rotation.
public struct FaceInsertion: Codable, Equatable, Sendable {
  /// The shape of the mask.
  public var mask = MaskShape.hull
  /// The color transfer.
  public var colorTransfer = ColorTransfer.lab
  /// The blending.
  public var blend = BlendMode.feather
  /// The amount of sharpening, 0…1 and more; 0 for none.
  public var sharpening: Float = 0

  /// The hull of the landmarks with color transfer.
  public init() {}

  /// The color change that matches a face to the one it replaces.
  ///
  /// - Parameters:
  ///   - faces: the model's output, `[N, 64, 64, 3]` in 0…1.
  ///   - originals: the model's input, of the same shape.
  ///   - index: the index in the batch.
  ///   - weights: the face's mask.
  public func colors(
    of faces: Tensor, like originals: Tensor, at index: Int, weights: [Float]
  ) -> ColorAdjustment {
    colorTransfer.change(
      of: FacePatch(of: faces, at: index), to: FacePatch(of: originals, at: index),
      mask: weights)
  }

  /// The change of a picture that inserts a face; nil if the face lies outside the picture.
  ///
  /// - Parameters:
  ///   - faces: as in `colors`.
  ///   - originals: as in `colors`.
  ///   - index: the index in the batch.
  ///   - spot: the face's position.
  ///   - weights: the face's mask.
  ///   - colors: the result of `colors`, or a mean over time.
  ///   - image: the whole picture.
  public func patch(
    _ faces: Tensor, originals: Tensor, at index: Int, spot: FaceSpot, weights: [Float],
    colors: ColorAdjustment, into image: Image
  ) -> VideoPatch? {
    guard let place = FacePlace(spot.alignment, in: image) else { return nil }
    var face = FacePatch(of: faces, at: index)
    if sharpening > 0 { face = face.sharpened(by: sharpening) }
    colors.apply(to: &face)
    if blend == .poisson {
      face = face.joined(to: FacePatch(of: originals, at: index), mask: weights)
    }
    let before = image.cropped(
      x: place.columns.lowerBound, y: place.rows.lowerBound, width: place.columns.count,
      height: place.rows.count)
    let warped = place.picture(of: face).pixels
    let shown = place.mask(weights)
    let after = FaceInsertion.mixed(before.pixels, warped, shown)
    return VideoPatch(
      x: place.columns.lowerBound, y: place.rows.lowerBound, before: before,
      after: Image(width: before.width, height: before.height, pixels: after), mask: shown)
  }

  /// `own` where the mask is 0, `other` where it is 255.
  private static func mixed(_ own: [UInt8], _ other: [UInt8], _ mask: [UInt8]) -> [UInt8] {
    var result = own
    for pixel in mask.indices where mask[pixel] > 0 {
      let share = Int(mask[pixel])
      for part in pixel * 3..<pixel * 3 + 3 {
        let from = Int(own[part])
        let change = (Int(other[part]) - from) * share
        result[part] = UInt8(from + (change + (change < 0 ? -127 : 127)) / 255)
      }
    }
    return result
  }
}
