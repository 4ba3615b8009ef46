import Media
import Testing

@Suite struct VideoPartTests {
  private func frame(
    _ format: String, width: Int = 208, height: Int = 128, orientation: Int = 1
  ) throws -> VideoFrame {
    let info = VideoInfo(
      width: width, height: height, frameRate: Rational(25, 1), pixelFormat: format,
      orientation: orientation)
    return try VideoFrame(
      Clips.picture(3, width: width, height: height), timestamp: 0, of: info)
  }

  @Test(
    arguments: [
      "yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "nv12", "yuyv422", "gbrp", "yuv410p", "bgr0",
      "gray",
    ])
  func aPartHasTheBitsOfTheWholePicture(format: String) throws {
    let frame = try frame(format)
    let whole = try frame.picture()
    for (columns, rows) in [(70..<101, 45..<90), (0..<208, 0..<128), (200..<208, 0..<1)] {
      let part = try frame.part(columns: columns, rows: rows)
      #expect(part.x <= columns.lowerBound && part.y <= rows.lowerBound)
      let (width, height) = (columns.count, rows.count)
      #expect(
        part.image.cropped(
          x: columns.lowerBound - part.x, y: rows.lowerBound - part.y, width: width, height: height)
          == whole.cropped(
            x: columns.lowerBound, y: rows.lowerBound, width: width, height: height),
        "\(format), \(columns), \(rows)")
    }
    #expect(try frame.part(columns: 100..<101, rows: 64..<65).image.width < 208)
  }

  @Test func ofAnOddSizeTheWholePictureIsAPart() throws {
    let frame = try frame("yuv420p", width: 131, height: 77)
    #expect(try frame.part(columns: 40..<50, rows: 30..<40) == PicturePart(frame.picture()))
  }

  @Test(arguments: [1, 6])
  func aPartOfATurnedVideoIsUpright(orientation: Int) throws {
    let frame = try frame("yuv420p", orientation: orientation)
    let part = try frame.part(columns: 70..<101, rows: 45..<90)
    let whole = try frame.picture()
    #expect(
      part.image.cropped(x: 70 - part.x, y: 45 - part.y, width: 31, height: 45)
        == whole.cropped(x: 70, y: 45, width: 31, height: 45))
  }

  @Test(arguments: [("yuv420p", 1), ("yuv444p", 6), ("yuv420p10le", 3), ("gbrp", 1)])
  func aReducedPictureIsThatOfTheMeans(format: String, orientation: Int) throws {
    let frame = try frame(format, orientation: orientation)
    let reduced = try frame.picture(reducedBy: 2)
    let halved = try frame.picture().halved()
    #expect(reduced.width == 104 && reduced.height == 64)
    let differences = zip(reduced.pixels, halved.pixels).map { abs(Int($0) - Int($1)) }
    #expect(differences.reduce(0, +) < 3 * differences.count, "\(format)")
    #expect(try frame.picture(reducedBy: 4).width == 52)
  }
}
