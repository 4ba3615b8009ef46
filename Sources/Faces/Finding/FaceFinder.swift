import Foundation
public import Media

/// Finds the faces in pictures, with their landmarks.
///
/// Faces that look towards the camera or half to a side, by dlib's frontal detector; the landmarks
/// by its regression trees (Kazemi and Sullivan 2014) as trained on iBUG 300-W. Any number of
/// threads may use one finder at once; the same picture gives the same faces.
public struct FaceFinder: Sendable {
  /// The narrowest face, in pixels, that is found in a picture as it is.
  public static let window = 80.0

  private let landmarks: LandmarkModel

  /// Loads the landmark model and, beside what comes next, dlib's filters, which takes half a second
  /// the first time.
  ///
  /// The model is Debian's, or the one that the environment's `DFLAB_LANDMARKS` names.
  public init() throws(FacesError) {
    // Both are kept for the whole process. Who searches before the filters are there waits for them,
    // and is told if they do not come.
    Thread { try? FaceDetector.using { _ throws(FacesError) in } }.start()
    landmarks = try LandmarkModel.shared()
  }

  /// The faces of a picture, surest first.
  ///
  /// - Parameters:
  ///   - smallest: how many pixels the narrowest face to be found has. The picture is searched at
  ///     `window / smallest` of its size: twice the number, a quarter of the time. At least 20.
  ///   - threshold: the least score. Faces of -0.5 are often real, and often not.
  public func find(
    in image: Image, smallest: Double = window, threshold: Double = 0
  ) throws(FacesError) -> [FoundFace] {
    var faces: [FoundFace] = []
    for (box, score) in try detect(in: image, smallest: smallest, threshold: threshold) {
      let points = try landmarks.place(in: image, box: box)
      faces.append(FoundFace(box: box, score: score, landmarks: points))
    }
    return faces
  }

  /// Where the faces of a picture are and how sure that is, surest first; parameters as in `find`.
  func detect(
    in image: Image, smallest: Double = window, threshold: Double = 0
  ) throws(FacesError) -> [(box: FaceBox, score: Double)] {
    precondition(smallest >= 20, "faces of \(smallest) pixels")
    let scale = FaceFinder.window / smallest
    let width = max(1, Int((Double(image.width) * scale).rounded()))
    let height = max(1, Int((Double(image.height) * scale).rounded()))
    let searched = image.resized(
      width: width, height: height, filter: scale < 1 ? .area : .lanczos)
    let (x, y) = (
      Double(image.width) / Double(width), Double(image.height) / Double(height)
    )
    return try FaceDetector.using { detector throws(FacesError) in
      try detector.detect(in: searched, threshold: threshold).map { box, score in
        (FaceBox(x: box.x * x, y: box.y * y, width: box.width * x, height: box.height * y), score)
      }
    }
  }

  /// The landmarks of the face in a box.
  func landmarks(in image: Image, box: FaceBox) throws(FacesError) -> [SIMD2<Float>] {
    try landmarks.place(in: image, box: box)
  }
}
