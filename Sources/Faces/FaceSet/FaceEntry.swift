import Foundation

/// One face of a face set: a line of `faces.jsonl`.
///
/// The picture is a crop of 256×256 pixels, or a whole rendered picture of another size.
/// Coordinates are continuous: pixel `k` of a row covers `k ..< k + 1`. In JSON the keys are
/// sorted, unknown values are omitted, and lengths in pixels are rounded to 0.01.
public struct FaceEntry: Equatable, Sendable {
  /// The picture's name in the face set's folder.
  public var file: String
  /// The source picture or video.
  public var source: String?
  /// The number of the frame in the source's video, from 0.
  public var frame: Int?
  /// The time of that frame, in seconds from the video's start.
  public var time: Double?
  /// The face's box in the source.
  public var box: FaceBox?
  /// The 68 points of iBUG 300-W, in its order, in pixels of `file`.
  public var landmarks: [SIMD2<Float>]
  /// Whether each landmark is unoccluded; nil if unknown.
  public var visible: [Bool]?
  /// The map from the source's pixels to those of `file`.
  public var matrix: AffineMap?
  /// The picture's sharpness: the variance of its Laplacian; lower is more blurred.
  public var blur: Double?
  /// The mean gray of the face, 0…1.
  public var brightness: Double?
  /// The face finder's confidence: about 0 (low) to 3.
  public var score: Double?
  /// The head's rotation.
  public var pose: Pose?
  /// The person's name.
  public var identity: String?
  /// The scene parameters of a rendered picture.
  public var scene: Scene?
  /// The picture of the face's mask, below the face set's folder.
  public var mask: String?
  /// The picture of the distance from the camera, in millimeters, below the face set's folder.
  public var depth: String?

  /// The number of landmarks of a face.
  public static let landmarkCount = 68

  /// A line with only the face's landmarks.
  public init(file: String, landmarks: [SIMD2<Float>]) {
    precondition(
      landmarks.count == FaceEntry.landmarkCount, "a face with \(landmarks.count) landmarks")
    self.file = file
    self.landmarks = landmarks
  }
}
