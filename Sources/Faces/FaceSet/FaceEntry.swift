import Foundation

/// One face of a face set: a line of `faces.jsonl`.
///
/// The picture is a crop of 256×256 pixels, or a whole rendered picture of another side.
/// Coordinates are continuous: pixel `k` of a row covers `k ..< k + 1`. In JSON the keys are in
/// order, what is not known is absent, and lengths in pixels are rounded to 0.01.
public struct FaceEntry: Equatable, Sendable {
  /// The picture's name in the folder of the set.
  public var file: String
  /// The picture or video that the face is from.
  public var source: String?
  /// The number of the frame in the source's video, from 0.
  public var frame: Int?
  /// When that frame is shown, in seconds from the video's beginning.
  public var time: Double?
  /// Where the face is in the source.
  public var box: FaceBox?
  /// The 68 points of iBUG 300-W, in its order, in pixels of `file`.
  public var landmarks: [SIMD2<Float>]
  /// Which of the landmarks nothing hides; nil where that is not known.
  public var visible: [Bool]?
  /// Takes the source's pixels to those of `file`.
  public var matrix: AffineMap?
  /// How sharp the picture is: the variance of its Laplacian; the lower, the more blurred.
  public var blur: Double?
  /// The mean gray of the face, 0…1.
  public var brightness: Double?
  /// How sure the detector was: about 0 (barely) to 3.
  public var score: Double?
  /// How the head is turned.
  public var pose: Pose?
  /// Who it is.
  public var identity: String?
  /// What a rendered picture follows from.
  public var scene: Scene?
  /// The picture of the face's mask, below the folder of the set.
  public var mask: String?
  /// The picture of the distance from the camera, in millimeters, below the folder of the set.
  public var depth: String?

  /// How many landmarks a face has.
  public static let landmarkCount = 68

  /// A line that says no more than where the face's points are.
  public init(file: String, landmarks: [SIMD2<Float>]) {
    precondition(
      landmarks.count == FaceEntry.landmarkCount, "a face with \(landmarks.count) landmarks")
    self.file = file
    self.landmarks = landmarks
  }
}
