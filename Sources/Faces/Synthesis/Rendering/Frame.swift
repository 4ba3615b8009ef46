/// What the camera's lens sees before film and noise: one value a pixel, row by row.
struct Frame {
  /// Linear RGB; 1 is the brightest white of a well exposed picture, lights may be brighter.
  private(set) var colours: [SIMD3<Float>]
  /// How much of each pixel is face, 0…255.
  private(set) var mask: [UInt8]
  /// Centimetres from the camera; infinite where nothing is.
  private(set) var depth: [Float]

  /// Shades each pixel once for each surface that its samples see, and mixes by their number.
  init(_ grid: SampleGrid, figure: Figure, side: Int, backdrop: Backdrop, shader: Shader) {
    let count = grid.width / side
    colours = []
    mask = []
    depth = []
    colours.reserveCapacity(side * side)
    mask.reserveCapacity(side * side)
    depth.reserveCapacity(side * side)
    let share = 1 / Float(count * count)
    for y in 0..<side {
      for x in 0..<side {
        var colour = SIMD3<Float>.zero
        var face: Float = 0
        var nearest: Float = -.infinity
        var left: UInt64 = (1 << UInt64(count * count)) - 1
        func index(_ sample: Int) -> Int {
          (y * count + sample / count) * grid.width + x * count + sample % count
        }
        while left != 0 {
          let first = left.trailingZeroBitCount
          let at = index(first)
          left &= left - 1
          let sample = grid.samples[at]
          let (triangle, nearness) = (sample.triangle, sample.nearness)
          guard triangle >= 0 else {
            colour += backdrop.colour * share
            continue
          }
          let owner = figure.owners[Int(triangle)]
          var weight = share
          var others = left
          while others != 0 {
            let other = others.trailingZeroBitCount
            others &= others - 1
            let there = grid.samples[index(other)]
            guard there.triangle >= 0, figure.owners[Int(there.triangle)] == owner,
              abs(there.nearness - nearness) < 0.01 * nearness
            else { continue }
            left &= ~(1 << UInt64(other))
            weight += share
          }
          nearest = max(nearest, nearness)
          let point = SurfacePoint(figure, Int(triangle), sample.shares)
          colour += shader.colour(point) * weight
          if point.material.isFace(point.chart) { face += weight }
        }
        colours.append(colour)
        mask.append(UInt8((face * 255).rounded()))
        depth.append(nearest > 0 ? 1 / nearest : .infinity)
      }
    }
  }
}
