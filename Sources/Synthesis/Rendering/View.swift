import Faces

/// The camera's projection of the world onto the sample grid.
///
/// The camera looks along −z at the center of the face in its pose, so that a rotated head stays in
/// the picture like in a face finder's crop. With `zoom` 1, average pupils are 60 of 256 pixels
/// apart, 98 below the upper edge.
struct View {
  /// Pixels of the average face per centimeter in a picture of one side.
  private static let magnification: Float = 60 / 6.5 / 256
  /// The center of the face, in head space.
  private static let middle = SIMD3<Float>(0, -3.25, -4)
  /// The near clipping distance, in centimeters.
  static let near: Float = 5

  /// The camera's position.
  let eye: SIMD3<Float>
  /// Samples per centimeter at a distance of one centimeter.
  let focalLength: Float
  private let center: SIMD2<Float>

  /// - Parameter side: the samples along a side of the picture.
  init(_ camera: Camera, pose: Pose, side: Int) {
    let middle = Turn(pose)(View.middle, share: 1)
    eye = middle + SIMD3(0, 0, camera.distance - View.middle.z)
    focalLength = Float(side) * View.magnification * camera.zoom * camera.distance
    center = Float(side) * SIMD2(0.5 + camera.shiftX, 0.5 + camera.shiftY)
  }

  /// The projection of a point: x and y in samples, then its nearness for depth and for
  /// perspective: both its inverse distance along the view, or −1 if it is too near to be drawn.
  @inline(__always)
  func screen(_ point: SIMD3<Float>) -> SIMD4<Float> {
    let distance = eye.z - point.z
    guard distance > View.near else { return SIMD4(0, 0, -1, -1) }
    let nearness = 1 / distance
    let scale = focalLength * nearness
    return SIMD4(
      center.x + (point.x - eye.x) * scale, center.y - (point.y - eye.y) * scale, nearness, nearness
    )
  }
}
