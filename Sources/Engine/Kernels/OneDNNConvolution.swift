private import CDNNL
private import Synchronization

/// oneDNN's convolution for one shape: any stride, padding, dilation and groups.
///
/// Primitives, weights in their layout and scratch memory are created at the first use of each
/// pass and cached; `shared` caches one convolution per shape. Activations are NHWC, weights and
/// their gradients plain `[O, I / groups, KH, KW]` float32. bfloat16 activations are widened
/// before and rounded after.
final class OneDNNConvolution: Sendable {
  /// The shape of the convolution.
  let shape: ConvolutionShape
  private let passes: Mutex<[OneDNNConvolutionPass.Kind: OneDNNConvolutionPass]>

  /// Creates a convolution and its plain forward pass, so that a shape oneDNN rejects fails here.
  init(_ shape: ConvolutionShape) throws(EngineError) {
    self.shape = shape
    let kind = OneDNNConvolutionPass.Kind.forward(hasBias: true, slope: 1)
    passes = Mutex([kind: try OneDNNConvolutionPass(shape, kind)])
  }

  /// The cached convolution of this shape, created on first use.
  static func shared(_ shape: ConvolutionShape) throws(EngineError) -> OneDNNConvolution {
    if let known = all.withLock({ $0[shape] }) { return known }
    let new = try OneDNNConvolution(shape)
    all.withLock { $0[shape] = new }
    return new
  }

  /// y = x ∗ weight + bias, then the leaky ReLU of `slope`, if any.
  func forward(x: Tensor, weight: Tensor, bias: Tensor?, slope: Float?) -> Tensor {
    check(x, shape.inputShape)
    check(weight, shape.weightShape)
    if let bias { check(bias, [shape.outputs]) }
    let source = x.converted(to: .float32)
    let result = Tensor(uninitialized: shape.outputShape)
    unsafe run(.forward(hasBias: bias != nil, slope: slope ?? 1)) { pass in
      unsafe dflab_dnnl_run_forward(
        pass, source.floats, weight.floats, bias?.floats, result.floats)
    }
    return result.converted(to: x.precision)
  }

  /// The gradient at the input.
  func backwardData(dy: Tensor, weight: Tensor) -> Tensor {
    check(dy, shape.outputShape)
    check(weight, shape.weightShape)
    let gradient = dy.converted(to: .float32)
    let result = Tensor(uninitialized: shape.inputShape)
    unsafe run(.backwardData) { pass in
      unsafe dflab_dnnl_run_backward_data(pass, gradient.floats, weight.floats, result.floats)
    }
    return result.converted(to: dy.precision)
  }

  /// Adds the gradients of the weights and, if given, of the bias.
  func backwardWeights(
    x: Tensor, dy: Tensor, into weightGradient: inout Tensor, bias: inout Tensor?
  ) {
    check(x, shape.inputShape)
    check(dy, shape.outputShape)
    check(weightGradient, shape.weightShape)
    if let bias { check(bias, [shape.outputs]) }
    let (source, gradient) = (x.converted(to: .float32), dy.converted(to: .float32))
    weightGradient.makeUnique()
    bias?.makeUnique()
    unsafe run(.backwardWeights(hasBias: bias != nil)) { [weightGradient, bias] pass in
      unsafe dflab_dnnl_run_backward_weights(
        pass, source.floats, gradient.floats, weightGradient.floats, bias?.floats)
    }
  }

  private static let all = Mutex<[ConvolutionShape: OneDNNConvolution]>([:])

  /// Runs one pass, created on first use; passes share scratch memory and run one at a time.
  private func run(_ kind: OneDNNConvolutionPass.Kind, _ body: (OpaquePointer) -> Int32) {
    passes.withLock { passes in
      do throws(EngineError) {
        let pass: OneDNNConvolutionPass
        if let known = passes[kind] {
          pass = known
        } else {
          pass = try OneDNNConvolutionPass(shape, kind)
          passes[kind] = pass
        }
        try unsafe pass.run(body)
      } catch {
        // The shape was accepted at creation, so this can only be out of memory, as for a tensor.
        preconditionFailure("\(error) \(shape)")
      }
    }
  }

  private func check(_ tensor: Tensor, _ due: [Int]) {
    precondition(tensor.shape == due, "\(tensor.shape) where \(due) is due")
  }
}

/// The version of oneDNN.
enum OneDNN {
  /// The version of the loaded library, as major and minor.
  static var version: (major: Int, minor: Int) { parts(dflab_dnnl_version()) }

  /// The version that the program was built with; the major versions must be equal.
  static var builtFor: (major: Int, minor: Int) { parts(dflab_dnnl_compiled_version()) }

  private static func parts(_ version: Int32) -> (Int, Int) {
    (Int(version) / 100, Int(version) % 100)
  }
}
