import Faces
import Media

extension FacePatch {
  /// The patch resized to the pixels that `region` of a picture overlaps.
  func resized(into region: CropRegion) -> FacePatch {
    widened(by: across(region, from: width), to: region.columns.count)
      .heightened(by: down(region, from: height), to: region.rows.count)
  }

  private func across(_ region: CropRegion, from side: Int) -> ResizeWeights {
    ResizeWeights(
      lanczos: side, origin: region.x, extent: region.side, places: region.columns)
  }

  private func down(_ region: CropRegion, from side: Int) -> ResizeWeights {
    ResizeWeights(lanczos: side, origin: region.y, extent: region.side, places: region.rows)
  }

  private func widened(by across: ResizeWeights, to columns: Int) -> FacePatch {
    let (count, sources, weights) = (across.count, across.sources, across.weights)
    var result = [Float](repeating: 0, count: columns * height * 3)
    for row in 0..<height {
      for column in 0..<columns {
        var color = SIMD3<Float>.zero
        for tap in column * count..<(column + 1) * count {
          let at = (row * width + sources[tap]) * 3
          color += weights[tap] * SIMD3(values[at], values[at + 1], values[at + 2])
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
  private func heightened(by down: ResizeWeights, to rows: Int) -> FacePatch {
    let (count, sources, weights) = (down.count, down.sources, down.weights)
    let length = width * 3
    var result = [Float](repeating: 0, count: rows * length)
    for row in 0..<rows {
      for tap in row * count..<(row + 1) * count {
        let weight = weights[tap]
        let source = sources[tap] * length
        for k in 0..<length { result[row * length + k] += weight * values[source + k] }
      }
    }
    return FacePatch(width: width, height: rows, values: result)
  }

  /// The adjoint of `resized(into:)` for gradients.
  ///
  /// - Parameter side: rows and columns of the patch that was resized.
  func gathered(from region: CropRegion, side: Int) -> FacePatch {
    let (across, down) = (across(region, from: side), down(region, from: side))
    let length = width * 3
    let (rowCount, rowSources, rowWeights) = (down.count, down.sources, down.weights)
    var lines = [Float](repeating: 0, count: side * length)
    for row in 0..<height {
      for tap in row * rowCount..<(row + 1) * rowCount {
        let weight = rowWeights[tap]
        let target = rowSources[tap] * length
        for k in 0..<length { lines[target + k] += weight * values[row * length + k] }
      }
    }
    let (count, sources, weights) = (across.count, across.sources, across.weights)
    var result = FacePatch(
      width: side, height: side, values: [Float](repeating: 0, count: side * side * 3))
    for row in 0..<side {
      for column in 0..<width {
        let from = row * length + column * 3
        let color = SIMD3(lines[from], lines[from + 1], lines[from + 2])
        for tap in column * count..<(column + 1) * count {
          let at = (row * side + sources[tap]) * 3
          let share = weights[tap] * color
          result.values[at] += share.x
          result.values[at + 1] += share.y
          result.values[at + 2] += share.z
        }
      }
    }
    return result
  }
}
