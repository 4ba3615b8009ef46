/// Where in space the surface is that each pixel sees first, row by row.
struct PixelPlaces {
  let side: Int
  /// Along the view, in centimetres; infinite where nothing is.
  private(set) var distances: [Float]
  private(set) var positions: [SIMD3<Float>]
  /// Unit vectors, turned to the camera.
  private(set) var normals: [SIMD3<Float>]

  init(_ grid: SampleGrid, figure: Figure, side: Int, eye: SIMD3<Float>) {
    self.side = side
    distances = [Float](repeating: .infinity, count: side * side)
    positions = [SIMD3<Float>](repeating: .zero, count: side * side)
    normals = [SIMD3<Float>](repeating: .zero, count: side * side)
    let count = grid.width / side
    for y in 0..<side {
      for x in 0..<side {
        var nearest = SampleGrid.Sample()
        for sample in 0..<count * count {
          let at = (y * count + sample / count) * grid.width + x * count + sample % count
          let other = grid.samples[at]
          if other.nearness > nearest.nearness { nearest = other }
        }
        guard nearest.triangle >= 0 else { continue }
        let (position, normal) = figure.place(Int(nearest.triangle), nearest.shares)
        let index = y * side + x
        distances[index] = 1 / nearest.nearness
        positions[index] = position
        normals[index] = dot(normal, eye - position) < 0 ? normal * -1 : normal
      }
    }
  }
}
