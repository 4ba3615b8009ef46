import Foundation

@testable import Synthesis

/// One color, dull.
struct Paint: Material {
  var albedo = SIMD3<Float>(repeating: 0.5)
  var isSkin = true
  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    Surface(albedo: albedo, specular: 0)
  }
  func isFace(_ chart: SIMD2<Float>) -> Bool { isSkin }
}

extension Mesh {
  /// An ellipsoid whose chart is its longitude and latitude in radians.
  static func ball(
    center: SIMD3<Float> = SIMD3(0, 0, -8), radii: SIMD3<Float> = SIMD3(7.5, 11, 9),
    material: any Material = Paint(), rows: Int = 48
  ) -> Mesh {
    var mesh = Mesh(positions: [], charts: [], triangles: [], material: material)
    let columns = rows * 2
    for row in 0...rows {
      for column in 0...columns {
        let latitude = Float.pi * (Float(row) / Float(rows) - 0.5)
        let longitude = 2 * Float.pi * (Float(column) / Float(columns) - 0.5)
        let direction = SIMD3(
          sin(longitude) * cos(latitude), sin(latitude), cos(longitude) * cos(latitude))
        mesh.positions.append(center + radii * direction)
        mesh.charts.append(SIMD2(longitude, latitude))
        guard row < rows, column < columns else { continue }
        let first = Int32(row * (columns + 1) + column)
        let above = first + Int32(columns + 1)
        mesh.triangles.append(SIMD3(first, first + 1, above + 1))
        mesh.triangles.append(SIMD3(first, above + 1, above))
      }
    }
    return mesh
  }

  /// A plate that faces the camera, wound counter-clockwise as seen from it.
  static func plate(
    from low: SIMD2<Float>, to high: SIMD2<Float>, z: Float, material: any Material = Paint()
  ) -> Mesh {
    Mesh(
      positions: [
        SIMD3(low.x, low.y, z), SIMD3(high.x, low.y, z), SIMD3(high.x, high.y, z),
        SIMD3(low.x, high.y, z),
      ],
      charts: [low, SIMD2(high.x, low.y), high, SIMD2(low.x, high.y)],
      triangles: [SIMD3(0, 1, 2), SIMD3(0, 2, 3)], material: material)
  }
}
