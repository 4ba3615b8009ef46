import Foundation
import Media
import Testing

/// Changing a part of a frame changes that part alone.
struct VideoPatchTests {
  /// A round hole of 24×20 pixels at (20, 12).
  private static let mask = (0..<20 * 24).map { index -> UInt8 in
    let (x, y) = (Double(index % 24) - 11.5, Double(index / 24) - 9.5)
    return x * x / 144 + y * y / 100 < 1 ? 255 : 0
  }

  private func patch(of picture: Image) -> VideoPatch {
    let before = picture.cropped(x: 20, y: 12, width: 24, height: 20)
    return VideoPatch(
      x: 20, y: 12, before: before,
      after: Image(width: 24, height: 20, filled: Color(200, 120, 90)), mask: Self.mask)
  }

  @Test(arguments: [
    ("yuv420p", 1), ("yuv420p", 6), ("yuv420p", 8), ("yuv420p", 5), ("yuv422p", 1), ("yuv422p", 3),
    ("yuv444p", 2), ("yuv420p10le", 7), ("nv12", 1), ("p010le", 1), ("yuyv422", 1), ("gbrp", 4),
    ("bgra", 1), ("gray", 1), ("yuv420p16le", 1), ("gbrp10le", 1),
  ])
  func onlyTheMaskChanges(format: String, orientation: Int) throws {
    let info = VideoInfo(
      width: 64, height: 48, frameRate: Rational(25, 1), pixelFormat: format,
      orientation: orientation)
    let frame = try VideoFrame(
      Clips.picture(4, width: 64, height: 48), timestamp: 0, of: info)
    let before = try frame.picture()
    let after = try frame.patched(with: patch(of: before)).picture()
    var worst = 0
    for y in 0..<48 {
      for x in 0..<64 {
        let (column, row) = (x - 20, y - 12)
        let isInside =
          (0..<24).contains(column) && (0..<20).contains(row) && Self.mask[row * 24 + column] > 0
        if !isInside {
          #expect(after[x: x, y: y] == before[x: x, y: y], "(\(x), \(y))")
        } else if (28..<36).contains(x), (18..<26).contains(y), format != "gray" {
          let color = after[x: x, y: y]
          worst = max(
            worst, abs(Int(color.red) - 200), abs(Int(color.green) - 120),
            abs(Int(color.blue) - 90))
        }
      }
    }
    #expect(worst <= 4, "\(format): what was asked for is missed by \(worst)")
    #expect(after != before)
  }

  @Test func aPaletteBecomesRGB() throws {
    let info = VideoInfo(width: 64, height: 48, frameRate: Rational(25, 1), pixelFormat: "rgb565le")
    let frame = try VideoFrame(
      Clips.picture(4, width: 64, height: 48), timestamp: 0, of: info)
    let before = try frame.picture()
    let after = try frame.patched(with: patch(of: before)).picture()
    #expect(after[x: 32, y: 22] == Color(200, 120, 90))
    #expect(after[x: 2, y: 2] == before[x: 2, y: 2])
  }
}
