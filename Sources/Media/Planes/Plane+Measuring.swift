private import CPixels

extension Plane {
  /// The mean absolute difference from a plane of the same size.
  public func meanDifference(from other: Plane) -> Float {
    precondition(width == other.width && height == other.height, "planes of two sizes")
    return unsafe cpixels_mean_difference(values, other.values, Int64(values.count))
  }

  /// The standard deviation around each pixel, in squares with `radius` pixels to each side of it.
  public func localDeviation(radius: Int) -> Plane {
    // So wide a Gaussian is flat.
    let square = BlurTaps(deviation: 1e6, radius: radius)
    let (mean, power) = (blurred(by: square), map { $0 * $0 }.blurred(by: square))
    let deviations = unsafe [Float](unsafeUninitializedCapacity: values.count) { target, count in
      unsafe cpixels_deviation(mean.values, power.values, Int64(values.count), target.baseAddress)
      count = values.count
    }
    return Plane(width: width, height: height, values: deviations)
  }
}

extension Image {
  /// By how much the picture's green changes from each column, and from each row, of blocks of 8×8 pixels
  /// to the next: sums over all blocks, of which the last is that from a block to the one after it.
  ///
  /// - Parameters:
  ///   - left: the first column of the blocks.
  ///   - top: their first row.
  ///   - columns: the number of blocks side by side; the picture goes on after the last.
  ///   - rows: the number of them below each other; the picture goes on below the last.
  public func blockSteps(
    left: Int, top: Int, columns: Int, rows: Int
  ) -> (across: [Int], down: [Int]) {
    precondition(
      left >= 0 && top >= 0 && columns > 0 && rows > 0 && left + 8 * columns < width
        && top + 8 * rows < height,
      "\(columns)×\(rows) blocks at (\(left), \(top)) of \(width)×\(height)")
    var across = [Int64](repeating: 0, count: 8)
    var down = across
    unsafe pixels.withUnsafeBufferPointer { pixels in
      guard let first = pixels.baseAddress else { return }
      unsafe cpixels_block_steps(
        first + (top * width + left) * 3, Int64(width * 3), Int64(columns), Int64(rows), &across,
        &down)
    }
    return (across.map { Int($0) }, down.map { Int($0) })
  }
}
