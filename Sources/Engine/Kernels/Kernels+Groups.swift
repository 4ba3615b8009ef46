extension Kernels {
  static func convolveGroups(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, slope: Float, _ settings: ConvolutionSettings
  ) -> Tensor {
    preconditionFailure("groups come with oneDNN")
  }

  static func convolveGroupsBackward(
    _ dy: Tensor, _ x: Tensor, _ y: Tensor, _ weight: Tensor, slope: Float,
    _ settings: ConvolutionSettings, into gradients: ConvolutionGradients
  ) -> Tensor {
    preconditionFailure("groups come with oneDNN")
  }
}
