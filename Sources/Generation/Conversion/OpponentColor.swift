/// Light, blue–yellow and red–green: axes along which natural colors are almost uncorrelated.
///
/// Orthonormal; Ruderman et al. 1998.
enum OpponentColor {
  static func from(_ rgb: SIMD3<Float>) -> SIMD3<Float> {
    SIMD3(
      (rgb.x + rgb.y + rgb.z) * third, (rgb.x + rgb.y - 2 * rgb.z) * sixth, (rgb.x - rgb.y) * half)
  }

  static func toRGB(_ color: SIMD3<Float>) -> SIMD3<Float> {
    let light = color.x * third
    let yellow = color.y * sixth
    let red = color.z * half
    return SIMD3(light + yellow + red, light + yellow - red, light - 2 * yellow)
  }

  private static let third: Float = 0.577_350_269
  private static let sixth: Float = 0.408_248_290
  private static let half: Float = 0.707_106_781
}
