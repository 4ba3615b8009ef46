/// An 8-bit RGB picture.
public struct Image: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue, interleaved, row by row: `width * height * 3` values in 0–255.
  public var pixels: [UInt8]

  /// A picture of the given pixels, interleaved, row by row.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "no picture is \(width)x\(height)")
    precondition(
      pixels.count == width * height * 3, "\(pixels.count) values for \(width)x\(height) pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// A picture of one color.
  public init(width: Int, height: Int, filled color: Color) {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for _ in 0..<(width * height) {
      pixels.append(color.red)
      pixels.append(color.green)
      pixels.append(color.blue)
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// The pixel in column `x` of row `y`.
  public subscript(x x: Int, y y: Int) -> Color {
    get {
      let index = (y * width + x) * 3
      return Color(pixels[index], pixels[index + 1], pixels[index + 2])
    }
    set {
      let index = (y * width + x) * 3
      pixels[index] = newValue.red
      pixels[index + 1] = newValue.green
      pixels[index + 2] = newValue.blue
    }
  }
}
