public import Engine
import Faces
public import Media

/// How the edge of a face goes over into the picture.
public enum BlendMode: String, Codable, CaseIterable, Sendable {
  /// The mask's soft edge alone.
  case feather
  /// The face first takes on the light along the mask's edge (Poisson).
  case poisson
}

/// Puts swapped faces into pictures, wherever a face lies and however it is turned.
public struct FaceInsertion: Codable, Equatable, Sendable {
  /// Where the face shows.
  public var mask = MaskShape.hull
  /// How the face takes on the picture's light.
  public var color = ColorTransfer.lab
  /// How its edge goes over into the picture.
  public var blend = BlendMode.feather
  /// How much fine detail is raised, 0…1 and more; 0 for not at all.
  public var sharpening: Float = 0

  /// The hull of the landmarks with the picture's light.
  public init() {}

  /// What gives a face the colors of the one that it replaces.
  ///
  /// - Parameters:
  ///   - faces: what the model made, `[N, 64, 64, 3]` in 0…1.
  ///   - originals: what it made them from, of the same shape.
  ///   - index: which of them.
  ///   - weights: the mask at its spot.
  public func colors(
    of faces: Tensor, like originals: Tensor, at index: Int, weights: [Float]
  ) -> ColorAdjustment {
    color.change(
      of: FacePatch(of: faces, at: index), to: FacePatch(of: originals, at: index),
      mask: weights)
  }

  /// The change of a picture that puts a face into it; nil where the face lies outside of it.
  ///
  /// - Parameters:
  ///   - faces: as in `colors`.
  ///   - originals: as in `colors`.
  ///   - index: which of them.
  ///   - spot: where it is.
  ///   - weights: the mask there.
  ///   - colors: what `colors` gave for it, or a mean over time.
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
