import Faces

/// All triangles of the scene, in world space.
///
/// World space is the head space of a head that looks straight ahead: centimeters, x to the
/// viewer's right, y up, z towards the viewer.
struct Figure {
  private(set) var positions: [SIMD3<Float>] = []
  /// Unit vectors, smooth within a mesh.
  private(set) var normals: [SIMD3<Float>] = []
  /// How fast the normals turn, in radians per centimeter.
  private(set) var curvatures: [Float] = []
  private(set) var charts: [SIMD2<Float>] = []
  /// Three vertices each, counter-clockwise seen from outside.
  private(set) var triangles: [SIMD3<Int32>] = []
  /// The part that each triangle belongs to.
  private(set) var owners: [Int32] = []
  private(set) var parts: [Part] = []

  /// The common properties of a mesh's triangles.
  struct Part {
    let triangles: Range<Int>
    let material: any Material
    let hasHoles, isFrayed: Bool
    let isTwoSided: Bool
  }

  /// Meshes without holes come first: what they hide need not be tested for holes.
  init(_ meshes: [Mesh]) {
    for mesh in meshes where !mesh.material.hasHoles { append(mesh) }
    for mesh in meshes where mesh.material.hasHoles { append(mesh) }
  }

  private mutating func append(_ mesh: Mesh) {
    let first = Int32(positions.count)
    positions += mesh.positions
    charts += mesh.charts
    let smooth = mesh.normals ?? mesh.smoothNormals()
    normals += smooth
    curvatures += mesh.curvatures(smooth)
    let firstTriangle = triangles.count
    triangles.reserveCapacity(firstTriangle + mesh.triangles.count)
    for triangle in mesh.triangles { triangles.append(triangle &+ first) }
    owners += [Int32](repeating: Int32(parts.count), count: mesh.triangles.count)
    parts.append(
      Part(
        triangles: firstTriangle..<triangles.count, material: mesh.material,
        hasHoles: mesh.material.hasHoles, isFrayed: mesh.material.isFrayed,
        isTwoSided: mesh.isTwoSided))
  }
}

extension Figure {
  /// The position and unit normal of a point in a triangle.
  ///
  /// - Parameter shares: the barycentric coordinates of the second and third vertex.
  @inline(__always)
  func place(
    _ triangle: Int, _ shares: SIMD2<Float>
  ) -> (position: SIMD3<Float>, normal: SIMD3<Float>) {
    let corner = triangles[triangle]
    let (a, b, c) = (Int(corner.x), Int(corner.y), Int(corner.z))
    let first = 1 - shares.x - shares.y
    return (
      positions[a] * first + positions[b] * shares.x + positions[c] * shares.y,
      normalized(normals[a] * first + normals[b] * shares.x + normals[c] * shares.y)
    )
  }
}

extension Mesh {
  /// The vertex normals: means of the triangles' normals, weighted by area.
  func smoothNormals() -> [SIMD3<Float>] {
    var normals = [SIMD3<Float>](repeating: .zero, count: positions.count)
    for triangle in triangles {
      let (a, b, c) = (Int(triangle.x), Int(triangle.y), Int(triangle.z))
      let across = cross(positions[b] - positions[a], positions[c] - positions[a])
      normals[a] += across
      normals[b] += across
      normals[c] += across
    }
    for index in normals.indices { normals[index] = normalized(normals[index]) }
    return normals
  }

  /// How fast the normals turn at each vertex, in radians per centimeter: the mean over its edges.
  func curvatures(_ normals: [SIMD3<Float>]) -> [Float] {
    var turns = [SIMD2<Float>](repeating: .zero, count: positions.count)
    for triangle in triangles {
      let (a, b, c) = (Int(triangle.x), Int(triangle.y), Int(triangle.z))
      let turn = length(normals[b] - normals[a]) + length(normals[c] - normals[b])
      let way = length(positions[b] - positions[a]) + length(positions[c] - positions[b])
      let both = SIMD2(turn, way)
      turns[a] += both
      turns[b] += both
      turns[c] += both
    }
    return turns.map { $0.y > 0 ? $0.x / $0.y : 0 }
  }
}
