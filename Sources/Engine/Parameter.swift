/// Trainable values with their gradient.
///
/// Shared by reference between a layer, the optimizer and the checkpoint.
public final class Parameter: @unchecked Sendable {
  /// The values, float32, in the fastest order for the layer (`layout`).
  public var value: Tensor
  /// The gradient accumulated since `clearGradient`; same shape and order as `value`.
  ///
  /// Its memory is taken on first use, which inference never comes to.
  public var gradient: Tensor {
    get {
      let gradient = kept ?? Tensor(zeros: isTrainable ? value.shape : [0])
      kept = gradient
      return gradient
    }
    _modify {
      var gradient = gradient
      kept = nil
      defer { kept = gradient }
      yield &gradient
    }
  }
  private var kept: Tensor?
  /// False for running statistics, which are saved but not optimized.
  public let isTrainable: Bool
  /// The memory layout of `value`.
  public let layout: ParameterLayout

  /// - Parameters:
  ///   - plain: the values in the plain order of `layout`, which is PyTorch's.
  public init(_ plain: Tensor, layout: ParameterLayout = .plain, isTrainable: Bool = true) {
    value = layout.packed(plain)
    self.layout = layout
    self.isTrainable = isTrainable
  }

  /// The values in PyTorch's order, as stored in checkpoints.
  public var plain: Tensor {
    get { layout.unpacked(value) }
    set { value = layout.packed(newValue) }
  }

  /// The gradient in PyTorch's order.
  public var plainGradient: Tensor { layout.unpacked(gradient) }

  /// The shape in PyTorch's order.
  public var plainShape: [Int] { layout.plainShape(of: value) }

  /// Sets the gradient to zero.
  public func clearGradient() {
    gradient.makeUnique()
    unsafe gradient.address.initializeMemory(
      as: UInt8.self, repeating: 0, count: gradient.byteCount)
  }
}

/// A parameter with its name in checkpoints, such as `encoder.down.0.weight`.
public struct NamedParameter {
  /// The path in the layer tree.
  public let name: String
  /// The parameter itself, shared.
  public let parameter: Parameter

  public init(_ name: String, _ parameter: Parameter) {
    self.name = name
    self.parameter = parameter
  }
}

extension [NamedParameter] {
  /// The same parameters with `prefix` added to their paths.
  ///
  /// - Parameter prefix: the name of the step; an empty one leaves the paths as they are.
  public func under(_ prefix: String) -> [NamedParameter] {
    map { NamedParameter(LayerNode.path(prefix, $0.name), $0.parameter) }
  }
}
