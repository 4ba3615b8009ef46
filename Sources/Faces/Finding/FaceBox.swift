/// An upright rectangle in a picture, in pixels; in JSON `[x, y, width, height]`.
public struct FaceBox: Equatable, Sendable {
  /// The left and the upper edge.
  public var x, y: Double
  /// Greater than 0.
  public var width, height: Double

  /// A rectangle by its upper left corner and its size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }
}
