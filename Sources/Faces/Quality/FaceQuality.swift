public import Media

/// The quality of an aligned crop as training data.
public struct FaceQuality: Equatable, Sendable {
  /// The variance of the Laplacian of the face's gray, 0–255: lower is more blurred.
  ///
  /// Over the region of `Crop`, at 256×256; enlarged faces count as blurred.
  public let sharpness: Double
  /// The mean gray in that region, 0…1.
  public let brightness: Double

  /// Measures an aligned crop, 256×256.
  public init(of picture: Image) {
    let region = CropRegion(width: picture.width, height: picture.height)
    let (columns, rows) = (region.columns, region.rows)
    let width = columns.count
    var gray = [Int32](repeating: 0, count: width * rows.count)
    var sum = 0
    let values = picture.pixels
    let pixels = values.span
    for (row, y) in rows.enumerated() {
      var source = (y * picture.width + columns.lowerBound) * 3
      for column in 0..<width {
        // Rec. 601, in 1/256.
        let red = Int32(pixels[source]) * 77
        let green = Int32(pixels[source + 1]) * 150
        let blue = Int32(pixels[source + 2]) * 29
        let value = (red + green + blue + 128) >> 8
        gray[row * width + column] = value
        sum += Int(value)
        source += 3
      }
    }
    brightness = Double(sum) / Double(gray.count * 255)
    sharpness = FaceQuality.laplacianVariance(gray, width: width)
  }

  private static func laplacianVariance(_ gray: [Int32], width: Int) -> Double {
    var (sum, squares, count) = (0, 0, 0)
    for row in 1..<gray.count / width - 1 {
      for at in row * width + 1..<(row + 1) * width - 1 {
        let value =
          Int(gray[at - 1] + gray[at + 1] + gray[at - width] + gray[at + width] - 4 * gray[at])
        sum += value
        squares += value * value
        count += 1
      }
    }
    let mean = Double(sum) / Double(count)
    return Double(squares) / Double(count) - mean * mean
  }
}
