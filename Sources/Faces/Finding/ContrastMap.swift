import Media

/// Where a much reduced picture has enough contrast for a face.
///
/// Its blocks are half as wide as the smallest face that is searched for.
struct ContrastMap {
  /// Blocks in a row, and rows of blocks.
  let width, height: Int
  private let isLively: [Bool]

  /// Pixels along a block's side: half the smallest face.
  static let block = 5
  /// The standard deviation of gray, 0–255, below which nothing is taken for a face.
  ///
  /// Faces have 20 and more; in fog, at night and out of focus some have 8.
  private static let least = 5.0

  /// A rectangle of blocks.
  struct Area: Equatable {
    var columns, rows: Range<Int>
  }

  init(of image: Image) {
    let (width, height) = (
      max(1, (image.width + ContrastMap.block - 1) / ContrastMap.block),
      max(1, (image.height + ContrastMap.block - 1) / ContrastMap.block)
    )
    (self.width, self.height) = (width, height)
    var sums = [Sums](repeating: Sums(), count: width * height)
    let values = image.pixels
    let pixels = values.span
    for y in 0..<image.height {
      var source = y * image.width * 3
      let line = y / ContrastMap.block * width
      for x in 0..<image.width {
        let gray = (Int(pixels[source]) + 2 * Int(pixels[source + 1]) + Int(pixels[source + 2])) / 4
        sums[line + x / ContrastMap.block].add(gray)
        source += 3
      }
    }
    // A window of two by two blocks is as large as the smallest face.
    var isLively = [Bool](repeating: false, count: width * height)
    for row in 0..<height {
      for column in 0..<width {
        let blocks = [(0, 0), (1, 0), (0, 1), (1, 1)].compactMap { x, y in
          column + x < width && row + y < height ? (row + y) * width + column + x : nil
        }
        let window = blocks.reduce(into: Sums()) { $0.add(sums[$1]) }
        guard window.deviation >= ContrastMap.least else { continue }
        for block in blocks { isLively[block] = true }
      }
    }
    self.isLively = isLively
  }

  /// Of some pixels: how many there are, their sum, and that of their squares.
  private struct Sums {
    var count = 0, sum = 0, squares = 0

    mutating func add(_ value: Int) {
      count += 1
      sum += value
      squares += value * value
    }

    mutating func add(_ other: Sums) {
      count += other.count
      sum += other.sum
      squares += other.squares
    }

    var deviation: Double {
      guard count > 0 else { return 0 }
      let mean = Double(sum) / Double(count)
      return max(0, Double(squares) / Double(count) - mean * mean).squareRoot()
    }
  }

  /// The rectangles around connected lively blocks, with a margin of two blocks, which the finder
  /// sees around a face.
  ///
  /// - Parameter isWanted: whether a block is to be searched at all.
  func areas(where isWanted: (_ column: Int, _ row: Int) -> Bool) -> [Area] {
    var isOpen = isLively
    for row in 0..<height {
      for column in 0..<width where isOpen[row * width + column] {
        isOpen[row * width + column] = isWanted(column, row)
      }
    }
    var areas: [Area] = []
    for start in isOpen.indices where isOpen[start] {
      var area = Area(
        columns: start % width..<start % width + 1, rows: start / width..<start / width + 1)
      var waiting = [start]
      isOpen[start] = false
      while let block = waiting.popLast() {
        let (column, row) = (block % width, block / width)
        area.columns =
          min(area.columns.lowerBound, column)..<max(area.columns.upperBound, column + 1)
        area.rows = min(area.rows.lowerBound, row)..<max(area.rows.upperBound, row + 1)
        for (x, y) in [(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)]
        where x >= 0 && y >= 0 && x < width && y < height && isOpen[y * width + x] {
          isOpen[y * width + x] = false
          waiting.append(y * width + x)
        }
      }
      let margin = 2
      areas.append(
        Area(
          columns: max(
            0, area.columns.lowerBound - margin)..<min(width, area.columns.upperBound + margin),
          rows: max(0, area.rows.lowerBound - margin)..<min(height, area.rows.upperBound + margin)))
    }
    return areas
  }
}
