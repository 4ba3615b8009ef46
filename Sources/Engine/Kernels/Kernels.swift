private import CKernels

/// The door to the C kernels: pointers go in, nothing is kept.
enum Kernels {
  /// Rounds float32 to bfloat16, to the nearest, ties to even.
  static func round(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<UInt16>, count: Int
  ) {
    unsafe dflab_round(source, target, count)
  }

  /// Widens bfloat16 to float32.
  static func widen(
    _ source: UnsafePointer<UInt16>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    unsafe dflab_widen(source, target, count)
  }
}
