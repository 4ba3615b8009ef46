extension FacePatch {
  /// The patch, adjusted to match `original` along the mask's edge.
  ///
  /// Poisson blending (Pérez et al. 2003): inside the mask the patch keeps its details and gets a
  /// smooth offset, a membrane spanned by the difference at the mask's edge, computed by successive
  /// over-relaxation. The edge lies where the mask is one half, which is usually skin; where one of
  /// the two shows background there, the difference is limited to that of skin, so that no
  /// background color bleeds into the cheek.
  func joined(to original: FacePatch, mask: [Float]) -> FacePatch {
    precondition(mask.count == width * height && original.values.count == values.count, "sizes")
    var membrane = [SIMD4<Float>](repeating: .zero, count: mask.count)
    for pixel in mask.indices {
      for channel in 0..<3 {
        let part = pixel * 3 + channel
        membrane[pixel][channel] = original.values[part] - values[part]
      }
    }
    let inside = mask.indices.filter { pixel in
      let (x, y) = (pixel % width, pixel / width)
      return mask[pixel] > 0.5 && x > 0 && y > 0 && x < width - 1 && y < height - 1
    }
    let middle = FacePatch.middle(of: rim(around: inside).map { membrane[$0] })
    let reach = SIMD4<Float>(repeating: FacePatch.skinsReach)
    for pixel in mask.indices {
      membrane[pixel].clamp(lowerBound: middle - reach, upperBound: middle + reach)
    }
    for pixel in inside { membrane[pixel] = middle }
    let haste: Float = 1.9
    for _ in 0..<FacePatch.relaxations {
      for pixel in inside {
        var around: SIMD4<Float> = membrane[pixel - 1] + membrane[pixel + 1]
        around += membrane[pixel - width] + membrane[pixel + width]
        let change: SIMD4<Float> = around * 0.25 - membrane[pixel]
        membrane[pixel] += haste * change
      }
    }
    var result = self
    for pixel in mask.indices {
      for channel in 0..<3 { result.values[pixel * 3 + channel] += membrane[pixel][channel] }
    }
    return result
  }

  /// The pixels adjacent to a set of pixels, outside it.
  private func rim(around pixels: [Int]) -> [Int] {
    let inside = Set(pixels)
    return Set(pixels.flatMap { [$0 - 1, $0 + 1, $0 - width, $0 + width] })
      .subtracting(inside).sorted()
  }

  /// The median of each channel.
  private static func middle(of values: [SIMD4<Float>]) -> SIMD4<Float> {
    var middle = SIMD4<Float>.zero
    guard !values.isEmpty else { return middle }
    for channel in 0..<3 { middle[channel] = values.map { $0[channel] }.sorted()[values.count / 2] }
    return middle
  }

  /// The maximum deviation of colors along a face's edge from the median.
  private static let skinsReach: Float = 0.1
  /// Enough for 64×64: the remaining difference is below a hundredth of a level.
  private static let relaxations = 120
}
