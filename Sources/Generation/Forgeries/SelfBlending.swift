public import Engine
import Faces
import Media

/// Self-blended images: a face blended with an altered copy of itself (Shiohara & Yamasaki 2022).
///
/// The copy gets other colors, is made coarser or sharper, is shifted and scaled slightly, and is
/// blended with a soft, displaced hull. The published recipe alters either of the two; here only
/// the copy is altered, in both directions, because nothing outside the mask may reveal the label.
///
/// Parameters: `forehead`, `ratio`, `drawn_in`, `soft`, `detail` (`coarser` or `sharper`), `factor`
/// (how many times coarser, or how much sharper), `scale`, `shift_x`, `shift_y` (in pixels),
/// `region` where it is not the whole face.
public struct SelfBlending: ForgeryAlgorithm {
  /// The probability that the mask ends at the brows.
  public var withoutForehead = 0.25
  /// The probability of shifting red, green and blue.
  public var shifted = 0.3
  /// The maximum shift of each of them, in levels of 0…255.
  public var channelShift = 20.0
  /// The maximum rotation of the hue, in radians.
  public var hue = 0.01
  /// The maximum change of saturation, as a share.
  public var saturation = 0.05
  /// The maximum change of brightness and of contrast, as a share.
  public var light = 0.1
  /// The probability of a coarser copy; otherwise it is sharper.
  public var coarser = 0.5
  /// The factors of coarsening.
  public var factors = [2.0, 4.0]
  /// The amount of sharpening.
  public var sharpening = StrengthRange(0.2, 0.5)
  /// The maximum horizontal shift, relative to the picture's side.
  public var shiftAcross = 0.03
  /// The maximum vertical shift, relative to the picture's side.
  public var shiftDown = 0.015
  /// The minimum and maximum size of the copy.
  public var scale = StrengthRange(0.95, 1 / 0.95)
  /// The mask's edge.
  public var edge = MaskEdge()
  /// The part of the face that is blended, equally likely.
  public var shapes = [FaceShape.face]
  /// The opacity of the copy inside the mask, equally likely.
  public var ratios = [0.25, 0.5, 0.75, 1, 1, 1]

  /// As published.
  public init() {}

  public func fault(at path: String) -> String? {
    shapes.isEmpty ? "'\(path).shapes' must not be empty" : nil
  }

  public func forgery(
    of face: RealFace, from _: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    let hasForehead = !chance.happens(withoutForehead)
    var (copy, parameters) = changed(face.image, chance: &chance)
    let map = affine(chance: &chance, parameters: &parameters)
    let shape = chance.only(of: shapes)
    let region = FaceRegion(
      of: face.moved(by: map.inverse), shape, includesForehead: hasForehead)
    copy = copy.warped(
      columnX: map.columnX, columnY: map.columnY, origin: map.origin, width: copy.width,
      height: copy.height)
    let (whole, drawn) = edge.mask(of: region, chance: &chance)
    let ratio = chance.one(of: ratios)
    let mask = whole.map { $0 * Float(ratio) }
    parameters.merge(drawn) { $1 }
    parameters["forehead"] = .boolean(hasForehead)
    parameters["ratio"] = .number(ratio)
    if shape != .face { parameters["region"] = .word(shape.rawValue) }
    return Forgery(
      image: face.image.mixed(with: copy, by: mask), parameters: parameters, mask: mask)
  }

  /// The copy in other colors, coarser or sharper.
  private func changed(
    _ image: Image, chance: inout RandomSource
  ) -> (Image, [String: ParameterValue]) {
    func either(_ most: Double) -> Float { Float(most * chance.uniform(-1...1)) }
    let tint = SIMD3(either(channelShift), either(channelShift), either(channelShift))
    let shift = chance.happens(shifted) ? tint : .zero
    let (turn, saturation) = (either(hue), 1 + either(saturation))
    let (contrast, brightness) = (1 + either(light), either(light) * 255)
    let recolored = image.recolored(
      by: ColorMatrix().hue(turn).saturation(saturation).contrast(contrast)
        .adding(shift + SIMD3(repeating: brightness)))
    guard chance.happens(coarser) else {
      let amount = sharpening.drawn(from: &chance)
      let sharper = recolored.sharpened(amount: 2 * amount)
      return (sharper, ["detail": .word("sharper"), "factor": .number(amount)])
    }
    let factor = chance.one(of: factors)
    let filter = chance.one(of: [ResizeFilter.bilinear, .area])
    let side = max(1, Int((Double(image.width) / factor).rounded()))
    let coarse = recolored.resized(width: side, height: side, filter: filter)
      .resized(width: image.width, height: image.height, filter: .bilinear)
    return (coarse, ["detail": .word("coarser"), "factor": .number(factor)])
  }

  /// From the forged picture's pixels to those of the copy.
  private func affine(
    chance: inout RandomSource, parameters: inout [String: ParameterValue]
  ) -> AffineMap {
    let side = Double(Crop.pictureSide)
    let size = scale.drawn(from: &chance)
    let shift = SIMD2(
      side * shiftAcross * chance.uniform(-1...1), side * shiftDown * chance.uniform(-1...1))
    parameters["scale"] = .number(size)
    parameters["shift_x"] = .number(shift.x)
    parameters["shift_y"] = .number(shift.y)
    let center = SIMD2(repeating: side / 2)
    return AffineMap(
      columnX: SIMD2(1 / size, 0), columnY: SIMD2(0, 1 / size),
      origin: center - (center + shift) / size)
  }
}

extension RealFace {
  /// The picture moved so that its landmarks lie on others, through the crop that both are aligned
  /// to; unchanged without landmarks.
  func picture(movedOnto target: [SIMD2<Float>]) -> Image {
    let toAligned = FaceAlignment(landmarks: target).map
    let back = FaceAlignment(landmarks: landmarks ?? target).map.inverse
    return image.warped(
      columnX: back(toAligned.columnX) - back(.zero),
      columnY: back(toAligned.columnY) - back(.zero),
      origin: back(toAligned.origin), width: image.width, height: image.height)
  }

  /// The face with transformed landmarks; the picture is unchanged.
  func moved(by map: AffineMap) -> RealFace {
    var result = self
    result.landmarks = landmarks.map { $0.map { SIMD2<Float>(map(SIMD2<Double>($0))) } }
    return result
  }
}
