import Faces

/// The image on the sensor: one value per pixel, row by row.
struct Frame {
  /// Linear RGB; 1 is white in a correctly exposed picture, lights may be brighter.
  private(set) var colors: [SIMD3<Float>]
  /// The share of face in each pixel, 0…255.
  private(set) var mask: [UInt8]

  /// Shades each pixel once for each surface that its samples hit, and mixes by sample count.
  ///
  /// Surfaces with holes, such as hair, are shaded for each of their triangles.
  init(
    _ grid: SampleGrid, figure: Figure, places: PixelPlaces, view: View, occlusion: Occlusion,
    shader: Shader, backdrop: [SIMD3<Float>]
  ) {
    let side = places.side
    let count = Renderer.samplesPerPixel
    colors = backdrop
    mask = [UInt8](repeating: 0, count: side * side)
    let share = 1 / Float(count * count)
    let pixelSize = Float(count) / view.focalLength
    let (triangles, nearness) = (grid.triangles.span, grid.nearness.span)
    let owners = figure.owners.span
    // Read once: a part holds its material, which is counted whenever it is copied.
    let (holes, frays) = (figure.parts.map(\.hasHoles), figure.parts.map(\.isFrayed))
    /// The pixels with strands beside something else, and their neighbors.
    var frayed = [Bool](repeating: false, count: side * side)
    for y in 0..<side {
      for x in 0..<side where places.distances[y * side + x] < .infinity {
        var color = SIMD3<Float>.zero
        var (face, strands) = (Float(0), Float(0))
        var left: UInt64 = (1 << UInt64(count * count)) - 1
        func index(_ sample: Int) -> Int {
          (y * count + sample / count) * grid.width + x * count + sample % count
        }
        func place(_ sample: Int) -> SIMD2<Float> {
          SIMD2(Float(x * count + sample % count), Float(y * count + sample / count)) + 0.5
        }
        while left != 0 {
          let sample = left.trailingZeroBitCount
          let triangle = Int(triangles[index(sample)])
          left &= left - 1
          guard triangle >= 0 else {
            color += backdrop[y * side + x] * share
            continue
          }
          let near = nearness[index(sample)]
          let owner = owners[triangle]
          let hasHoles = holes[Int(owner)]
          var (weight, middle, twins) = (share, place(sample), Float(1))
          var others = left
          while others != 0 {
            let other = others.trailingZeroBitCount
            others &= others - 1
            let there = Int(triangles[index(other)])
            guard there == triangle || (there >= 0 && owners[there] == owner && !hasHoles),
              abs(nearness[index(other)] - near) < 0.008 * near
            else { continue }
            left &= ~(1 << UInt64(other))
            weight += share
            // The center of the samples in the same triangle represents all of them.
            if there == triangle {
              middle += place(other)
              twins += 1
            }
          }
          let distance = 1 / near
          let point = SurfacePoint(
            figure, triangle, grid.shares(of: triangle, at: middle / twins))
          color +=
            shader.color(
              point, shadow: occlusion.value(x: x, y: y, distance: distance),
              pixel: pixelSize * distance) * weight
          if point.material.isFace(point.chart) { face += weight }
          if frays[Int(owner)] { strands += weight }
        }
        if strands > 0, strands < 0.99 {
          for row in max(y - 1, 0)...min(y + 1, side - 1) {
            for column in max(x - 1, 0)...min(x + 1, side - 1) {
              frayed[row * side + column] = true
            }
          }
        }
        colors[y * side + x] = color
        mask[y * side + x] = UInt8((face * 255).rounded())
      }
    }
    soften(frayed, side: side)
  }

  /// Blurs pixels over their neighbors: strands are finer than samples, which hit or miss them.
  private mutating func soften(_ isFrayed: [Bool], side: Int) {
    let sharp = colors
    for pixel in 0..<side * side where isFrayed[pixel] {
      let (x, y) = (pixel % side, pixel / side)
      var sum = SIMD3<Float>.zero
      for row in -1...1 {
        for column in -1...1 {
          let (tx, ty) = (min(max(x + column, 0), side - 1), min(max(y + row, 0), side - 1))
          sum += sharp[ty * side + tx] * Float((2 - abs(column)) * (2 - abs(row)))
        }
      }
      colors[pixel] = sum / 16
    }
  }
}
