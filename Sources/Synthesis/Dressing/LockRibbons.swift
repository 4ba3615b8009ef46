/// Ribbons of many locks as one mesh.
struct LockRibbons {
  private var positions: [SIMD3<Float>] = []
  private var normals: [SIMD3<Float>] = []
  private var charts: [SIMD2<Float>] = []
  private var triangles: [SIMD3<Int32>] = []
  private var count = 0

  /// - Parameter tilt: how far the ribbon is turned about its line, in radians' tangent.
  mutating func append(
    _ line: [(place: SIMD3<Float>, outwards: SIMD3<Float>)], width: Float, tilt: Float
  ) {
    let first = Int32(positions.count)
    for index in line.indices {
      let before = line[max(index - 1, 0)].place
      let after = line[min(index + 1, line.count - 1)].place
      let along = normalized(after - before)
      let outwards = line[index].outwards
      let across = normalized(cross(outwards, along))
      let sideways = normalized(across + outwards * tilt)
      let share = Float(index) / Float(line.count - 1)
      // Round as a lock is: narrow at its root, widest after a third, drawn together at the tip.
      let half = sideways * (width * 0.5 * (0.55 + 1.3 * share - 1.4 * share * share))
      let place = line[index].place
      positions.append(place - half)
      positions.append(place + half)
      // Light sees the whole head of hair, and each lock as a little round.
      normals.append(normalized(outwards - sideways * 0.45))
      normals.append(normalized(outwards + sideways * 0.45))
      charts.append(SIMD2(Float(count) + 0.002, share))
      charts.append(SIMD2(Float(count) + 0.998, share))
    }
    for index in 0..<Int32(line.count - 1) {
      let corner = first + 2 * index
      triangles.append(SIMD3(corner, corner + 2, corner + 3))
      triangles.append(SIMD3(corner, corner + 3, corner + 1))
    }
    count += 1
  }

  func mesh(_ material: HairMaterial) -> Mesh {
    Mesh(
      positions: positions, charts: charts, triangles: triangles, material: material,
      normals: normals, isTwoSided: true)
  }
}
