import Media

/// A square part of a picture, seen at another size, perhaps in a mirror.
///
/// Coordinates are continuous: pixel `k` of a row covers `k ..< k + 1`. Outside the picture its
/// edge goes on.
struct PictureView: Equatable, Sendable {
  /// The left and the upper edge, in pixels of the picture.
  var x, y: Double
  /// Pixels of the picture along a side.
  var side: Double
  /// Whether left and right are exchanged.
  var isMirrored = false

  /// What a detector is shown of a picture.
  init(of image: Image, _ input: DetectorInput) {
    let square = Double(min(image.width, image.height))
    side = square * input.share
    x = (Double(image.width) - side) / 2
    y = (Double(image.height) - side) / 2
  }

  /// Fills `output`, `input.side`×`input.side`×3, with the view's pixels, normalized.
  ///
  /// Where the view shrinks each new pixel is the mean of what it covers, else it lies between
  /// the nearest centers.
  func draw(_ image: Image, _ input: DetectorInput, into output: inout MutableSpan<Float>) {
    let columns = ViewTaps(from: x, side: side, to: input.side, of: image.width)
    let rows = ViewTaps(from: y, side: side, to: input.side, of: image.height)
    let pixels = image.pixels
    let source = pixels.span
    let length = input.side * 3
    // Each old row is narrowed once, and added to the new rows that it is a part of.
    var narrow = [Float](repeating: 0, count: length)
    for index in 0..<input.side * length { output[index] = 0 }
    var next = 0
    for line in rows.lowest...rows.highest {
      while next < input.side, rows.starts[next] + rows.count <= line { next += 1 }
      guard next < input.side, rows.starts[next] <= line else { continue }
      columns.narrow(
        source, line: min(max(line, 0), image.height - 1), of: image.width, mirrored: isMirrored,
        into: &narrow)
      var row = next
      while row < input.side, rows.starts[row] <= line {
        let weight = rows.weights[row * rows.count + line - rows.starts[row]]
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

/// What each new pixel along one side takes from which old ones.
struct ViewTaps {
  /// The first old pixel of each new one; it may lie outside.
  let starts: [Int]
  /// Weights of one new pixel.
  let count: Int
  /// `count` weights for each new pixel, which add up to 1.
  let weights: [Float]

  var lowest: Int { starts.first ?? 0 }
  var highest: Int { (starts.last ?? 0) + count - 1 }

  init(from start: Double, side: Double, to target: Int, of length: Int) {
    let scale = side / Double(target)
    let shrinks = scale > 1
    let reach = shrinks ? Int(scale.rounded(.up)) + 1 : 2
    count = reach
    var starts: [Int] = []
    var weights: [Float] = []
    for index in 0..<target {
      let begin = start + Double(index) * scale
      let first =
        shrinks ? Int(begin.rounded(.down)) : Int((begin + scale / 2 - 0.5).rounded(.down))
      starts.append(first)
      for tap in 0..<reach {
        let at = Double(first + tap)
        let share =
          shrinks
          ? max(0, min(begin + scale, at + 1) - max(begin, at)) / scale
          : max(0, 1 - abs(begin + scale / 2 - 0.5 - at))
        weights.append(Float(share))
      }
    }
    (self.starts, self.weights) = (starts, weights)
  }

  /// One old row, mixed to the new width.
  func narrow(
    _ pixels: Span<UInt8>, line: Int, of width: Int, mirrored: Bool, into row: inout [Float]
  ) {
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
