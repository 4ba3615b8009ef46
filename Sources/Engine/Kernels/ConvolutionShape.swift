/// Everything that the arithmetic of a two-dimensional convolution depends on.
struct ConvolutionShape: Hashable, Sendable {
  /// The pictures: `[batch, height, width, inputs]`.
  var batch, height, width, inputs: Int
  /// Channels of the output.
  var outputs: Int
  /// Rows and columns of the kernel.
  var kernelHeight, kernelWidth: Int
  /// Pixels between windows, pixels between taps of the kernel, and the number of groups of
  /// channels.
  var stride, dilation, groups: Int
  /// Rows and columns of zeros: above and to the left of the picture, and below and to the right.
  var padding, paddingAfter: Int

  /// A convolution; `kernel` is (rows, columns), and `paddingAfter` is `padding` unless given.
  init(
    batch: Int, height: Int, width: Int, inputs: Int, outputs: Int, kernel: (Int, Int),
    stride: Int = 1, padding: Int = 0, paddingAfter: Int? = nil, dilation: Int = 1,
    groups: Int = 1
  ) {
    self.batch = batch
    self.height = height
    self.width = width
    self.inputs = inputs
    self.outputs = outputs
    (kernelHeight, kernelWidth) = kernel
    self.stride = stride
    self.padding = padding
    self.paddingAfter = paddingAfter ?? padding
    self.dilation = dilation
    self.groups = groups
    precondition(
      min(batch, height, width, inputs, outputs, kernelHeight, kernelWidth) > 0
        && min(stride, dilation, groups) > 0 && min(padding, self.paddingAfter) >= 0
        && inputs % groups == 0 && outputs % groups == 0
        && paddedHeight >= reachHeight && paddedWidth >= reachWidth,
      "no convolution: \(self)")
  }

  /// A layer's convolution of images `[N, H, W, I]`.
  init(_ convolution: LayerOperation.Convolution, of input: [Int]) {
    precondition(
      input.count == 4 && input[3] == convolution.inputs,
      "\(input) into a convolution of \(convolution.inputs) channels")
    let rows = convolution.zeros(around: input[1])
    precondition(
      convolution.zeros(around: input[2]) == rows, "padding 'same' of \(input), which is no square")
    self.init(
      batch: input[0], height: input[1], width: input[2], inputs: convolution.inputs,
      outputs: convolution.outputs, kernel: (convolution.kernel, convolution.kernel),
      stride: convolution.stride, padding: rows.before, paddingAfter: rows.after,
      dilation: convolution.dilation, groups: convolution.groups)
  }

  /// `[N, H, W, I]`.
  var inputShape: [Int] { [batch, height, width, inputs] }
  /// `[N, H', W', O]`.
  var outputShape: [Int] {
    [
      batch, (paddedHeight - reachHeight) / stride + 1, (paddedWidth - reachWidth) / stride + 1,
      outputs,
    ]
  }
  /// `[O, I / groups, KH, KW]`, PyTorch's order.
  var weightShape: [Int] { [outputs, inputs / groups, kernelHeight, kernelWidth] }

  private var paddedHeight: Int { height + padding + paddingAfter }
  private var paddedWidth: Int { width + padding + paddingAfter }
  private var reachHeight: Int { (kernelHeight - 1) * dilation + 1 }
  private var reachWidth: Int { (kernelWidth - 1) * dilation + 1 }
}

extension LayerOperation.Convolution {
  /// The zeros before and after a row or column of `size` pixels.
  fileprivate func zeros(around size: Int) -> (before: Int, after: Int) {
    switch padding {
    case .even(let width): return (width, width)
    case .same:
      let windows = (size + stride - 1) / stride
      let total = max(0, (windows - 1) * stride + (kernel - 1) * dilation + 1 - size)
      return (total / 2, total - total / 2)
    }
  }
}
