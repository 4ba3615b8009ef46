/// A rectangle of a frame's upright picture, before and after a change.
public struct VideoPatch: Equatable, Sendable {
  /// The rectangle's first column in the picture.
  public let x: Int
  /// The rectangle's first row in the picture.
  public let y: Int
  /// The original content.
  public let before: Image
  /// The new content, of the same size.
  public let after: Image
  /// One value per pixel; where it is 0 nothing changes.
  public let mask: [UInt8]

  /// A change with its corner at column `x` of row `y`.
  public init(x: Int, y: Int, before: Image, after: Image, mask: [UInt8]) {
    precondition(
      before.width == after.width && before.height == after.height
        && mask.count == before.width * before.height,
      "\(before.width)x\(before.height), \(after.width)x\(after.height), \(mask.count) in the mask")
    (self.x, self.y) = (x, y)
    (self.before, self.after) = (before, after)
    self.mask = mask
  }

  /// The same change in the stored picture, before rotation.
  func stored(in info: VideoInfo) -> VideoPatch {
    precondition(
      x >= 0 && y >= 0 && x + before.width <= info.width && y + before.height <= info.height,
      "\(before.width)x\(before.height) at (\(x), \(y)) of \(info.width)x\(info.height)")
    guard info.orientation != 1 else { return self }
    let back = Turn.undoing(info.orientation)
    let turn = Turn(info.orientation, width: info.width, height: info.height)
    let first = turn.stored(x: x, y: y)
    let last = turn.stored(x: x + before.width - 1, y: y + before.height - 1)
    var gray: [UInt8] = []
    for value in mask { gray.append(contentsOf: [value, value, value]) }
    let picture = Image(width: before.width, height: before.height, pixels: gray)
      .turned(upright: back)
    return VideoPatch(
      x: min(first.x, last.x), y: min(first.y, last.y), before: before.turned(upright: back),
      after: after.turned(upright: back),
      mask: stride(from: 0, to: gray.count, by: 3).map { picture.pixels[$0] })
  }
}

/// The rotation that turns stored pictures upright.
struct Turn {
  private let orientation: Int
  private let right, bottom: Int

  /// The rotation by EXIF's number to an upright picture of `width`×`height` pixels.
  init(_ orientation: Int, width: Int, height: Int) {
    self.orientation = orientation
    (right, bottom) = (width - 1, height - 1)
  }

  /// EXIF's number of the inverse rotation.
  static func undoing(_ orientation: Int) -> Int {
    switch orientation {
    case 6: 8
    case 8: 6
    default: orientation
    }
  }

  /// The stored position of a pixel of the upright picture.
  func stored(x: Int, y: Int) -> (x: Int, y: Int) {
    switch orientation {
    case 2: (right - x, y)
    case 3: (right - x, bottom - y)
    case 4: (x, bottom - y)
    case 5: (y, x)
    case 6: (y, right - x)
    case 7: (bottom - y, right - x)
    case 8: (bottom - y, x)
    default: (x, y)
    }
  }
}
