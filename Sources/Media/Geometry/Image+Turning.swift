extension Image {
  /// The picture mirrored left to right.
  public func flippedHorizontally() -> Image {
    rearranged(width: width, height: height) { x, y in (width - 1 - x, y) }
  }

  /// The rectangle with its corner at column `x` of row `y`; it must lie inside the picture.
  public func cropped(x: Int, y: Int, width: Int, height: Int) -> Image {
    precondition(
      x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= self.width
        && y + height <= self.height,
      "\(width)x\(height) at (\(x), \(y)) of a picture of \(self.width)x\(self.height)")
    var part: [UInt8] = []
    part.reserveCapacity(width * height * 3)
    for row in y..<(y + height) {
      let start = (row * self.width + x) * 3
      part.append(contentsOf: pixels[start..<(start + width * 3)])
    }
    return Image(width: width, height: height, pixels: part)
  }

  /// Copies another picture into this one with its corner at column `x` of row `y`.
  ///
  /// It must lie inside.
  public mutating func paste(_ other: Image, x: Int, y: Int) {
    precondition(
      x >= 0 && y >= 0 && x + other.width <= width && y + other.height <= height,
      "\(other.width)x\(other.height) at (\(x), \(y)) of a picture of \(width)x\(height)")
    for row in 0..<other.height {
      let target = ((y + row) * width + x) * 3
      let source = row * other.width * 3
      pixels.replaceSubrange(
        target..<(target + other.width * 3),
        with: other.pixels[source..<(source + other.width * 3)])
    }
  }

  /// The picture upright, by EXIF's orientation (1–8; EXIF 2.32, section 4.6.4).
  func turned(upright orientation: Int) -> Image {
    let (right, bottom) = (width - 1, height - 1)
    return switch orientation {
    case 2: flippedHorizontally()
    case 3: rearranged(width: width, height: height) { x, y in (right - x, bottom - y) }
    case 4: rearranged(width: width, height: height) { x, y in (x, bottom - y) }
    case 5: rearranged(width: height, height: width) { x, y in (y, x) }
    case 6: rearranged(width: height, height: width) { x, y in (y, bottom - x) }
    case 7: rearranged(width: height, height: width) { x, y in (right - y, bottom - x) }
    case 8: rearranged(width: height, height: width) { x, y in (right - y, x) }
    default: self
    }
  }

  /// A picture whose pixel (x, y) is this one's pixel `source(x, y)`.
  private func rearranged(
    width: Int, height: Int, _ source: (_ x: Int, _ y: Int) -> (x: Int, y: Int)
  ) -> Image {
    var result = [UInt8](repeating: 0, count: pixels.count)
    var target = 0
    for y in 0..<height {
      for x in 0..<width {
        let (sourceX, sourceY) = source(x, y)
        let index = (sourceY * self.width + sourceX) * 3
        result[target] = pixels[index]
        result[target + 1] = pixels[index + 1]
        result[target + 2] = pixels[index + 2]
        target += 3
      }
    }
    return Image(width: width, height: height, pixels: result)
  }
}
