import Faces
import Media

/// The face of a picture that says whom to swap.
enum ReferenceFace {
  /// What the largest face of a picture looks like.
  static func read(_ path: String, _ finder: FaceFinder) throws -> Thumbnail {
    let image = try Image(reading: path)
    let faces = try ClipTracker(finder: finder).track([image]).compactMap { $0[0] }
    guard let face = faces.max(by: { $0.box.width < $1.box.width }) else {
      throw LabError.noFace(path: path)
    }
    return face.thumbnail
  }
}
