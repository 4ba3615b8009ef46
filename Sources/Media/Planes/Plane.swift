/// One number per pixel of a picture, such as a mask's coverage.
public struct Plane: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The numbers, row by row.
  public var values: [Float]

  /// A plane of the given numbers, row by row.
  public init(width: Int, height: Int, values: [Float]) {
    precondition(values.count == width * height, "\(values.count) values for \(width)x\(height)")
    (self.width, self.height, self.values) = (width, height, values)
  }

  /// A constant plane.
  public init(width: Int, height: Int, filled value: Float = 0) {
    self.init(
      width: width, height: height, values: [Float](repeating: value, count: width * height))
  }

  /// The number in column `x` of row `y`.
  public subscript(x x: Int, y y: Int) -> Float { values[y * width + x] }

  /// The plane with a function applied to each number.
  public func map(_ change: (Float) -> Float) -> Plane {
    Plane(width: width, height: height, values: values.map(change))
  }

  /// The numbers of 0…1 as 8 bits, clamped.
  public var gray: GrayImage {
    GrayImage(
      width: width, height: height,
      values: values.map { $0 > 0 ? UInt8((min($0, 1) * 255).rounded()) : 0 })
  }
}
