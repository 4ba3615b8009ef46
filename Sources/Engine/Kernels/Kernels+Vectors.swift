private import CKernels

extension Kernels {
  /// target += factor · source.
  static func addScaled(
    _ source: UnsafePointer<Float>, by factor: Float, to target: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    unsafe dflab_add_scaled(source, factor, target, count)
  }
}
