public import Media

/// Finds the face of one person in frames that are far apart, such as every tenth of a video.
///
/// The first frame, and every eighth after it, is searched as a whole; the others only around the
/// last face and at a scale that suits its size, which takes a tenth of the time. If that fails, the
/// whole frame is searched. Of several faces the forged one is taken if a mask tells which it is;
/// otherwise the person that was taken before, unless another face is much larger.
public struct FaceSearch {
  /// Frames between two searches of whole frames.
  private static let interval = 8
  /// The side of the searched square, in widths of the last face.
  private static let reach = 2.5
  /// The minimum similarity of a person's faces.
  private static let likeness = 0.5
  /// A person is left for a face that is larger by this factor.
  private static let larger = 1.3

  private let finder: FaceFinder
  private let smallest: Double
  private var last: TrackedFace?
  /// Frames since a whole one was searched.
  private var frames = 0

  /// A search for faces of at least `smallest` pixels, as in `FaceFinder.find`.
  public init(finder: FaceFinder, smallest: Double = FaceFinder.window) {
    (self.finder, self.smallest) = (finder, smallest)
  }

  /// The person's face in the next frame; nil if none was found.
  ///
  /// - Parameter mask: hands out the picture of where the frame is forged, of any size; it is asked
  ///   only if the frame has several faces.
  public mutating func face(
    in image: Image, mask: () -> Image? = { nil }
  ) throws(FacesError) -> TrackedFace? {
    if let last, frames < FaceSearch.interval, let face = try nearby(last, in: image) {
      frames += 1
      self.last = face
      return face
    }
    var found: [FoundFace] = []
    if let last {
      found = try finder.find(in: image, smallest: max(smallest, 0.6 * last.box.width))
    }
    if found.isEmpty { found = try finder.find(in: image, smallest: smallest) }
    var faces: [TrackedFace] = []
    for face in found { faces.append(try TrackedFace(face, in: image, by: finder)) }
    guard let face = chosen(of: faces, in: image, mask) else { return nil }
    (last, frames) = (face, 1)
    return face
  }

  /// The last face, found again in its surroundings.
  private func nearby(_ last: TrackedFace, in image: Image) throws(FacesError) -> TrackedFace? {
    let box = last.box
    let margin = (FaceSearch.reach - 1) / 2 * box.width
    let (left, top) = (max(0, Int(box.x - margin)), max(0, Int(box.y - margin)))
    let right = min(image.width, Int(box.x + box.width + margin))
    let bottom = min(image.height, Int(box.y + box.height + margin))
    guard right - left >= 32, bottom - top >= 32 else { return nil }
    let part = image.cropped(x: left, y: top, width: right - left, height: bottom - top)
    var best: (face: TrackedFace, likeness: Double)?
    for var found in try finder.find(in: part, smallest: max(smallest, 0.75 * box.width)) {
      (found.box.x, found.box.y) = (found.box.x + Double(left), found.box.y + Double(top))
      found.landmarks = found.landmarks.map { $0 + SIMD2(Float(left), Float(top)) }
      let face = try TrackedFace(found, in: image, by: finder)
      let likeness = face.thumbnail.likeness(to: last.thumbnail)
      if likeness > best?.likeness ?? FaceSearch.likeness { best = (face, likeness) }
    }
    return best?.face
  }

  private func chosen(
    of faces: [TrackedFace], in image: Image, _ mask: () -> Image?
  ) -> TrackedFace? {
    guard faces.count > 1 else { return faces.first }
    if let mask = mask() {
      let shares = faces.map { FaceSearch.brightness(of: mask, in: $0.box, of: image) }
      if let most = shares.max(), most > 16, let index = shares.firstIndex(of: most) {
        return faces[index]
      }
    }
    let largest = faces.max { $0.box.width < $1.box.width }
    guard let last, let largest else { return largest }
    let same = faces.max { FaceSearch.sameness($0, last) < FaceSearch.sameness($1, last) }
    guard let same, same.thumbnail.likeness(to: last.thumbnail) > FaceSearch.likeness,
      largest.box.width < FaceSearch.larger * same.box.width
    else { return largest }
    return same
  }

  private static func sameness(_ face: TrackedFace, _ last: TrackedFace) -> Double {
    face.thumbnail.likeness(to: last.thumbnail) + face.box.overlap(with: last.box)
  }

  /// The mean of a mask within a face's box, 0…255.
  private static func brightness(of mask: Image, in box: FaceBox, of image: Image) -> Double {
    let steps = 16
    var sum = 0
    for row in 0..<steps {
      for column in 0..<steps {
        let x = box.x + box.width * (Double(column) + 0.5) / Double(steps)
        let y = box.y + box.height * (Double(row) + 0.5) / Double(steps)
        let (u, v) = (
          Int(x * Double(mask.width) / Double(image.width)),
          Int(y * Double(mask.height) / Double(image.height))
        )
        guard u >= 0, v >= 0, u < mask.width, v < mask.height else { continue }
        sum += Int(mask.pixels[(v * mask.width + u) * 3])
      }
    }
    return Double(sum) / Double(steps * steps)
  }
}
