public import Engine
public import Faces

/// A frame of a clip as reenactment sees it: the latent code and the shape of its face.
public struct DrivenFace: Sendable {
  /// The latent code.
  public let code: [Float]
  /// The landmarks in the crop, 256×256.
  public let landmarks: [SIMD2<Float>]
  /// The rotation of the head, and the mouth's gap.
  let traits: ExpressionTransfer.Traits

  /// A face with its code.
  public init(code: [Float], landmarks: [SIMD2<Float>]) {
    (self.code, self.landmarks) = (code, landmarks)
    traits = ExpressionTransfer.Traits(landmarks: landmarks)
  }

  /// The rotation of the head.
  public var pose: Pose { traits.pose }

  /// A face between this one and another, in the direction of the other.
  ///
  /// - Parameter share: 0 for this one, 1 for the other.
  public func mixed(with other: DrivenFace, share: Float) -> DrivenFace {
    DrivenFace(
      code: zip(code, other.code).map { $0 + ($1 - $0) * share },
      landmarks: zip(landmarks, other.landmarks).map { $0 + ($1 - $0) * share })
  }

  /// Some faces of a clip.
  ///
  /// - Parameters:
  ///   - crops: `[N, side, side, 3]` in 0…1.
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

extension DrivenFace {
  /// The landmarks as numbers.
  var shape: [Float] { landmarks.flatMap { [$0.x, $0.y] } }
}
