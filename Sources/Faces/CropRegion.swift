/// The region of `Crop` in a picture of any size: the center of its central square.
///
/// Coordinates are continuous: pixel `k` of a row covers `k ..< k + 1`.
public struct CropRegion: Equatable, Sendable {
  /// The left edge.
  public let x: Double
  /// The upper edge.
  public let y: Double
  /// The side in pixels; not always an integer.
  public let side: Double

  /// The region in a picture of `width`×`height` pixels.
  public init(width: Int, height: Int) {
    let square = CenterSquare(width: width, height: height)
    side = Double(square.side) * Crop.coverage
    let margin = (Double(square.side) - side) / 2
    x = Double(square.x) + margin
    y = Double(square.y) + margin
  }

  /// A square by its upper left corner and its side.
  public init(x: Double, y: Double, side: Double) {
    (self.x, self.y, self.side) = (x, y, side)
  }

  /// The columns of pixels that the region overlaps.
  public var columns: Range<Int> { Int(x.rounded(.down))..<Int((x + side).rounded(.up)) }
  /// The rows of pixels that the region overlaps.
  public var rows: Range<Int> { Int(y.rounded(.down))..<Int((y + side).rounded(.up)) }
}

/// The largest centered square of a picture; an odd pixel is cut off at the right or bottom.
struct CenterSquare: Equatable {
  let x: Int
  let y: Int
  let side: Int

  init(width: Int, height: Int) {
    side = min(width, height)
    x = (width - side) / 2
    y = (height - side) / 2
  }
}
