import Engine
public import Faces
public import Media

/// Reenacts the faces of a target's clip by those of a driver's, with a swap model of the two.
///
/// The shared encoder describes the expressions of both, and the target's own decoder shows that of
/// the driver on the target's face. What the decoder cannot show, such as pores and light, is taken
/// from the target's frame: the frame less its own reconstruction, moved along with the landmarks
/// (the motion of Face2Face and first-order models, and the residual of a neural texture), where the
/// two decoded faces agree. Where the expression does not change, the frame stays as it was.
public struct Reenactor {
  private let model: SwapModel
  private let side: Side
  private let codes, shapes: ExpressionTransfer
  private let codeShape: [Int]

  /// The side of reenacted faces, in pixels: those of `Crop` in a picture of a face set.
  public static let faceSide = Int(Double(Crop.pictureSide) * Crop.coverage)

  /// - Parameters:
  ///   - model: a swap model of the two people.
  ///   - side: the target's side.
  ///   - target: some or all faces of the target's clip, as `model` encodes them.
  ///   - driver: those of the driver's clip.
  public init(_ model: SwapModel, of side: Side, target: [DrivenFace], driver: [DrivenFace]) {
    (self.model, self.side) = (model, side)
    codes = ExpressionTransfer(
      from: driver.map { ($0.code, $0.traits) }, to: target.map { ($0.code, $0.traits) })
    shapes = ExpressionTransfer(
      from: driver.map { ($0.shape, $0.traits) }, to: target.map { ($0.shape, $0.traits) })
    codeShape = Array(model.encoder.outputShape(for: [1, model.side, model.side, 3]).dropFirst())
  }

  /// The target's faces with the driver's expressions, `[N, faceSide, faceSide, 3]` in 0…1.
  ///
  /// - Parameters:
  ///   - pictures: the target's aligned crops, 256×256.
  ///   - landmarks: in these.
  ///   - drivers: the driver's faces, as many.
  public func faces(
    of pictures: [Image], landmarks: [[SIMD2<Float>]], drivenBy drivers: [DrivenFace]
  ) -> SwappedFaces {
    let targets = DrivenFace.faces(
      Crop.faces(of: pictures, side: model.side), landmarks: landmarks, by: model)
    let own = decoded(targets.map(\.code)).faces
    let driven = decoded(at: targets.map(\.pose), drivenBy: drivers).faces
    let shapes = zip(targets, drivers).map { self.landmarks(at: $0.pose, drivenBy: $1) }
    let side = Reenactor.faceSide
    return SwappedFaces(
      Tensor.stacked(pictures.count, part: [side, side, 3]) { index, face in
        let detail = KeptDetail(
          of: pictures[index], own: FacePatch(of: own, at: index),
          driven: FacePatch(of: driven, at: index), from: landmarks[index],
          to: shapes[index])
        for (place, value) in detail.face.enumerated() { face[place] = value }
      })
  }

  /// The faces as the target's decoder shows them, without the frame's detail, at the model's size.
  ///
  /// - Parameters:
  ///   - poses: those of the target's faces.
  ///   - drivers: the driver's faces, as many.
  public func decoded(at poses: [Pose], drivenBy drivers: [DrivenFace]) -> SwappedFaces {
    precondition(poses.count == drivers.count && !poses.isEmpty, "\(poses.count) faces")
    return decoded(zip(poses, drivers).map { codes(($1.code, $1.traits), at: $0) })
  }

  private func decoded(_ codes: [[Float]]) -> SwappedFaces {
    let decoder = model.decoder(side)
    return SwappedFaces(
      decoder(Tensor(shape: [codes.count] + codeShape, values: codes.flatMap(\.self))))
  }

  /// The landmarks of a target's face with the driver's expression, in the crop of 256×256.
  public func landmarks(at pose: Pose, drivenBy driver: DrivenFace) -> [SIMD2<Float>] {
    let values = shapes((driver.shape, driver.traits), at: pose)
    return (0..<values.count / 2).map { SIMD2(values[2 * $0], values[2 * $0 + 1]) }
  }
}

/// A decoded face with the detail of the frame that it replaces.
private struct KeptDetail {
  /// Red, green and blue in 0…1, row by row.
  let face: [Float]

  /// The difference of the two decoded faces, in 0…1, at which half of the detail is lost.
  private static let agreement: Float = 0.06
  /// The difference of the mouths' gaps at which half of the detail of the lips is lost.
  private static let opening: Float = 0.03

  /// - Parameters:
  ///   - picture: the frame's aligned crop, 256×256.
  ///   - own: its reconstruction.
  ///   - driven: the decoded face with the driver's expression.
  ///   - landmarks: those of the picture.
  ///   - shape: those of the driven face.
  init(
    of picture: Image, own: FacePatch, driven: FacePatch, from landmarks: [SIMD2<Float>],
    to shape: [SIMD2<Float>]
  ) {
    let side = Reenactor.faceSide
    let margin = (Crop.pictureSide - side) / 2
    let frame = FacePatch(
      of: picture, columns: margin..<margin + side, rows: margin..<margin + side)
    let (old, new) = (own.enlarged(to: side).values, driven.enlarged(to: side).values)
    let corner = SIMD2<Float>(repeating: Float(margin))
    let field = Expression.field(
      at: shape.map { $0 - corner }, offsets: zip(landmarks, shape).map { $0 - $1 }, side: side)
    func moved(_ values: [Float], _ channel: Int) -> [Float] {
      Plane(
        width: side, height: side,
        values: (0..<side * side).map { values[$0 * 3 + channel] }
      ).displaced(by: field).values
    }
    let rest = zip(frame.values, old).map { $0 - $1 }
    let details = (0..<3).map { moved(rest, $0) }
    let (olds, taps) = ((0..<3).map { moved(old, $0) }, BlurTaps(deviation: 2))
    let change = Plane(
      width: side, height: side,
      values: (0..<side * side).map { pixel in
        (0..<3).reduce(0) { $0 + abs(new[pixel * 3 + $1] - olds[$1][pixel]) } / 3
      }
    ).blurred(by: taps).values
    let lips = KeptDetail.changedLips(from: landmarks, to: shape, corner: corner, side: side)
    face = new.indices.map { place in
      let (pixel, channel) = (place / 3, place % 3)
      let doubt = change[pixel] / KeptDetail.agreement
      let share = (1 - lips[pixel]) / (1 + doubt * doubt)
      return min(max(new[place] + details[channel][pixel] * share, 0), 1)
    }
  }

  /// The mouth of the driven face, 0…1, as far as it is open otherwise: teeth of one opening are no
  /// detail of another.
  private static func changedLips(
    from landmarks: [SIMD2<Float>], to shape: [SIMD2<Float>], corner: SIMD2<Float>, side: Int
  ) -> [Float] {
    let gaps = [landmarks, shape].map { ExpressionTransfer.Traits(landmarks: $0).gap }
    let doubt = (gaps[1] - gaps[0]) / opening
    let share = 1 - 1 / (1 + doubt * doubt)
    return FaceHull(points: shape[48..<60].map { $0 - corner })
      .coverage(width: side, height: side).blurred(by: BlurTaps(deviation: 2)).values
      .map { $0 * share }
  }
}

extension Image {
  /// A picture with its landmarks moved, as far as warping alone goes.
  public func warped(from landmarks: [SIMD2<Float>], to shape: [SIMD2<Float>]) -> Image {
    displaced(
      by: Expression.field(
        at: shape, offsets: zip(landmarks, shape).map { $0 - $1 }, side: width))
  }
}
