import Faces

/// The position of the first visible surface of each pixel, row by row.
struct PixelPlaces {
  let side: Int
  /// Along the view, in centimeters; infinite for the background.
  private(set) var distances: [Float]
  /// Far away for the background.
  private(set) var positions: [SIMD3<Float>]
  /// Unit vectors, facing the camera.
  private(set) var normals: [SIMD3<Float>]

  init(_ grid: SampleGrid, figure: Figure, side: Int, eye: SIMD3<Float>) {
    self.side = side
    distances = [Float](repeating: .infinity, count: side * side)
    positions = [SIMD3<Float>](repeating: SIMD3(repeating: 1e9), count: side * side)
    normals = [SIMD3<Float>](repeating: .zero, count: side * side)
    let count = Renderer.samplesPerPixel
    let nearness = grid.nearness.span
    for y in 0..<side {
      for x in 0..<side {
        var nearest = -Float.infinity
        var (column, row) = (0, 0)
        for sampleRow in y * count..<(y + 1) * count {
          for sampleColumn in x * count..<(x + 1) * count {
            let other = nearness[sampleRow * grid.width + sampleColumn]
            if other > nearest { (nearest, column, row) = (other, sampleColumn, sampleRow) }
          }
        }
        guard nearest > -.infinity else { continue }
        let triangle = Int(grid.triangles[row * grid.width + column])
        let (position, normal) = figure.place(
          triangle, grid.shares(of: triangle, at: SIMD2(Float(column), Float(row)) + 0.5))
        let index = y * side + x
        distances[index] = 1 / nearest
        positions[index] = position
        normals[index] = dot(normal, eye - position) < 0 ? normal * -1 : normal
      }
    }
  }
}
