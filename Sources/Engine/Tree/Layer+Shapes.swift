/// A layer visited by a walk through a network.
public struct LayerVisit {
  /// The names from the root to the layer, joined by periods.
  public let path: String
  /// The description of the layer.
  public let node: LayerNode
  /// The shapes of its input and output.
  public let input, output: [Int]

  /// Multiply-adds of the layer itself, without those of its children.
  public var ownMultiplyAdds: Int {
    switch node.operation {
    case .convolution, .convolution3D, .dense:
      let weights = node["weight"]?.plainShape.reduce(1, *) ?? 0
      return output.dropLast().reduce(1, *) * weights
    case .recurrent:
      let weights = node.ownParameters.reduce(0) {
        $0 + ($1.parameter.plainShape.count == 2 ? $1.parameter.plainShape.reduce(1, *) : 0)
      }
      return input[0] * input[1] * weights
    case .capsuleRouting: return input[0] * (node["weight"]?.value.count ?? 0)
    case .selfAttention:
      // Each pixel with each other: query by key, then attention weights by value.
      let depth = node.children.first?.layer.outputShape(for: input).last ?? 0
      let (channels, pixels) = (input[3], input[1] * input[2])
      return input[0] * pixels * pixels * (depth + channels)
    case .mixAttention:
      // Each row with each other, in every channel of both streams.
      return input.reduce(1, *) * input[1]
    case .crossAttention:
      // Each pixel with each other: keys, then attention weights by values, twice.
      let (channels, pixels) = (input[3] / 2, input[1] * input[2])
      return input[0] * pixels * pixels * (channels / 8 + 2 * channels)
    case .multiHeadAttention(let settings):
      let asking = settings.queries == .all ? input[1] : 1
      return input[0] * asking * input[1] * 2 * input[2]
    case .bandStatistics: return output.reduce(1, *) * input[3]
    default: return 0
    }
  }
}

extension Layer {
  /// The shape of the output for an input of the given shape, without a forward pass.
  public func outputShape(for input: [Int]) -> [Int] { walk(input) { _ in } }

  /// Multiply-adds for an input of the given shape.
  ///
  /// Products with learned weights and those of attention count; normalizations, activations and
  /// pooling do not.
  public func multiplyAdds(for input: [Int]) -> Int {
    var total = 0
    walk(input) { total += $0.ownMultiplyAdds }
    return total
  }

  /// Visits all layers of the tree, children before their parent.
  ///
  /// - Parameters:
  ///   - input: the shape of the input, batch first.
  ///   - path: the path of this tree in a larger one.
  /// - Returns: the shape of the output.
  @discardableResult
  public func walk(
    _ input: [Int], at path: String = "", _ visit: (LayerVisit) -> Void
  ) -> [Int] {
    let node = node
    let output = node.outputShape(for: input) { child, shape in
      child.layer.walk(shape, at: LayerNode.path(path, child.name), visit)
    }
    visit(LayerVisit(path: path, node: node, input: input, output: output))
    return output
  }
}

extension LayerNode {
  /// The shape of the output.
  ///
  /// - Parameter shape: the shape of a child's output for an input.
  fileprivate func outputShape(
    for input: [Int],
    of shape: (_ child: (name: String, layer: any Layer), _ input: [Int]) -> [Int]
  ) -> [Int] {
    switch operation {
    case .chain: return children.reduce(input) { shape($1, $0) }
    case .sum, .product:
      let outputs = children.map { shape($0, input) }
      return outputs[outputs.count - 1]
    case .concatenation:
      let outputs = children.map { shape($0, input) }
      return outputs[0].dropLast() + [outputs.reduce(0) { $0 + $1[$1.count - 1] }]
    case .selfAttention:
      for child in children { _ = shape(child, input) }
      return input
    case .squeezeExcitation:
      _ = shape(children[0], [input[0], input[3]])
      return input
    case .frames:
      let output = shape(children[0], EachFrame.images(input))
      return Array(input.prefix(2) + output.dropFirst())
    case .spectralNormalization, .detached: return shape(children[0], input)
    case .mixAttention:
      for child in children { _ = shape(child, input) }
      return input
    case .crossAttention:
      let (images, pixels) = (input[0], input[1] * input[2])
      let stream = input.dropLast() + [input[3] / 2]
      for child in children {
        switch child.name {
        // Both keys at once.
        case "shared": _ = shape(child, [2 * images, input[1], input[2], input[3] / 16])
        case "score1", "score2": _ = shape(child, [images * pixels, pixels])
        default: _ = shape(child, Array(stream))
        }
      }
      return input
    case .multiHeadAttention(let settings):
      let output = settings.output(of: input)
      let (rows, asking) = (input[0] * input[1], output.dropLast().reduce(1, *))
      for child in children {
        let isAsking = child.name == "query" || child.name == "out"
        _ = shape(child, [isAsking ? asking : rows, input[2]])
      }
      return output
    case .patchTokens:
      let pixels = shape(children[0], input)
      return [pixels[0], pixels[1] * pixels[2] + 1, pixels[3]]
    case .convolution(let convolution):
      return ConvolutionShape(convolution, of: input).outputShape
    case .convolution3D(let convolution): return convolution.output(of: input)
    case .recurrent(let settings): return settings.output(of: input)
    case .capsuleRouting(let settings): return settings.output(of: input)
    case .dense(_, let outputs, _): return [input[0], outputs]
    case .activation, .parametricReLU, .softmax, .squash, .dropout, .stochasticDepth,
      .batchNormalization, .instanceNormalization, .layerNormalization, .cosineTransform,
      .frequencyBand:
      return input
    case .channels(let range): return input.dropLast() + [range.count]
    case .channelMax: return input.dropLast() + [1]
    case .bandStatistics(let settings): return settings.output(of: input)
    case .maxPool(let window), .averagePool(let window): return window.output(of: input)
    case .maxPool3D(let window), .averagePool3D(let window): return window.output(of: input)
    case .globalAveragePool: return [input[0], input[input.count - 1]]
    case .temporalPool: return TemporalPool.output(of: input)
    case .opticalFlow: return OpticalFlow.output(of: input)
    case .statisticsPool: return [input[0], input[input.count - 1], 2]
    case .fourierTransform(let direction):
      let channels = input[input.count - 1]
      return input.dropLast() + [direction == .forward ? 2 * channels : channels / 2]
    case .polar(let part): return part.output(of: input)
    case .resize(_, let target): return target.output(of: input)
    case .pixelShuffle(let factor):
      return [
        input[0], input[1] * factor, input[2] * factor, input[3] / (factor * factor),
      ]
    case .pixelUnshuffle(let factor):
      return [
        input[0], input[1] / factor, input[2] / factor, input[3] * factor * factor,
      ]
    case .flatten: return [input[0], input.dropFirst().reduce(1, *)]
    case .reshape(let shape): return [input[0]] + shape
    }
  }
}
