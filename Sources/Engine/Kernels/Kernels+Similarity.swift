private import CKernels

extension Kernels {
  /// Floats of scratch memory that `dissimilarity` needs for one picture.
  static func dissimilarityScratch(height: Int, width: Int, channels: Int) -> Int {
    dflab_dissimilarity_scratch(height, width, channels)
  }

  /// The structural dissimilarity of one picture `[height, width, channels]`, summed over windows
  /// and channels; `gradient` gets `scale` times its derivative.
  static func dissimilarity(
    _ prediction: UnsafePointer<Float>, _ target: UnsafePointer<Float>,
    weight: UnsafePointer<Float>?, height: Int, width: Int, channels: Int, scale: Float,
    gradient: UnsafeMutablePointer<Float>?, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    unsafe dflab_dissimilarity(
      prediction, target, weight, height, width, channels, scale, gradient, scratch)
  }
}
