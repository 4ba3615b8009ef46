/// Samples a 256×256 picture through a grid of points.
///
/// Between four grid points the map is bilinear, so the samples of a row are evenly spaced. Pixels
/// are interpolated bilinearly in integers, with 5-bit fractions as in OpenCV; the weights of 4
/// samples sum to 4096, which `PackedPixel` can hold.
enum GridSampler {
  /// Fills `output`, `side`×`side`×3 in 0…1, with the picture under the grid's square.
  ///
  /// - Parameter samples: samples along each side of an output pixel, 1 or 2.
  static func sample(
    _ pixels: Span<UInt8>, through grid: PointGrid, samples: Int, tint: Tint,
    side: Int, into output: inout MutableSpan<Float>
  ) {
    let cells = grid.side - 1
    precondition(samples == 1 || samples == 2, "\(samples) points overflow the sums")
    precondition(side % cells == 0, "\(cells) cells do not divide \(side) pixels")
    precondition(pixels.count == pictureSide * pictureSide * 3, "not a 256×256 picture")
    let length = side / cells
    let scale = tint.scale / Float(samples * samples * 1024 * 255)
    for row in 0..<side {
      for cell in 0..<cells {
        var walks = (Walk(), Walk())
        walks.0 = Walk(grid, line: row * samples, cell: cell, pixels: length * samples)
        if samples == 2 {
          walks.1 = Walk(grid, line: row * 2 + 1, cell: cell, pixels: length * 2)
        }
        for column in cell * length..<(cell + 1) * length {
          var sum = walks.0.next(in: pixels)
          if samples == 2 {
            sum = sum + walks.0.next(in: pixels)
            sum = sum + walks.1.next(in: pixels) + walks.1.next(in: pixels)
          }
          let rgb = SIMD3(Float(sum.red), Float(sum.green), Float(sum.blue))
          let value = (rgb * scale + tint.offset).clamped(
            lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
          let at = (row * side + column) * 3
          output[at] = value.x
          output[at + 1] = value.y
          output[at + 2] = value.z
        }
      }
    }
  }

  private static let pictureSide = Crop.pictureSide

  /// Evenly spaced samples along a line in the picture, in 1/65536 of a pixel.
  private struct Walk {
    private var x = 0
    private var y = 0
    private var stepX = 0
    private var stepY = 0

    init() {}

    /// The samples of row `line` of the output, through one cell of the grid in `pixels` steps.
    init(_ grid: PointGrid, line: Int, cell: Int, pixels: Int) {
      let cellRow = line / pixels
      let down = (Double(line % pixels) + 0.5) / Double(pixels)
      let left = grid[cellRow, cell] * (1 - down) + grid[cellRow + 1, cell] * down
      let right = grid[cellRow, cell + 1] * (1 - down) + grid[cellRow + 1, cell + 1] * down
      let step = (right - left) / Double(pixels)
      // To the first sample's center, then from edges to centers, and half a fraction for rounding.
      let start = left + step / 2 - SIMD2(repeating: 0.5 - 1.0 / 64)
      x = Walk.fixed(start.x)
      y = Walk.fixed(start.y)
      stepX = Walk.fixed(step.x)
      stepY = Walk.fixed(step.y)
    }

    private static func fixed(_ value: Double) -> Int { Int((value * 65536).rounded()) }

    /// The pixel at the current position with a total weight of 1024 per channel; advances one
    /// step.
    @inline(__always)
    mutating func next(in pixels: Span<UInt8>) -> PackedPixel {
      // The last pixel is reached up to 1/32, so there is always a next one, without a branch.
      let last = (pictureSide - 1) << 16 - 1
      let x = min(max(x, 0), last)
      let y = min(max(y, 0), last)
      self.x &+= stepX
      self.y &+= stepY
      let rightward = UInt64(truncatingIfNeeded: x >> 11 & 31)
      let downward = UInt64(truncatingIfNeeded: y >> 11 & 31)
      let at = ((y >> 16) &* pictureSide &+ (x >> 16)) &* 3
      let below = at &+ pictureSide &* 3
      let top =
        PackedPixel(pixels, at: at) * (32 &- rightward)
        + PackedPixel(pixels, at: at &+ 3) * rightward
      let bottom =
        PackedPixel(pixels, at: below) * (32 &- rightward)
        + PackedPixel(pixels, at: below &+ 3) * rightward
      return top * (32 &- downward) + bottom * downward
    }
  }
}
