/// How far each pixel moves from each frame to the next: `[N, T, H, W, 3]` to `[N, T − 1, H, W, 2]`.
///
/// Red, green and blue are 0…1; displacements are to the right and down, in pixels. Dense optical flow
/// by polynomial expansion (Farnebäck 2003), as OpenCV's `calcOpticalFlowFarneback` computes it from
/// 8-bit pictures with `pyr_scale` 0.5, three levels of at least 32 pixels, windows of 15 pixels, three
/// iterations, `poly_n` 5 and `poly_sigma` 1.2, but without rounding the gray values. As there, pixels
/// near the right and lower edges move a little even in a still scene.
public struct OpticalFlow: Layer {
  /// Has no settings.
  public init() {}

  /// A leaf without attributes.
  public var node: LayerNode { LayerNode(.opticalFlow) }

  /// The displacements, in x's precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    _ = OpticalFlow.output(of: x.shape)
    return Kernels.opticalFlow(x.converted(to: .float32)).converted(to: x.precision)
  }

  /// Empty: nothing before this layer can be trained.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor { Tensor(zeros: [0]) }

  /// The shape of the output.
  static func output(of shape: [Int]) -> [Int] {
    precondition(
      shape.count == 5 && shape[1] > 1 && shape[4] == 3 && min(shape[2], shape[3]) > 1,
      "optical flow of \(shape)")
    return [shape[0], shape[1] - 1, shape[2], shape[3], 2]
  }
}
