/// A triangle mesh with one material.
struct Mesh {
  /// In centimeters: x to the viewer's right, y up, z towards the viewer, from the point between
  /// the eyes.
  var positions: [SIMD3<Float>]
  /// The coordinates of each vertex on the material: for skin, on `FaceChart`.
  var charts: [SIMD2<Float>]
  /// Vertex indices, counter-clockwise as seen from outside.
  var triangles: [SIMD3<Int32>]
  var material: any Material
  /// Unit vectors, where the surface is to be lit as though it were another, as locks are as parts of the hair; nil
  /// for the normals of the triangles.
  var normals: [SIMD3<Float>]?
  /// True if both sides may be visible.
  var isTwoSided = false
}
