public import Engine
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
  /// The amount of sharpening, 0 to 2; nil for as much as the picture's sharpness asks for.
  public var sharpening: Float?

  /// The hull of the landmarks, with colors and sharpness matched.
  public init() {}

  /// What matches a face to the one it replaces.
  ///
  /// - Parameters:
  ///   - faces: the model's output, `[N, side, side, 3]` in 0…1.
  ///   - originals: the model's input, of the same shape.
  ///   - index: the index in the batch.
  ///   - spot: the face's position.
  ///   - weights: the face's mask.
  ///   - image: the whole picture.
  public func match(
    _ faces: Tensor, originals: Tensor, at index: Int, spot: FaceSpot, weights: [Float],
    in image: Image
  ) -> InsertionMatch {
    var face = FacePatch(of: faces, at: index)
    let colors = colorTransfer.change(
      of: face, to: FacePatch(of: originals, at: index), mask: weights)
    if let sharpening { return InsertionMatch(colors: colors, sharpening: sharpening) }
    guard let place = FacePlace(spot.alignment, in: image) else {
      return InsertionMatch(colors: colors, sharpening: 0)
    }
    let points = InsertionPoints(of: place.mask(weights), width: place.columns.count)
    guard let energy = points.energy(of: place.part(of: image)) else {
      return InsertionMatch(colors: colors, sharpening: 0)
    }
    colors.apply(to: &face)
    return InsertionMatch(
      colors: colors,
      sharpening: SharpnessMatch.amount(
        for: face, weights: weights, size: place.size, energy: energy))
  }

  /// The change of a picture that inserts a face; nil if the face lies outside the picture.
  ///
  /// - Parameters:
  ///   - faces: as in `match`.
  ///   - originals: as in `match`.
  ///   - index: the index in the batch.
  ///   - spot: the face's position.
  ///   - weights: the face's mask.
  ///   - match: the result of `match`, or a mean over time.
  ///   - image: the whole picture.
  public func patch(
    _ faces: Tensor, originals: Tensor, at index: Int, spot: FaceSpot, weights: [Float],
    match: InsertionMatch, into image: Image
  ) -> VideoPatch? {
    guard let place = FacePlace(spot.alignment, in: image) else { return nil }
    var face = FacePatch(of: faces, at: index)
    match.apply(to: &face)
    if blend == .poisson {
      face = face.joined(to: FacePatch(of: originals, at: index), mask: weights)
    }
    let before = place.part(of: image)
    let warped = place.picture(of: face).pixels
    let shown = place.mask(weights)
    let after = FaceInsertion.mixed(before.pixels, warped, shown)
    return VideoPatch(
      x: place.columns.lowerBound, y: place.rows.lowerBound, before: before,
      after: Image(width: before.width, height: before.height, pixels: after), mask: shown)
  }

  /// The change of a single picture that inserts a face; nil if the face lies outside the picture.
  ///
  /// - Parameters:
  ///   - made: the model's output.
  ///   - originals: as in `match`.
  ///   - index: the index in the batch.
  ///   - spot: the face's position.
  ///   - image: the whole picture.
  public func patch(
    _ made: SwappedFaces, originals: Tensor, at index: Int, spot: FaceSpot, into image: Image
  ) -> VideoPatch? {
    let weights = mask.weights(
      at: spot, side: made.faces.shape[1], learned: made.masks, index: index)
    let match = match(
      made.faces, originals: originals, at: index, spot: spot, weights: weights, in: image)
    return patch(
      made.faces, originals: originals, at: index, spot: spot, weights: weights, match: match,
      into: image)
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
