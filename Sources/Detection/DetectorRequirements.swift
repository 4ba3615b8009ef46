public import Faces
import Foundation

/// What a clip must have for a detector to score it.
public struct DetectorRequirements: Equatable, Sendable {
  /// Consecutive frames at the source's rate; 1 for a detector to which a still is enough.
  public var frames: Int
  /// Seconds that the clip must last; 0 for any.
  public var seconds: Double
  /// Seconds that the clips of a video last, where it is long enough: longer ones would tell no more.
  public var idealSeconds: Double
  /// Whether every frame must have its landmarks.
  public var landmarks: Bool
  /// Whether the pixels of the source frames must be at hand.
  public var sourcePixels: Bool

  /// By default any still will do.
  public init(
    frames: Int = 1, seconds: Double = 0, idealSeconds: Double = 0, landmarks: Bool = false,
    sourcePixels: Bool = false
  ) {
    precondition(frames > 0 && seconds >= 0, "\(frames) frames, \(seconds) seconds")
    (self.frames, self.seconds) = (frames, seconds)
    self.idealSeconds = max(seconds, idealSeconds)
    (self.landmarks, self.sourcePixels) = (landmarks, sourcePixels)
  }

  /// Why a clip cannot be scored, to be read inside a sentence; nil where it can.
  public func lack(of clip: FaceClip) -> String? {
    if clip.frames.count < frames {
      return "the clip has \(clip.frames.count) of the \(frames) consecutive frames needed"
    }
    // Times of frames are rounded.
    if clip.seconds < seconds - 1e-3 {
      let has = String(format: "%.1f", clip.seconds)
      return "the clip lasts \(has) of the \(String(format: "%g", seconds)) seconds needed"
    }
    if landmarks, clip.frames.contains(where: { $0.landmarks == nil }) {
      return "the landmarks of the face are not known"
    }
    if sourcePixels, clip.source == nil { return "the source frames are not available" }
    return nil
  }

  /// How many frames of a source make a clip that tells all that the detector can use.
  ///
  /// - Parameter rate: frames a second of the source; nil for a picture.
  public func length(atRate rate: Double?) -> Int {
    max(frames, Int((idealSeconds * (rate ?? 0)).rounded(.up)))
  }

  /// What is needed for several detectors at once.
  public func union(_ other: DetectorRequirements) -> DetectorRequirements {
    DetectorRequirements(
      frames: max(frames, other.frames), seconds: max(seconds, other.seconds),
      idealSeconds: max(idealSeconds, other.idealSeconds),
      landmarks: landmarks || other.landmarks, sourcePixels: sourcePixels || other.sourcePixels)
  }
}
