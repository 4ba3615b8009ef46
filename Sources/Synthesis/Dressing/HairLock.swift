/// The growth parameters of a lock; lengths in centimeters.
struct HairLock {
  /// The root, and the surface normal of the head there.
  var root: SIMD3<Float>
  var normal: SIMD3<Float>
  /// The initial direction, along the head.
  var direction: SIMD3<Float>
  var length: Float
  var width: Float
  /// How steeply it rises from the head: 0 lies flat, 1 stands at 45°.
  var rise: Float
  /// The height above the skull that it settles at.
  var height: Float
  /// How soon it bends down: 0 never, 1 within a few centimeters.
  var weight: Float
  /// How soon it turns towards `goal`.
  var pull: Float = 0
  var goal = SIMD3<Float>.zero
}
