/// A face in one frame of a clip.
public struct TrackedFace: Codable, Equatable, Sendable {
  /// The 68 points of iBUG 300-W, in pixels of the frame.
  public var landmarks: [SIMD2<Float>]
  /// The face finder's score when it last found this face.
  public var score: Double
  /// The face's look.
  public var thumbnail: Thumbnail

  /// The face's box.
  public var box: FaceBox { FaceBox(around: landmarks) }

  /// The face where it is in a picture that is so many times as wide and as high.
  public func scaled(by factors: SIMD2<Float>) -> TrackedFace {
    var face = self
    face.landmarks = landmarks.map { $0 * factors }
    return face
  }
}

/// One face through consecutive frames.
public struct Tracklet: Equatable, Sendable {
  /// The first frame.
  public internal(set) var first: Int
  /// The face in each frame from there; never empty.
  public internal(set) var faces: [TrackedFace]

  /// The face in a frame, or nil before and after.
  public subscript(frame: Int) -> TrackedFace? {
    faces.indices.contains(frame - first) ? faces[frame - first] : nil
  }

  /// The frame after the last one.
  public var end: Int { first + faces.count }

  /// The face where it is in pictures that are so many times as wide and as high.
  public func scaled(by factors: SIMD2<Float>) -> Tracklet {
    var tracklet = self
    tracklet.faces = faces.map { $0.scaled(by: factors) }
    return tracklet
  }
}
