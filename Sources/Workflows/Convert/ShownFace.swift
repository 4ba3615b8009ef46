/// Where a swapped face can be seen: a frame of a video or a picture, and the face's place in it.
struct ShownFace: Codable, Equatable, Sendable {
  /// When the frame is shown, in seconds; nil for a picture.
  var time: Double?
  /// The name of a picture in a folder; nil for a frame, or for the only picture.
  var name: String?
  /// The rectangle that was changed, in pixels of the upright picture.
  let x, y, width, height: Int

  /// Some of many, evenly spread.
  static func spread(_ all: [ShownFace], most: Int) -> [ShownFace] {
    let count = min(most, all.count)
    return (0..<count).map { all[(2 * $0 + 1) * all.count / (2 * count)] }
  }
}
