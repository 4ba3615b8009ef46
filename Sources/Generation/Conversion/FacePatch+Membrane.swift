extension FacePatch {
  /// The patch, moved so that it meets `original` wherever the mask is 0, without a step.
  ///
  /// Poisson blending (Pérez et al. 2003): inside the mask every detail of the patch stays, while
  /// what is added to it is as smooth as can be. That addition is a membrane spanned by the
  /// difference at the mask's edge; successive over-relaxation finds it.
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
      return mask[pixel] > 0 && x > 0 && y > 0 && x < width - 1 && y < height - 1
    }
    for pixel in inside { membrane[pixel] = .zero }
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
    for pixel in inside {
      for channel in 0..<3 { result.values[pixel * 3 + channel] += membrane[pixel][channel] }
    }
    return result
  }

  /// Enough for 64×64: what is left of the first difference is below a hundredth of a level.
  private static let relaxations = 120
}
