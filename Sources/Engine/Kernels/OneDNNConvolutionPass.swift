private import CDNNL

/// One pass of one convolution: owns oneDNN's primitives and their memory.
///
/// Used by one thread at a time, which `OneDNNConvolution` ensures.
@safe final class OneDNNConvolutionPass: @unchecked Sendable {
  /// Which pass.
  enum Kind: Hashable {
    case forward(hasBias: Bool, slope: Float)
    case backwardData
    case backwardWeights(hasBias: Bool)
  }

  private let handle: OpaquePointer

  init(_ shape: ConvolutionShape, _ kind: Kind) throws(EngineError) {
    var numbers = dflab_dnnl_shape(
      batch: Int64(shape.batch), height: Int64(shape.height), width: Int64(shape.width),
      inputs: Int64(shape.inputs), outputs: Int64(shape.outputs),
      kernel_height: Int64(shape.kernelHeight), kernel_width: Int64(shape.kernelWidth),
      stride: Int64(shape.stride), padding: Int64(shape.padding),
      padding_after: Int64(shape.paddingAfter), dilation: Int64(shape.dilation),
      groups: Int64(shape.groups))
    let (pass, hasBias, slope) =
      switch kind {
      case .forward(let hasBias, let slope): (dflab_dnnl_forward, hasBias, slope)
      case .backwardData: (dflab_dnnl_backward_data, false, 1)
      case .backwardWeights(let hasBias): (dflab_dnnl_backward_weights, hasBias, 1)
      }
    var handle: OpaquePointer?
    let status = unsafe dflab_dnnl_convolution_create(&handle, &numbers, pass, hasBias, slope)
    guard let handle = unsafe handle else {
      throw OneDNNConvolutionPass.failure("a convolution of oneDNN", status)
    }
    unsafe self.handle = handle
  }

  deinit { unsafe dflab_dnnl_convolution_destroy(handle) }

  /// Calls `body` with the pass; `body` returns oneDNN's status.
  func run(_ body: (OpaquePointer) -> Int32) throws(EngineError) {
    let status = unsafe body(handle)
    guard status == 0 else {
      throw OneDNNConvolutionPass.failure("a convolution of oneDNN", status)
    }
  }

  private static func failure(_ call: String, _ status: Int32) -> EngineError {
    .library(call: call, status: unsafe String(cString: dflab_dnnl_message(status)))
  }
}
