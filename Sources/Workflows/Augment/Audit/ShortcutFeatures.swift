import Media

/// The features of a picture that a shortcut baseline sees: a vector for each baseline.
struct ShortcutFeatures: Equatable {
  /// By the baseline's name; the vectors of one name have one length.
  let vectors: [String: [Double]]

  /// Pixels from the edge that count as border.
  static let border = 8

  /// - Parameters:
  ///   - bytes: the picture's file.
  ///   - image: what it shows.
  init(file bytes: [UInt8], image: Image) {
    let shape = FileShape(of: bytes)
    vectors = [
      "file size": [Double(bytes.count)],
      "dimensions": [Double(shape.width), Double(shape.height)],
      "JPEG tables": ShortcutFeatures.padded(shape.tables, 128)
        + ShortcutFeatures.padded(shape.sampling, 6),
      "metadata": [Double(shape.metadata)],
      "border pixels": ShortcutFeatures.border(of: image),
      "mean color": ShortcutFeatures.color(of: image, x: 0..<image.width, y: 0..<image.height)
        .map { $0.mean },
    ]
  }

  private static func padded(_ numbers: [Int], _ count: Int) -> [Double] {
    (0..<count).map { $0 < numbers.count ? Double(numbers[$0]) : 0 }
  }

  /// The mean and the deviation of each channel along each of the four edges.
  static func border(of image: Image) -> [Double] {
    let (width, height) = (image.width, image.height)
    let depth = min(border, width, height)
    let edges = [
      (0..<width, 0..<depth), (0..<width, (height - depth)..<height),
      (0..<depth, 0..<height), ((width - depth)..<width, 0..<height),
    ]
    return edges.flatMap { x, y in
      color(of: image, x: x, y: y).flatMap { [$0.mean, $0.deviation] }
    }
  }

  private static func color(
    of image: Image, x columns: Range<Int>, y rows: Range<Int>
  ) -> [(mean: Double, deviation: Double)] {
    var sums = [Int](repeating: 0, count: 3)
    var squares = sums
    let pixels = image.pixels
    for y in rows {
      for x in columns {
        let place = (y * image.width + x) * 3
        for channel in 0..<3 {
          let value = Int(pixels[place + channel])
          sums[channel] += value
          squares[channel] += value * value
        }
      }
    }
    let count = Double(columns.count * rows.count)
    return (0..<3).map { channel in
      let mean = Double(sums[channel]) / count
      return (mean, max(0, Double(squares[channel]) / count - mean * mean).squareRoot())
    }
  }
}
