public import Engine

/// Derivatives of what a graph computes by what it is given.
extension Session {
  /// What a derivative was taken of, and by what.
  public struct Gradient: Sendable {
    /// The value of the output.
    public let output: Value
    /// The gradient at the input, in the order of its dimensions.
    public let gradient: Tensor
  }

  /// The gradient, at an input, of a function of an output.
  ///
  /// - Parameters:
  ///   - given: a value for each input.
  ///   - slopes: the gradient of the function at the output's numbers.
  /// - Throws: `unsupported` where the output depends on the input by an operator that has no derivative
  ///   here.
  public func gradient(
    _ given: [String: Value], of output: String, at input: String, slopes: (Value) -> [Double]
  ) throws(ONNXError) -> Gradient {
    var pass = try GradientPass(self, given)
    guard let value = pass.value(of: output) else {
      throw .invalid(reason: "there is no output '\(output)'")
    }
    try pass.backward(from: output, slopes: slopes(value))
    guard let gradient = pass.gradient(at: input) else {
      throw .invalid(reason: "the output '\(output)' does not depend on the input '\(input)'")
    }
    return Gradient(output: value, gradient: gradient)
  }

  /// The last feature map that an output depends on at more than one place, with the gradient at it.
  public struct FeatureMap: Sendable {
    /// The map, `[N, H, W, C]` or `[N, T, H, W, C]`, and its gradient.
    public let map, gradient: Tensor
  }

  /// What Grad-CAM needs: the last map of pictures, or the last sum of steps that are a square of patches,
  /// with or without a step of the class before them.
  ///
  /// - Returns: nil for a graph without such a map.
  /// - Throws: as `gradient(_:of:at:slopes:)`.
  public func lastMap(
    _ given: [String: Value], of output: String, slopes: (Value) -> [Double]
  ) throws(ONNXError) -> FeatureMap? {
    var pass = try GradientPass(self, given)
    guard let value = pass.value(of: output) else {
      throw .invalid(reason: "there is no output '\(output)'")
    }
    var found: FeatureMap?
    try pass.backward(from: output, slopes: slopes(value)) { step, made, gradient in
      found = FeatureMap(step, made, gradient)
      return found != nil
    }
    return found
  }
}

extension Session.FeatureMap {
  /// Nil for what is no map, and for one whose gradient is zero but at one place.
  fileprivate init?(_ step: Step, _ made: Slot, _ gradient: Slot) {
    var (made, gradient) = (made, gradient)
    let pictures = made.pictures ?? (step.isSum ? made.plainTensor : nil)
    guard let map = pictures,
      let slopes = made.pictures == nil ? gradient.asPlain() : gradient.asPictures()
    else { return nil }
    let shape = map.shape
    switch shape.count {
    case 3:
      guard let (first, side) = Session.FeatureMap.square(of: shape[1]) else { return nil }
      let channels = shape[2]
      func patches(_ tensor: Tensor) -> Tensor {
        tensor.reshaped(to: [shape[0], shape[1] * channels])
          .channels(first * channels..<shape[1] * channels)
          .reshaped(to: [shape[0], side, side, channels])
      }
      (self.map, self.gradient) = (patches(map), patches(slopes))
    case 4, 5:
      let sides = shape.dropLast().suffix(2)
      guard sides.allSatisfy({ $0 > 1 }), made.pictures != nil || sides.first == sides.last else {
        return nil
      }
      (self.map, self.gradient) = (map, slopes)
    default: return nil
    }
    guard self.gradient.read({ span in span.indices.contains { span[$0] != 0 } }) else {
      return nil
    }
  }

  /// The side of a square of patches, and the steps before it; nil for other numbers of steps.
  private static func square(of count: Int) -> (first: Int, side: Int)? {
    for first in 0...1 {
      let side = Int(Double(count - first).squareRoot().rounded())
      if side > 2, side * side == count - first { return (first, side) }
    }
    return nil
  }
}

extension Step {
  /// Whether it ends with the sum of two computed values, as a block with a shortcut does.
  fileprivate var isSum: Bool {
    switch self {
    case .convolution(_, _, _, let tail), .product(_, _, _, _, let tail): tail.addition != nil
    case .node(let node): node.operation == "Add"
    case .layer, .scale: false
    }
  }
}
