/// A color in sRGB, each part in 0–255.
public struct Color: Equatable, Sendable {
  /// The red part.
  public var red: UInt8
  /// The green part.
  public var green: UInt8
  /// The blue part.
  public var blue: UInt8

  /// The color of the three parts.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A gray; 0 is black, 255 white.
  public init(gray: UInt8) {
    self.init(gray, gray, gray)
  }
}

extension Color {
  /// Background of contact sheets and plots.
  static let paper = Color(gray: 255)
  /// Titles and labels.
  static let ink = Color(32, 33, 36)
  /// Numbers at ticks, and notes.
  static let faintInk = Color(95, 99, 104)
  /// Lines of a plot's grid.
  static let grid = Color(232, 234, 237)
  /// A plot's frame.
  static let frame = Color(154, 160, 166)

  /// Colors that are distinguishable with any color vision (Okabe & Ito 2008), the darkest first.
  static let series = [
    Color(0, 114, 178), Color(213, 94, 0), Color(0, 158, 115), Color(204, 121, 167),
    Color(230, 159, 0), Color(86, 180, 233), Color(0, 0, 0),
  ]
}
