/// A point of a figure's surface.
struct SurfacePoint {
  let position: SIMD3<Float>
  /// Smooth over the mesh, a unit vector.
  let normal: SIMD3<Float>
  /// How fast the normal turns, in radians per centimeter.
  let curvature: Float
  let chart: SIMD2<Float>
  let material: any Material
  /// The derivatives of the position along the chart's two directions, in centimeters per chart
  /// unit.
  let alongS: SIMD3<Float>
  let alongT: SIMD3<Float>

  /// - Parameter shares: the barycentric coordinates of the second and third vertex.
  @inline(__always)
  init(_ figure: Figure, _ triangle: Int, _ shares: SIMD2<Float>) {
    let corner = figure.triangles[triangle]
    let (a, b, c) = (Int(corner.x), Int(corner.y), Int(corner.z))
    let (edge1, edge2) = (
      figure.positions[b] - figure.positions[a], figure.positions[c] - figure.positions[a]
    )
    let chart1 = figure.charts[b] - figure.charts[a]
    let chart2 = figure.charts[c] - figure.charts[a]
    position = figure.positions[a] + edge1 * shares.x + edge2 * shares.y
    chart = figure.charts[a] + chart1 * shares.x + chart2 * shares.y
    let first = 1 - shares.x - shares.y
    normal = normalized(
      figure.normals[a] * first + figure.normals[b] * shares.x + figure.normals[c] * shares.y)
    curvature =
      figure.curvatures[a] * first + figure.curvatures[b] * shares.x + figure.curvatures[c]
      * shares.y
    let area = chart1.x * chart2.y - chart1.y * chart2.x
    if area != 0 {
      alongS = (edge1 * chart2.y - edge2 * chart1.y) / area
      alongT = (edge2 * chart1.x - edge1 * chart2.x) / area
    } else {
      (alongS, alongT) = (.zero, .zero)
    }
    material = figure.parts[Int(figure.owners[triangle])].material
  }
}
