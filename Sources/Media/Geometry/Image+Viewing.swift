private import CPixels

extension Image {
  /// Fills `output`, row by row, with the picture resampled along both axes: of each color value, 0…255,
  /// `scale` times it minus `shift`.
  ///
  /// - Parameters:
  ///   - columns: of `width` source pixels.
  ///   - rows: of `height` source pixels, from top to bottom.
  ///   - isMirrored: whether the new columns are reversed.
  ///   - scale: for red, green and blue, as `shift`.
  public func view(
    columns: ResizeWeights, rows: ResizeWeights, isMirrored: Bool, scale: [Float], shift: [Float],
    into output: inout MutableSpan<Float>
  ) {
    let (width, height) = (columns.starts.count, rows.starts.count)
    precondition(
      columns.length == self.width && rows.length == self.height && width > 0 && height > 0
        && output.count == width * height * 3 && scale.count == 3 && shift.count == 3,
      "a view of \(width)×\(height) in \(output.count) values")
    var lines = [Float](repeating: 0, count: 3 * (self.width + width) + 8)
    let (across, down) = (columns.starts.map(Int64.init), rows.starts.map(Int64.init))
    unsafe output.withUnsafeMutableBufferPointer { output in
      guard let target = output.baseAddress else { return }
      unsafe cpixels_view(
        pixels, Int64(self.width), Int64(self.height), Int64(width), Int64(columns.count), across,
        columns.weights, Int64(height), Int64(rows.count), down, rows.weights, isMirrored ? 1 : 0,
        scale, shift, &lines, target)
    }
  }
}
