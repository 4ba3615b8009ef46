import Faces

/// The faces of one item of a public dataset, before they are written.
struct ImportedItem: Sendable {
  /// The faces, in the order of their frames.
  var faces: [Face] = []
  /// The number of frames and pictures that were searched, and of those without a face.
  var frames = 0
  var empty = 0
  /// The number of frames that cannot be read.
  var unreadable = 0
  /// True if the file ends too early; the faces before its end are kept.
  var isTruncated = false
  /// What is wrong with a file that cannot be read.
  var problem: SkippedFile.Reason?

  /// Why the item gives no face; nil if it gives some.
  var reason: SkippedFile.Reason? {
    guard faces.isEmpty else { return nil }
    return problem ?? (isTruncated ? .truncated : .faceless)
  }

  /// An aligned face.
  struct Face: Sendable {
    /// The JPEG file.
    let bytes: [UInt8]
    /// In pixels of the file.
    let landmarks: [SIMD2<Float>]
    /// The file that it comes from, below the dataset's folder.
    let source: String
    /// The number of the frame, from 0; nil for a picture.
    let frame: Int?
  }
}
