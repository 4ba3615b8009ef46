import Media

/// A square part of a picture, resized and possibly flipped.
///
/// Coordinates are continuous: pixel `k` of a row covers `k ..< k + 1`. Outside the picture its
/// edge pixels repeat.
struct PictureView: Equatable, Sendable {
  /// The left and the upper edge, in pixels of the picture.
  var x, y: Double
  /// The side in pixels of the picture.
  var side: Double
  /// Whether the view is flipped horizontally.
  var isMirrored = false

  /// The default view of a detector.
  init(of image: Image, _ input: DetectorInput) {
    let square = Double(min(image.width, image.height))
    side = square * input.share
    x = (Double(image.width) - side) / 2
    y = (Double(image.height) - side) / 2
  }

  /// Fills `output`, `input.side`×`input.side`×3, with the view's normalized pixels.
  ///
  /// A reduced view is area-averaged, an enlarged one interpolated bilinearly.
  func draw(_ image: Image, _ input: DetectorInput, into output: inout MutableSpan<Float>) {
    let columns = ResizeWeights(part: x, side: side, to: input.side, of: image.width)
    let rows = ResizeWeights(part: y, side: side, to: input.side, of: image.height)
    let (starts, count, weights) = (rows.starts, rows.count, rows.weights)
    let lowest = starts.first ?? 0
    let highest = (starts.last ?? 0) + count - 1
    let pixels = image.pixels
    let source = pixels.span
    let length = input.side * 3
    // Each source row is narrowed once, and added to the new rows that it contributes to.
    var narrow = [Float](repeating: 0, count: length)
    for index in 0..<input.side * length { output[index] = 0 }
    var next = 0
    for line in lowest...highest {
      while next < input.side, starts[next] + count <= line { next += 1 }
      guard next < input.side, starts[next] <= line else { continue }
      columns.narrow(
        source, line: min(max(line, 0), image.height - 1), of: image.width, mirrored: isMirrored,
        into: &narrow)
      var row = next
      while row < input.side, starts[row] <= line {
        let weight = weights[row * count + line - starts[row]]
        if weight != 0 {
          for index in 0..<length { output[row * length + index] += weight * narrow[index] }
        }
        row += 1
      }
    }
    let scale = (0..<3).map { 1 / (255 * input.deviation[$0]) }
    let shift = (0..<3).map { input.mean[$0] / input.deviation[$0] }
    for pixel in 0..<input.side * input.side {
      for channel in 0..<3 {
        output[pixel * 3 + channel] = output[pixel * 3 + channel] * scale[channel] - shift[channel]
      }
    }
  }
}

extension ResizeWeights {
  /// One source row, resampled to the new width.
  fileprivate func narrow(
    _ pixels: Span<UInt8>, line: Int, of width: Int, mirrored: Bool, into row: inout [Float]
  ) {
    let (starts, count, weights) = (starts, count, weights)
    let begin = line * width
    for column in starts.indices {
      var (red, green, blue): (Float, Float, Float) = (0, 0, 0)
      for tap in 0..<count {
        let weight = weights[column * count + tap]
        let at = (begin + min(max(starts[column] + tap, 0), width - 1)) * 3
        red += weight * Float(pixels[at])
        green += weight * Float(pixels[at + 1])
        blue += weight * Float(pixels[at + 2])
      }
      let target = (mirrored ? starts.count - 1 - column : column) * 3
      row[target] = red
      row[target + 1] = green
      row[target + 2] = blue
    }
  }
}
