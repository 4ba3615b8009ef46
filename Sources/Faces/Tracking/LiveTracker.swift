public import Media

/// Follows the faces of pictures that come one by one, such as those of a webcam.
///
/// From picture to picture faces are followed, which costs a fraction of a search. Every fifth picture is
/// searched for large faces in a reduced size; for small ones it is searched less often, and where there is
/// no face at all.
public struct LiveTracker {
  private let finder: FaceFinder
  private var known: [TrackedFace] = []
  private var number = 0

  /// A picture of so many is searched for faces of at least twice the smallest width.
  private static let interval = 5
  /// A search of so many is for the smallest faces.
  private static let thorough = 4
  /// The minimum overlap of boxes of the same face.
  private static let sameFace = 0.4

  public init(finder: FaceFinder) { self.finder = finder }

  /// The faces in the next picture, the largest first.
  public mutating func track(_ image: Image) throws(FacesError) -> [TrackedFace] {
    let followed = try SegmentTracker.prolong(known, over: [0], [image], beside: [], with: finder)
      .compactMap { $0[0] }
    let isDue = number % LiveTracker.interval == 0 || followed.count < known.count
    var found: [FoundFace] = []
    if isDue || followed.isEmpty {
      let isThorough = number % (LiveTracker.interval * LiveTracker.thorough) == 0
      if !isThorough { found = try finder.find(in: image, smallest: 2 * FaceFinder.window) }
      if found.isEmpty, followed.isEmpty || isThorough { found = try finder.find(in: image) }
    }
    var faces: [TrackedFace] = []
    for face in found { faces.append(try TrackedFace(face, in: image, by: finder)) }
    // What a search has missed may still be there.
    for face in followed
    where !faces.contains(where: { $0.box.overlap(with: face.box) > LiveTracker.sameFace }) {
      faces.append(face)
    }
    number += 1
    known = faces.sorted { ($0.box.width, $0.box.x) > ($1.box.width, $1.box.x) }
    return known
  }
}
