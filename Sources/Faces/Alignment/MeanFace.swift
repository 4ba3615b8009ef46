/// The mean of many faces: 68 points in iBUG's order.
///
/// The unit is the side of the box that dlib's detector gives a face; the origin is the center of
/// the box's upper edge, x to the viewer's right, y down, z towards the camera from the center of
/// the inner points. x and y are the mean shape of dlib's model of 68 landmarks (iBUG 300-W). z
/// best explains the relative motion of the points in 1249 portraits of "Labeled Faces in the Wild"
/// under head rotation (weak perspective, symmetric faces).
public enum MeanFace {
  /// The points in space.
  public static let points: [SIMD3<Double>] = [
    SIMD3(-0.471, 0.322, -0.508), SIMD3(-0.467, 0.446, -0.491), SIMD3(-0.454, 0.570, -0.484),
    SIMD3(-0.428, 0.692, -0.469), SIMD3(-0.380, 0.805, -0.421), SIMD3(-0.305, 0.903, -0.344),
    SIMD3(-0.214, 0.985, -0.251), SIMD3(-0.114, 1.050, -0.159), SIMD3(0.000, 1.070, -0.128),
    SIMD3(0.114, 1.050, -0.159), SIMD3(0.214, 0.985, -0.251), SIMD3(0.305, 0.903, -0.344),
    SIMD3(0.380, 0.805, -0.421), SIMD3(0.428, 0.692, -0.469), SIMD3(0.454, 0.570, -0.484),
    SIMD3(0.467, 0.446, -0.491), SIMD3(0.471, 0.322, -0.508), SIMD3(-0.381, 0.231, -0.151),
    SIMD3(-0.323, 0.178, -0.074), SIMD3(-0.240, 0.163, -0.011), SIMD3(-0.155, 0.175, 0.040),
    SIMD3(-0.075, 0.208, 0.074), SIMD3(0.075, 0.208, 0.074), SIMD3(0.155, 0.175, 0.040),
    SIMD3(0.240, 0.163, -0.011), SIMD3(0.323, 0.178, -0.074), SIMD3(0.381, 0.231, -0.151),
    SIMD3(0.000, 0.306, 0.082), SIMD3(0.000, 0.386, 0.132), SIMD3(0.000, 0.465, 0.186),
    SIMD3(0.000, 0.547, 0.239), SIMD3(-0.096, 0.602, 0.079), SIMD3(-0.050, 0.619, 0.110),
    SIMD3(0.000, 0.634, 0.128), SIMD3(0.050, 0.619, 0.110), SIMD3(0.096, 0.602, 0.079),
    SIMD3(-0.286, 0.316, -0.098), SIMD3(-0.235, 0.286, -0.060), SIMD3(-0.174, 0.287, -0.048),
    SIMD3(-0.121, 0.328, -0.054), SIMD3(-0.178, 0.338, -0.053), SIMD3(-0.239, 0.337, -0.064),
    SIMD3(0.121, 0.328, -0.054), SIMD3(0.174, 0.287, -0.048), SIMD3(0.235, 0.286, -0.060),
    SIMD3(0.286, 0.316, -0.098), SIMD3(0.239, 0.337, -0.064), SIMD3(0.178, 0.338, -0.053),
    SIMD3(-0.183, 0.751, -0.122), SIMD3(-0.116, 0.724, -0.003), SIMD3(-0.047, 0.710, 0.061),
    SIMD3(0.000, 0.722, 0.071), SIMD3(0.047, 0.710, 0.061), SIMD3(0.116, 0.724, -0.003),
    SIMD3(0.183, 0.751, -0.122), SIMD3(0.118, 0.817, -0.049), SIMD3(0.052, 0.846, 0.006),
    SIMD3(0.000, 0.852, 0.015), SIMD3(-0.052, 0.846, 0.006), SIMD3(-0.118, 0.817, -0.049),
    SIMD3(-0.155, 0.755, -0.106), SIMD3(-0.048, 0.750, 0.045), SIMD3(0.000, 0.755, 0.057),
    SIMD3(0.048, 0.750, 0.045), SIMD3(0.155, 0.755, -0.106), SIMD3(0.049, 0.786, 0.011),
    SIMD3(0.000, 0.792, 0.022), SIMD3(-0.049, 0.786, 0.011),
  ]

  /// Brows, nose, eyes and mouth: the points used for alignment.
  ///
  /// The jaw line is less reliable.
  public static let inner = 17..<68

  /// The points seen from the front.
  static let flat = points.map { SIMD2($0.x, $0.y) }

  /// The points in an aligned crop, in pixels of 256×256.
  ///
  /// From the brows, at 65, to the chin, at 199, they lie within the rows of `Crop`, 48 to 208.
  public static let aligned = flat.map { SIMD2(128 + 148 * $0.x, 41 + 148 * $0.y) }
}
