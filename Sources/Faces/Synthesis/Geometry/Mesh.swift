/// A surface of triangles with one material.
struct Mesh {
  /// In centimeters: x to the viewer's right, y up, z to the viewer, from the point between the eyes.
  var positions: [SIMD3<Float>]
  /// Where each vertex lies on the material: for skin, on `FaceChart`.
  var charts: [SIMD2<Float>]
  /// Three vertices each, counter-clockwise seen from outside.
  var triangles: [SIMD3<Int32>]
  var material: any Material
  /// True if both sides may be seen.
  var isTwoSided = false
}
