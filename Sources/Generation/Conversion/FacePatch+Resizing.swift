import Faces

extension FacePatch {
  /// The patch resized to the pixels that `region` of a picture overlaps.
  func resized(into region: CropRegion) -> FacePatch {
    let across = LanczosTaps(
      length: width, origin: region.x, extent: region.side, places: region.columns)
    let down = LanczosTaps(
      length: height, origin: region.y, extent: region.side, places: region.rows)
    return widened(by: across, to: region.columns.count)
      .heightened(by: down, to: region.rows.count)
  }

  private func widened(by taps: LanczosTaps, to columns: Int) -> FacePatch {
    var result = [Float](repeating: 0, count: columns * height * 3)
    for row in 0..<height {
      for column in 0..<columns {
        var color = SIMD3<Float>.zero
        for tap in column * taps.count..<(column + 1) * taps.count {
          let at = (row * width + taps.sources[tap]) * 3
          color += taps.weights[tap] * SIMD3(values[at], values[at + 1], values[at + 2])
        }
        let at = (row * columns + column) * 3
        result[at] = color.x
        result[at + 1] = color.y
        result[at + 2] = color.z
      }
    }
    return FacePatch(width: columns, height: height, values: result)
  }

  /// Row by row, so that the inner loop runs along memory.
  private func heightened(by taps: LanczosTaps, to rows: Int) -> FacePatch {
    let length = width * 3
    var result = [Float](repeating: 0, count: rows * length)
    for row in 0..<rows {
      for tap in row * taps.count..<(row + 1) * taps.count {
        let weight = taps.weights[tap]
        let source = taps.sources[tap] * length
        for k in 0..<length { result[row * length + k] += weight * values[source + k] }
      }
    }
    return FacePatch(width: width, height: rows, values: result)
  }

  /// The adjoint of `resized(into:)` for gradients.
  ///
  /// - Parameter side: rows and columns of the patch that was resized.
  func gathered(from region: CropRegion, side: Int) -> FacePatch {
    let across = LanczosTaps(
      length: side, origin: region.x, extent: region.side, places: region.columns)
    let down = LanczosTaps(
      length: side, origin: region.y, extent: region.side, places: region.rows)
    let length = width * 3
    var lines = [Float](repeating: 0, count: side * length)
    for row in 0..<height {
      for tap in row * down.count..<(row + 1) * down.count {
        let weight = down.weights[tap]
        let target = down.sources[tap] * length
        for k in 0..<length { lines[target + k] += weight * values[row * length + k] }
      }
    }
    var result = FacePatch(
      width: side, height: side, values: [Float](repeating: 0, count: side * side * 3))
    for row in 0..<side {
      for column in 0..<width {
        let from = row * length + column * 3
        let color = SIMD3(lines[from], lines[from + 1], lines[from + 2])
        for tap in column * across.count..<(column + 1) * across.count {
          let at = (row * side + across.sources[tap]) * 3
          let share = across.weights[tap] * color
          result.values[at] += share.x
          result.values[at + 1] += share.y
          result.values[at + 2] += share.z
        }
      }
    }
    return result
  }
}
