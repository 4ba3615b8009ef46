extension FacePatch {
  /// The patch, moved so that it meets `original` wherever the mask is 0, without a step.
  ///
  /// Poisson blending (Pérez et al. 2003): inside the mask every detail of the patch stays, while
  /// what is added to it is as smooth as can be. That addition is a membrane spanned by the
  /// difference at the mask's edge; successive over-relaxation finds it.
  func joined(to original: FacePatch, mask: [Float]) -> FacePatch {
    precondition(mask.count == width * height && original.values.count == values.count, "sizes")
    var membrane = (0..<mask.count).map { pixel in
      SIMD4(
        original.values[pixel * 3] - values[pixel * 3],
        original.values[pixel * 3 + 1] - values[pixel * 3 + 1],
        original.values[pixel * 3 + 2] - values[pixel * 3 + 2], 0)
    }
    let inside = mask.indices.filter { pixel in
      let (x, y) = (pixel % width, pixel / width)
      return mask[pixel] > 0 && x > 0 && y > 0 && x < width - 1 && y < height - 1
    }
    for pixel in inside { membrane[pixel] = .zero }
    let haste: Float = 1.9
    for _ in 0..<FacePatch.relaxations {
      for pixel in inside {
        let around =
          membrane[pixel - 1] + membrane[pixel + 1] + membrane[pixel - width]
          + membrane[pixel + width]
        membrane[pixel] += haste * (around * 0.25 - membrane[pixel])
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
