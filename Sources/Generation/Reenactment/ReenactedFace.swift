public import Engine
public import Faces
public import Media

/// A frame of a clip as reenactment sees it: the latent code and the shape of its face.
public struct DrivenFace: Sendable {
  /// The latent code.
  public let code: [Float]
  /// The landmarks in the crop, 256×256.
  public let landmarks: [SIMD2<Float>]
  /// The rotation of the head.
  public let pose: Pose

  /// A face with its code.
  public init(code: [Float], landmarks: [SIMD2<Float>]) {
    (self.code, self.landmarks) = (code, landmarks)
    pose = Pose(landmarks: landmarks)
  }

  /// Some faces of a clip.
  ///
  /// - Parameters:
  ///   - crops: `[N, 64, 64, 3]` in 0…1.
  ///   - landmarks: of each, in the crop of 256×256.
  public static func faces(
    _ crops: Tensor, landmarks: [[SIMD2<Float>]], by model: SwapModel
  ) -> [DrivenFace] {
    let encoder = model.encoder
    let codes = encoder(crops).converted(to: .float32)
    let length = codes.count / codes.shape[0]
    let values = codes.values
    return landmarks.enumerated().map { index, points in
      DrivenFace(
        code: Array(values[index * length..<(index + 1) * length]), landmarks: points)
    }
  }
}

/// Reenacts the faces of a target's clip by those of a driver's, with a swap model of the two.
///
/// The shared encoder describes the expressions of both; the target's own decoder shows them on the
/// target's face.
public struct Reenactor {
  private let model: SwapModel
  private let side: Side
  private let codes, shapes: ExpressionTransfer
  private let codeShape: [Int]

  /// - Parameters:
  ///   - model: a swap model of the two people.
  ///   - side: the target's side.
  ///   - target: some or all faces of the target's clip, as `model` encodes them.
  ///   - driver: those of the driver's clip.
  public init(_ model: SwapModel, of side: Side, target: [DrivenFace], driver: [DrivenFace]) {
    (self.model, self.side) = (model, side)
    codes = ExpressionTransfer(
      from: driver.map { ($0.code, $0.pose) }, to: target.map { ($0.code, $0.pose) })
    shapes = ExpressionTransfer(
      from: driver.map { ($0.shape, $0.pose) }, to: target.map { ($0.shape, $0.pose) })
    codeShape = Array(model.encoder.outputShape(for: [1, Crop.side, Crop.side, 3]).dropFirst())
  }

  /// The target's faces with the driver's expressions.
  ///
  /// - Parameters:
  ///   - poses: those of the target's faces.
  ///   - drivers: the driver's faces, as many.
  public func faces(at poses: [Pose], drivenBy drivers: [DrivenFace]) -> SwappedFaces {
    precondition(poses.count == drivers.count && !poses.isEmpty, "\(poses.count) faces")
    let values = zip(poses, drivers).flatMap { codes(($1.code, $1.pose), at: $0) }
    let code = Tensor(shape: [poses.count] + codeShape, values: values)
    let decoder = model.decoder(side)
    return SwappedFaces(decoder(code))
  }

  /// The landmarks of a target's face with the driver's expression, in the crop of 256×256.
  public func landmarks(at pose: Pose, drivenBy driver: DrivenFace) -> [SIMD2<Float>] {
    let values = shapes((driver.shape, driver.pose), at: pose)
    return (0..<values.count / 2).map { SIMD2(values[2 * $0], values[2 * $0 + 1]) }
  }
}

extension DrivenFace {
  /// The landmarks as numbers.
  fileprivate var shape: [Float] { landmarks.flatMap { [$0.x, $0.y] } }
}
