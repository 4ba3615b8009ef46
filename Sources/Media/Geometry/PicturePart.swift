/// A rectangle of a picture.
public struct PicturePart: Equatable, Sendable {
  /// The rectangle's pixels.
  public let image: Image
  /// The column and the row of its upper left pixel in the picture.
  public let x, y: Int

  /// The part of a picture whose corner is at column `x` of row `y`; by default the whole picture.
  public init(_ image: Image, x: Int = 0, y: Int = 0) {
    (self.image, self.x, self.y) = (image, x, y)
  }
}
