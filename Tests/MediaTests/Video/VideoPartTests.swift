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

  @Test(arguments: ["yuv420p", "yuvj420p"], [2, 4, 8])
  func aReducedPictureOfTheUsualFormatsHasExactColors(format: String, divisor: Int) throws {
    let colors = [
      Color(0, 0, 0), Color(255, 255, 255), Color(255, 0, 0), Color(0, 255, 0), Color(0, 0, 255),
      Color(7, 130, 251), Color(128, 127, 126),
    ]
    // A large video has another color matrix.
    for (width, height) in [(208, 128), (1280, 720)] {
      for color in colors {
        let frame = try VideoFrame(
          Image(width: width, height: height, filled: color), timestamp: 0,
          of: VideoInfo(
            width: width, height: height, frameRate: Rational(25, 1), pixelFormat: format))
        let (whole, reduced) = (try frame.picture(), try frame.picture(reducedBy: divisor))
        #expect(reduced.width == width / divisor && reduced.height == height / divisor)
        for channel in 0..<3 {
          let (own, exact) = (reduced.pixels[channel], whole.pixels[channel])
          #expect(abs(Int(own) - Int(exact)) <= 1, "\(color): \(own) instead of \(exact)")
        }
        #expect(
          Set(stride(from: 0, to: reduced.pixels.count, by: 3).map { reduced.pixels[$0] }).count
            == 1)
      }
    }
  }

  @Test func eachPixelOfAReducedPictureIsTheMeanOfThoseThatItCovers() throws {
    let gray = (0..<64 * 48).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 64 * 11) }
    let picture = Image(width: 64, height: 48, pixels: gray.flatMap { [$0, $0, $0] })
    let frame = try VideoFrame(
      picture, timestamp: 0,
      of: VideoInfo(width: 64, height: 48, frameRate: Rational(25, 1), pixelFormat: "yuvj420p"))
    for divisor in [2, 4, 8] {
      let reduced = try frame.picture(reducedBy: divisor)
      for place in 0..<reduced.width * reduced.height {
        let (left, top) = (place % reduced.width * divisor, place / reduced.width * divisor)
        var sum = 0
        for y in top..<top + divisor {
          for x in left..<left + divisor { sum += Int(gray[y * 64 + x]) }
        }
        let mean = Double(sum) / Double(divisor * divisor)
        #expect(abs(Double(reduced.pixels[3 * place]) - mean) <= 1)
      }
    }
  }

  @Test func aReducedPictureOfAnOddSizeIsRoundedDown() throws {
    let frame = try frame("yuv420p", width: 131, height: 77)
    let reduced = try frame.picture(reducedBy: 2)
    #expect(reduced.width == 65 && reduced.height == 38)
  }
}
