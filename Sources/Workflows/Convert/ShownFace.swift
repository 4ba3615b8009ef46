/// The position of a swapped face in a frame or picture.
struct ShownFace: Codable, Equatable, Sendable {
  /// The time of the frame, in seconds; nil for a picture.
  var time: Double?
  /// The name of a picture in a folder; nil for a frame, or for the only picture.
  var name: String?
  /// The changed rectangle, in pixels of the upright picture.
  let x, y, width, height: Int

  /// Evenly spread elements.
  static func spread(_ all: [ShownFace], most: Int) -> [ShownFace] {
    let count = min(most, all.count)
    return (0..<count).map { all[(2 * $0 + 1) * all.count / (2 * count)] }
  }
}
