import Media

/// A picture in the sizes at which it is searched for faces, the smallest first.
///
/// The finder sees faces from `FaceFinder.window` pixels on, so each size has a smallest face of its
/// own, half of that of the size before. Large pictures are searched in the smaller sizes as a
/// whole, and in the larger ones only where a face could be.
struct PictureLevels {
  let image: Image
  /// Pixels of each searched picture per pixel of the picture, along a side; each is twice the one
  /// before, the last is the one that was asked for.
  let scales: [Double]
  /// The picture in halves of its size: itself, a half, a quarter and so on.
  private var halves: [Image]

  /// A picture of at most this many pixels is searched as a whole, at once.
  private static let small = 600_000.0
  /// The smallest size of a larger picture has at most this many.
  private static let smallest = 150_000.0
  /// A larger part of a picture is searched in pieces, which bounds the memory.
  private static let mostPixels = 3_000_000.0

  /// - Parameter scale: the largest searched size, as a multiple of the picture's.
  init(of image: Image, scale: Double) {
    self.image = image
    halves = [image]
    var scales = [scale]
    let pixels = Double(image.width) * Double(image.height)
    let most = pixels * scale * scale > PictureLevels.small ? PictureLevels.smallest : .infinity
    while pixels * scales[0] * scales[0] > most {
      scales.insert(scales[0] / 2, at: 0)
    }
    self.scales = scales
  }

  /// A rectangle of the picture, in its pixels.
  struct Part: Equatable {
    var x, y, width, height: Int

    /// The smallest rectangle around both.
    func joined(_ other: Part) -> Part {
      let (left, top) = (min(x, other.x), min(y, other.y))
      return Part(
        x: left, y: top, width: max(x + width, other.x + other.width) - left,
        height: max(y + height, other.y + other.height) - top)
    }

    func meets(_ other: Part) -> Bool {
      x < other.x + other.width && other.x < x + width && y < other.y + other.height
        && other.y < y + height
    }
  }

  /// The whole picture as a part.
  var whole: Part { Part(x: 0, y: 0, width: image.width, height: image.height) }

  /// A part of the picture at a scale.
  mutating func picture(of part: Part, scale: Double) -> Image {
    var (source, step) = (0, 1)
    // The smallest of the halves that still has to be reduced, or the picture itself.
    while scale * Double(2 * step) <= 1, min(image.width, image.height) >= 4 * step {
      source += 1
      step *= 2
    }
    while halves.count <= source { halves.append(halves[halves.count - 1].halved()) }
    let half = halves[source]
    let (x, y) = (part.x / step, part.y / step)
    let columns = min(half.width - x, (part.x + part.width + step - 1) / step - x)
    let rows = min(half.height - y, (part.y + part.height + step - 1) / step - y)
    let cut =
      part == whole ? half : half.cropped(x: x, y: y, width: columns, height: rows)
    let width = max(1, Int((Double(part.width) * scale).rounded()))
    let height = max(1, Int((Double(part.height) * scale).rounded()))
    return cut.resized(width: width, height: height, filter: scale < 1 ? .area : .lanczos)
  }

  /// The parts to be searched at a scale: those with enough contrast for a face, and, if some are
  /// given, near these boxes.
  mutating func parts(at scale: Double, near boxes: [FaceBox]) -> [Part] {
    guard scale != scales[0] else { return [whole] }
    // A face of the finder's window is ten pixels wide here.
    let map = ContrastMap(of: picture(of: whole, scale: scale / 8))
    let reach = 1.5 * FaceFinder.window / scale
    let near = boxes.map { box in
      let margin = max(reach, box.width)
      return FaceBox(
        x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin,
        height: box.height + 2 * margin)
    }
    let side = 8 * Double(ContrastMap.block) / scale
    let found = map.areas { column, row in
      let block = FaceBox(
        x: Double(column) * side, y: Double(row) * side, width: side, height: side)
      return near.isEmpty || near.contains { $0.overlap(with: block) > 0 }
    }
    let areas = found.map { area in
      let (x, y) = (
        Int(Double(area.columns.lowerBound) * side), Int(Double(area.rows.lowerBound) * side)
      )
      let right = min(image.width, Int((Double(area.columns.upperBound) * side).rounded(.up)))
      let bottom = min(image.height, Int((Double(area.rows.upperBound) * side).rounded(.up)))
      return Part(x: x, y: y, width: max(1, right - x), height: max(1, bottom - y))
    }
    return PictureLevels.merged(areas).flatMap { split($0, scale) }
  }

  /// Parts that meet become one.
  private static func merged(_ parts: [Part]) -> [Part] {
    var result: [Part] = []
    for part in parts {
      var part = part
      while let other = result.firstIndex(where: part.meets) {
        part = part.joined(result.remove(at: other))
      }
      result.append(part)
    }
    return result.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
  }

  /// A part in pieces of bounded size, which overlap by twice the smallest face.
  private func split(_ part: Part, _ scale: Double) -> [Part] {
    guard Double(part.width) * Double(part.height) * scale * scale > PictureLevels.mostPixels else {
      return [part]
    }
    let margin = Int((FaceFinder.window / scale).rounded(.up))
    var (first, second) = (part, part)
    if part.width >= part.height {
      first.width = part.width / 2 + margin
      second.x = part.x + part.width / 2 - margin
      second.width = part.x + part.width - second.x
    } else {
      first.height = part.height / 2 + margin
      second.y = part.y + part.height / 2 - margin
      second.height = part.y + part.height - second.y
    }
    return split(first, scale) + split(second, scale)
  }
}
