public import Engine
import Faces
import Media

/// The mouth of another moment in a face that otherwise stays as it is, as lip-sync tools leave it,
/// which render mouth or lower face at a low resolution and blend it in (Wav2Lip; Prajwal and others
/// 2020).
///
/// The mouth comes from another picture of the same identity, which is moved so that eyes and nose
/// lie on those of this one: the jaw opens as it does there. In a clip it is the mouth of another
/// time, frame by frame. Without another picture, it is the face's own mouth in another shape.
///
/// Parameters: `region`, `expression` (`frame` or `warp`), `moved` (the largest motion, in pixels),
/// `scale`, `color`, `drawn_in`, `soft`.
public struct MouthTransfer: ForgeryAlgorithm {
  /// The regions, equally likely.
  public var regions = [FaceShape.mouth, .lower]
  /// The number of random pictures, of which the one whose eyes and nose fit best is used; its mouth is
  /// then as likely to be open as any.
  public var candidates = 8
  /// The motion of an own mouth, relative to the distance between the eyes' outer corners.
  public var motion = StrengthRange(0.08, 0.2)
  /// The size that the mouth is rendered at, relative to the picture's; from 1 on, as it is.
  public var scale = StrengthRange(0.35, 1.1)
  /// The color transfers, equally likely; they match the lower faces.
  public var colors = [ColorTransfer.none, .mean, .lab, .linear]
  /// The mask's edge.
  public var edge = MaskEdge()

  /// Narrow edges, because mouths are small.
  public init() { (edge.drawnIn, edge.soft) = (StrengthRange(1, 7), StrengthRange(5, 21)) }

  public func fault(at path: String) -> String? {
    regions.isEmpty
      ? "'\(path).regions' must not be empty"
      : colors.isEmpty
        ? "'\(path).colors' must not be empty"
        : candidates < 1 ? "'\(path).candidates' must be 1 or more, not \(candidates)" : nil
  }

  public func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    guard let landmarks = face.landmarks else { return nil }
    let region = chance.one(of: regions)
    var parameters: [String: ParameterValue] = ["region": .word(region.rawValue)]
    let mouth: Mouth
    if let other = other(than: face, in: material.faces, chance: &chance) {
      mouth = other
      parameters["expression"] = .word("frame")
    } else {
      let eyes = landmarks[45] - landmarks[36]
      let size = motion.drawn(from: &chance) * Double((eyes * eyes).sum()).squareRoot()
      mouth = Mouth(of: face, landmarks, moved: size, chance: &chance)
      parameters["expression"] = .word("warp")
      parameters["moved"] = .number(size)
    }
    let (color, size) = (chance.one(of: colors), scale.drawn(from: &chance))
    let lower = FaceRegion(landmarks: landmarks, .lower, includesForehead: false).plane
    let layer = color.colored(mouth.picture, like: face.image, mask: lower)
      .rendered(at: size, chance: &chance)
    let (mask, drawn) = edge.mask(
      of: MouthTransfer.part(region, landmarks, mouth.landmarks), chance: &chance)
    parameters.merge(drawn) { $1 }
    parameters["scale"] = .number(min(size, 1))
    parameters["color"] = .word(color.rawValue)
    return Forgery(
      image: face.image.mixed(with: layer, by: mask), parameters: parameters,
      donor: mouth.source, mask: mask)
  }

  /// A part of two faces that lie on each other.
  private static func part(
    _ shape: FaceShape, _ own: [SIMD2<Float>], _ other: [SIMD2<Float>]
  ) -> FaceRegion {
    func region(_ shape: FaceShape, _ landmarks: [SIMD2<Float>]) -> FaceRegion {
      FaceRegion(landmarks: landmarks, shape, includesForehead: false)
    }
    // Both mouths, so that none of the own one stays beside the other; around them only what is face
    // in both pictures.
    let mouths = region(.mouth, own).joined(with: region(.mouth, other))
    return shape == .mouth
      ? mouths : region(shape, own).shared(with: region(shape, other)).joined(with: mouths)
  }

  /// The mouth of another picture of the identity, of the same clip where there is one; nil if there
  /// is no such picture.
  private func other(
    than face: RealFace, in faces: [RealFace], chance: inout RandomSource
  ) -> Mouth? {
    let pictures = faces.indices.filter { faces[$0].isOtherPicture(of: face) }
    let own = pictures.filter { faces[$0].clip == face.clip }
    let possible = own.isEmpty ? pictures : own
    guard !possible.isEmpty else { return nil }
    let drawn =
      possible.count <= candidates
      ? possible : (0..<candidates).map { _ in chance.one(of: possible) }
    var best: (error: Float, mouth: Mouth)?
    for source in drawn {
      guard let mouth = Mouth(of: faces[source], source, on: face) else { continue }
      let error = mouth.error(on: face)
      if error < best?.error ?? .infinity { best = (error, mouth) }
    }
    // Only the best one's picture is needed.
    return best.map { $0.mouth.moved(from: faces[$0.mouth.source ?? 0]) }
  }
}

/// A mouth where it lies in the face that is forged.
private struct Mouth {
  /// A picture that shows it there; until `moved(from:)`, of the face itself.
  var picture: Image
  /// All landmarks of the face that it belongs to, in that picture.
  var landmarks: [SIMD2<Float>]
  /// The number of that face; nil for the same picture.
  var source: Int?
  /// From the forged face's pixels to those of the source.
  private var back = AffineMap.identity

  /// Eyes and nose: what does not move with the mouth.
  private static let still = 27..<48

  /// The mouth of another face; nil without landmarks.
  init?(of other: RealFace, _ number: Int, on face: RealFace) {
    guard let own = face.landmarks, let others = other.landmarks else { return nil }
    back = AffineMap(
      similarityFrom: own[Mouth.still].map(SIMD2<Double>.init),
      to: others[Mouth.still].map(SIMD2<Double>.init))
    let onto = back.inverse
    (picture, source) = (face.image, number)
    landmarks = others.map { SIMD2<Float>(onto(SIMD2<Double>($0))) }
  }

  /// The face's own mouth in another shape.
  init(
    of face: RealFace, _ landmarks: [SIMD2<Float>], moved size: Double, chance: inout RandomSource
  ) {
    let expression = Expression(region: .mouth, size: size, chance: &chance)
    picture = face.image.displaced(by: expression.field(of: landmarks))
    self.landmarks = landmarks
  }

  /// The mouth with the picture that shows it.
  func moved(from other: RealFace) -> Mouth {
    var result = self
    result.picture = other.image.warped(
      columnX: back.columnX, columnY: back.columnY, origin: back.origin,
      width: picture.width, height: picture.height)
    return result
  }

  /// How badly eyes and nose fit: the sum of their squared distances, in pixels.
  func error(on face: RealFace) -> Float {
    guard let own = face.landmarks else { return .infinity }
    return Mouth.still.reduce(0) { sum, point in
      let offset = landmarks[point] - own[point]
      return sum + (offset * offset).sum()
    }
  }
}

extension RealFace {
  /// Whether it is another picture of the same identity, with landmarks.
  fileprivate func isOtherPicture(of face: RealFace) -> Bool {
    guard identity == face.identity, let landmarks else { return false }
    return clip != face.clip || frame != face.frame || frame == nil && landmarks != face.landmarks
  }
}

extension Image {
  /// The picture as a generator of a lower resolution renders it.
  ///
  /// - Parameter size: its sides, relative to the picture's.
  fileprivate func rendered(at size: Double, chance: inout RandomSource) -> Image {
    let side = max(8, Int((Double(width) * size).rounded()))
    let large = chance.one(of: [ResizeFilter.bilinear, .lanczos])
    guard side < width else { return self }
    return resized(width: side, height: side, filter: .area)
      .resized(width: width, height: height, filter: large)
  }
}
