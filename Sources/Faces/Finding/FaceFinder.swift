import Foundation
public import Media

/// Finds faces in pictures, with their landmarks.
///
/// Finds frontal to half-profile faces with dlib's frontal detector, and their landmarks with its
/// regression trees (Kazemi and Sullivan 2014) trained on iBUG 300-W. Any number of threads may
/// share a finder; the same picture gives the same faces.
public struct FaceFinder: Sendable {
  /// The minimum width of a face, in pixels, that is found in a picture at its own size.
  public static let window = 80.0

  private let landmarks: LandmarkModel

  /// Loads the landmark model and, in the background, dlib's filters, which takes half a second the
  /// first time.
  ///
  /// The model is Debian's, or the one that the environment variable `DFLAB_LANDMARKS` names.
  public init() throws(FacesError) {
    // Both are kept for the whole process. A search waits for the filters, and throws if they fail.
    Thread { try? FaceDetector.using { _ throws(FacesError) in } }.start()
    landmarks = try LandmarkModel.shared()
  }

  /// The faces of a picture, highest score first.
  ///
  /// - Parameters:
  ///   - smallest: the width of the smallest face to be found, in pixels. The picture is searched
  ///     at `window / smallest` of its size: twice the number takes a quarter of the time. At least
  ///     20.
  ///   - threshold: the minimum score. Faces of -0.5 are often real, and often not.
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

  /// The boxes and scores of a picture's faces, highest score first; parameters as in `find`.
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
