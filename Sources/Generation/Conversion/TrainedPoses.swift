public import Engine
import Faces
import Foundation

/// How far the heads are turned in a swap model's training faces.
///
/// Of a face that is turned farther, encoder and decoder have no notion: a swap would be a smear.
public struct TrainedPoses: Codable, Equatable, Sendable {
  /// The yaw that 98 % of each person's training faces stay below, to either side, in radians; nil
  /// without landmarks.
  public let a, b: Float?

  /// How much farther a face may be turned, in radians.
  static let margin: Float = 0.15

  /// The poses of known limits.
  init(a: Float?, b: Float?) { (self.a, self.b) = (a, b) }

  /// The poses of both people's training faces.
  init(a: SwapFaces, b: SwapFaces) {
    self.init(a: TrainedPoses.yaw(of: a), b: TrainedPoses.yaw(of: b))
  }

  /// The yaw from which on a face is left as it is; nil if unknown.
  ///
  /// Training mirrors faces, so that a side's yaw counts in both directions.
  public var limit: Float? {
    [a, b].compactMap { $0 }.min().map { $0 + TrainedPoses.margin }
  }

  private static func yaw(of faces: SwapFaces) -> Float? {
    let yaws = faces.landmarks.compactMap { $0.map { abs(Pose(landmarks: $0).yaw) } }.sorted()
    return yaws.isEmpty ? nil : yaws[Int(0.98 * Double(yaws.count - 1))]
  }
}

extension TrainedPoses {
  /// Its key in the metadata of a swap model's file.
  static let key = "poses"

  /// The poses that a swap model's file states; nil if it states none, as older ones.
  public static func reading(_ path: String) throws(EngineError) -> TrainedPoses? {
    let text = try CheckpointFile(path).metadata[key] ?? ""
    return try? JSONDecoder().decode(TrainedPoses.self, from: Data(text.utf8))
  }
}
