public import Engine
import Faces
import Media

/// Face-warping artifacts: a face downscaled and warped back (Li & Lyu 2019).
///
/// Simulates the artifacts of a low-resolution swap without a model: the face is downscaled,
/// blurred, upscaled by a slightly wrong map, and blended with its hull.
///
/// Parameters: `scale` (of the small face), `blur` (its standard deviation there, in its pixels),
/// `filter` (`bicubic` or `lanczos`), `forehead`, `drawn_in`, `soft`.
public struct WarpingArtifact: ForgeryAlgorithm {
  /// The size of the small face.
  public var scale = StrengthRange(0.2, 0.6)
  /// The blur of the small face, in its pixels.
  public var blur = StrengthRange(0.4, 1)
  /// The maximum error of the inverse map: a shift in pixels.
  public var shift = 1.5
  /// The maximum error of the size, as a share.
  public var zoom = 0.02
  /// The maximum error of the angle, in radians.
  public var turn = 0.02
  /// The probability that the mask ends at the brows.
  public var withoutForehead = 0.5
  /// The mask's edge.
  public var edge = MaskEdge()

  /// Small faces of 50 to 150 pixels.
  public init() {
    edge.drawnIn = StrengthRange(3, 15)
    edge.soft = StrengthRange(3, 17)
  }

  public func forgery(
    of face: RealFace, from _: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    let (size, deviation) = (scale.drawn(from: &chance), blur.drawn(from: &chance))
    let hasForehead = !chance.happens(withoutForehead)
    let isLanczos = chance.happens(0.5)
    let side = max(8, Int((Double(face.image.width) * size).rounded()))
    var small = face.image.resized(width: side, height: side, filter: .area)
      .blurred(deviation: deviation)
    if isLanczos {
      small = small.resized(width: face.image.width, height: face.image.height, filter: .lanczos)
    }
    let map = wayBack(from: small.width, chance: &chance)
    let warped = small.warped(
      columnX: map.columnX, columnY: map.columnY, origin: map.origin, width: face.image.width,
      height: face.image.height)
    let (mask, drawn) = edge.mask(
      of: FaceRegion(of: face, includesForehead: hasForehead), chance: &chance)
    var parameters = drawn
    parameters["scale"] = .number(Double(side) / Double(face.image.width))
    parameters["blur"] = .number(deviation)
    parameters["filter"] = .word(isLanczos ? "lanczos" : "bicubic")
    parameters["forehead"] = .boolean(hasForehead)
    return Forgery(
      image: face.image.mixed(with: warped, by: mask), parameters: parameters, mask: mask)
  }

  /// From the picture's pixels to those of the small face, with a small error.
  private func wayBack(from side: Int, chance: inout RandomSource) -> AffineMap {
    let whole = Double(Crop.pictureSide)
    let factor = Double(side) / whole * (1 + zoom * chance.uniform(-1...1))
    let angle = turn * chance.uniform(-1...1)
    let offset = SIMD2(chance.uniform(-1...1), chance.uniform(-1...1)) * shift
    // For angles this small the sine equals the angle.
    let (columnX, columnY) = (SIMD2(factor, factor * angle), SIMD2(-factor * angle, factor))
    let center = whole / 2 + offset
    return AffineMap(
      columnX: columnX, columnY: columnY,
      origin: SIMD2(repeating: Double(side) / 2) - columnX * center.x - columnY * center.y)
  }
}
