import Engine
import Foundation
public import Media

/// Which faces of a picture a search is for.
public enum SearchExtent: Equatable, Sendable {
  case all
  /// The largest ones: smaller faces are searched for only if there are no larger ones.
  case largest
}

/// Finds faces in pictures, with their landmarks.
///
/// Finds frontal to half-profile faces with dlib's frontal detector, and their landmarks with its
/// regression trees (Kazemi and Sullivan 2014) trained on iBUG 300-W. Any number of threads may
/// share a finder; the same picture gives the same faces.
public struct FaceFinder: Sendable {
  /// The minimum width of a face, in pixels, that is found in a picture at its own size.
  public static let window = 80.0

  private let landmarks: LandmarkModel

  /// Loads the landmark model, which takes a fifth of a second the first time in a process.
  ///
  /// The model is Debian's, or the one that the environment variable `DFLAB_LANDMARKS` names.
  public init() throws(FacesError) {
    landmarks = try LandmarkModel.shared()
  }

  /// Begins to load what a finder needs, in the background; one that is made meanwhile waits for it.
  public static func prepare() {
    // An error is thrown again where a finder is made or used.
    Thread { _ = try? LandmarkModel.shared() }.start()
    Thread { try? FaceDetector.using { _ throws(FacesError) in } }.start()
  }

  /// The faces of a picture, highest score first.
  ///
  /// A large picture is searched for large faces first, at a reduced size. For smaller ones it is
  /// searched only where it has enough contrast for a face.
  ///
  /// - Parameters:
  ///   - smallest: the width of the smallest face to be found, in pixels: the picture is searched at
  ///     up to `window / smallest` of its size. At least 20.
  ///   - threshold: the minimum score. Faces of -0.5 are often real, and often not.
  ///   - extent: whether smaller faces matter once larger ones are found.
  ///   - near: where small faces are searched for in a large picture; empty for everywhere.
  public func find(
    in image: Image, smallest: Double = window, threshold: Double = 0, extent: SearchExtent = .all,
    near: [FaceBox] = []
  ) throws(FacesError) -> [FoundFace] {
    var faces: [FoundFace] = []
    let found = try detect(
      in: image, smallest: smallest, threshold: threshold, extent: extent, near: near)
    for (box, score) in found {
      let points = try landmarks.place(in: image, box: box)
      faces.append(FoundFace(box: box, score: score, landmarks: points))
    }
    return faces
  }

  /// The boxes and scores of a picture's faces, highest score first; parameters as in `find`.
  private func detect(
    in image: Image, smallest: Double, threshold: Double, extent: SearchExtent, near: [FaceBox]
  ) throws(FacesError) -> [(box: FaceBox, score: Double)] {
    precondition(smallest >= 20, "faces of \(smallest) pixels")
    var levels = PictureLevels(of: image, scale: FaceFinder.window / smallest)
    var found: [(box: FaceBox, score: Double)] = []
    for scale in levels.scales {
      let parts = levels.parts(at: scale, near: near)
      let pictures = parts.map { levels.picture(of: $0, scale: scale) }
      let results = ThreadPool.map(parts.count) { index in
        Result { () throws(FacesError) in
          try FaceFinder.detect(in: pictures[index], of: parts[index], threshold: threshold)
        }
      }
      for result in results { found += try result.get() }
      if extent == .largest, found.contains(where: { $0.score >= FaceFinder.surely }) { break }
    }
    return levels.scales.count == 1 ? found : FaceFinder.distinct(found)
  }

  /// From this score on a face is taken for one without looking for smaller ones.
  private static let surely = 0.3

  /// The faces in a part of a picture, in the picture's pixels.
  private static func detect(
    in searched: Image, of part: PictureLevels.Part, threshold: Double
  ) throws(FacesError) -> [(box: FaceBox, score: Double)] {
    let (x, y) = (
      Double(part.width) / Double(searched.width), Double(part.height) / Double(searched.height)
    )
    return try FaceDetector.using { detector throws(FacesError) in
      try detector.detect(in: searched, threshold: threshold).map { box, score in
        let place = FaceBox(
          x: Double(part.x) + box.x * x, y: Double(part.y) + box.y * y, width: box.width * x,
          height: box.height * y)
        return (place, score)
      }
    }
  }

  /// Of faces found more than once the ones with the highest scores, which come first.
  private static func distinct(
    _ found: [(box: FaceBox, score: Double)]
  ) -> [(box: FaceBox, score: Double)] {
    var kept: [(box: FaceBox, score: Double)] = []
    let ranked = found.sorted { ($0.score, $1.box.x, $1.box.y) > ($1.score, $0.box.x, $0.box.y) }
    for face in ranked where !kept.contains(where: { $0.box.overlap(with: face.box) > 0.3 }) {
      kept.append(face)
    }
    return kept
  }

  /// The landmarks of the face in a box.
  func landmarks(in image: Image, box: FaceBox) throws(FacesError) -> [SIMD2<Float>] {
    try landmarks.place(in: image, box: box)
  }
}
