public import Engine
public import Foundation

/// Writes networks of the engine's layers as graphs in ONNX's format.
///
/// Pictures are `[N, C, H, W]` in the graph, clips `[N, T, C, H, W]`, and the number N is the caller's choice.
/// Initializers bear the names of parameters in checkpoints; nodes, the paths of their layers.
public struct GraphWriter {
  /// A value of the graph.
  public struct Flow {
    let name: String
    /// The shape as the engine has it, for one picture or clip: `[1, T, H, W, C]`, `[1, H, W, C]`, `[1, T, C]` or
    /// `[1, C]`.
    let shape: [Int]
    /// Whether a clip is `[N, T, C, H, W]` in the graph, as frames are read, or `[N, C, T, H, W]`, as volumes are.
    var isFramesFirst = false
  }

  /// The version of ONNX's operators that graphs are written in.
  public static let opset = 17
  private static let formatVersion: Int64 = 8

  private var message = Onnx_GraphProto()
  private var names: Set<String> = []
  /// The initializers that are parameters: a layer that is used twice has its own once.
  private var parameters: Set<String> = []
  /// What parameters are divided by.
  var divisors: [String: Float] = [:]

  /// An empty graph.
  public init(name: String) { message.name = name }

  /// An input of pictures `[N, C, H, W]`, named `name`.
  public mutating func pictures(_ name: String, side: Int, channels: Int = 3) -> Flow {
    message.input.append(port(name, [channels, side, side]))
    names.insert(name)
    return Flow(name: name, shape: [1, side, side, channels])
  }

  /// An input of clips `[N, T, C, H, W]`, named `name`.
  public mutating func clips(_ name: String, frames: Int, side: Int, channels: Int = 3) -> Flow {
    message.input.append(port(name, [frames, channels, side, side]))
    names.insert(name)
    return Flow(name: name, shape: [1, frames, side, side, channels], isFramesFirst: true)
  }

  /// Pictures or clips less a number for each channel, divided by another.
  public mutating func normalized(_ x: Flow, mean: [Float], deviation: [Float]) -> Flow {
    let shape = [Int](repeating: 1, count: x.shape.count - 3) + [mean.count, 1, 1]
    let centered = node(
      "Sub", [x.name, constant("input.mean", shape, mean)], at: "input", like: x)
    return node(
      "Div", [centered.name, constant("input.deviation", shape, deviation)], at: "input", like: x)
  }

  /// A value times a number, named `name`.
  public mutating func scaled(_ x: Flow, by factor: Float, at name: String) -> Flow {
    node("Mul", [x.name, constant("\(name).factor", [], [factor])], at: name, like: x)
  }

  /// Some of the channels of pictures.
  public mutating func channels(_ range: Range<Int>, of x: Flow, at name: String) -> Flow {
    sliced(x, range, axis: 1, at: name, x.shape.dropLast() + [range.count])
  }

  /// 1 / (1 + exp(−(slope · x + offset))).
  public mutating func probability(_ x: Flow, slope: Float, offset: Float) -> Flow {
    let scaled = node(
      "Mul", [x.name, constant("calibration.slope", [1], [slope])], at: "calibration", x.shape)
    let moved = node(
      "Add", [scaled.name, constant("calibration.offset", [1], [offset])], at: "calibration",
      x.shape)
    return node("Sigmoid", [moved.name], at: "calibration", x.shape)
  }

  /// What a layer makes of a value.
  ///
  /// - Parameter path: the layer's path in its network.
  public mutating func layer(
    _ layer: any Layer, _ x: Flow, at path: String = ""
  ) throws(ONNXError) -> Flow {
    let node = layer.node
    let shape = layer.outputShape(for: x.shape)
    return try self.node(of: node, x, at: path, output: shape)
  }

  /// Makes a value an output of the graph.
  public mutating func output(_ x: Flow, named name: String) {
    var node = Onnx_NodeProto()
    (node.opType, node.name) = ("Identity", name)
    (node.input, node.output) = ([x.name], [name])
    message.node.append(node)
    message.output.append(port(name, outer(x)))
  }

  /// The model as the bytes of a file.
  ///
  /// - Parameters:
  ///   - version: the program's.
  ///   - metadata: texts to store with the model.
  public func model(version: String, metadata: [String: String]) throws -> Data {
    var model = Onnx_ModelProto()
    var opset = Onnx_OperatorSetIdProto()
    opset.domain = ""
    opset.version = Int64(GraphWriter.opset)
    model.irVersion = GraphWriter.formatVersion
    model.opsetImport = [opset]
    (model.producerName, model.producerVersion) = ("dflab", version)
    model.metadataProps = metadata.sorted { $0.key < $1.key }.map { pair in
      var entry = Onnx_StringStringEntryProto()
      (entry.key, entry.value) = (pair.key, pair.value)
      return entry
    }
    model.graph = message
    return try model.serialized
  }

  // MARK: Nodes

  /// A node without attributes whose output has a shape of its own.
  mutating func node(
    _ operation: String, _ inputs: [String], at path: String, _ shape: [Int]
  ) -> Flow {
    node(operation, inputs, at: path, [:], shape)
  }

  /// A node whose output has a shape of its own.
  mutating func node(
    _ operation: String, _ inputs: [String], at path: String,
    _ attributes: [String: Attribute], _ shape: [Int]
  ) -> Flow {
    Flow(name: name(operation, inputs, at: path, attributes), shape: shape)
  }

  /// A node whose output has the shape and the order of a value.
  mutating func node(
    _ operation: String, _ inputs: [String], at path: String,
    _ attributes: [String: Attribute] = [:], like x: Flow
  ) -> Flow {
    Flow(
      name: name(operation, inputs, at: path, attributes), shape: x.shape,
      isFramesFirst: x.isFramesFirst)
  }

  /// The name of an output of a node.
  ///
  /// - Parameter place: which of its outputs; the others are left out.
  mutating func name(
    _ operation: String, _ inputs: [String], at path: String,
    _ attributes: [String: Attribute] = [:], output place: Int = 0
  ) -> String {
    var node = Onnx_NodeProto()
    node.opType = operation
    node.name = unused(path.isEmpty ? operation : "\(path)/\(operation)")
    node.input = inputs
    node.output = [String](repeating: "", count: place) + [node.name]
    node.attribute = attributes.sorted { $0.key < $1.key }.map { name, value in
      var attribute = Onnx_AttributeProto()
      attribute.name = name
      switch value {
      case .integer(let number): (attribute.type, attribute.i) = (.int, Int64(number))
      case .real(let number): (attribute.type, attribute.f) = (.float, Float(number))
      case .text(let text): (attribute.type, attribute.s) = (.string, Data(text.utf8))
      case .integers(let numbers):
        (attribute.type, attribute.ints) = (.ints, numbers.map { Int64($0) })
      case .reals, .texts, .value: preconditionFailure("no layer has such an attribute: \(name)")
      }
      return attribute
    }
    message.node.append(node)
    return node.name
  }

  /// A parameter as an initializer, under its name in checkpoints.
  mutating func parameter(_ name: String, _ tensor: Tensor) -> String {
    guard parameters.insert(name).inserted else { return name }
    let divisor = divisors[name] ?? 1
    return constant(
      name, tensor.shape, divisor == 1 ? tensor.values : tensor.values.map { $0 / divisor })
  }

  /// Numbers as an initializer.
  mutating func constant(_ name: String, _ shape: [Int], _ values: [Float]) -> String {
    var tensor = Onnx_TensorProto()
    tensor.name = unused(name)
    tensor.dims = shape.map { Int64($0) }
    tensor.dataType = 1
    var bytes = [UInt8](repeating: 0, count: 4 * values.count)
    for (index, value) in values.enumerated() {
      let bits = value.bitPattern
      bytes[4 * index] = UInt8(truncatingIfNeeded: bits)
      bytes[4 * index + 1] = UInt8(truncatingIfNeeded: bits >> 8)
      bytes[4 * index + 2] = UInt8(truncatingIfNeeded: bits >> 16)
      bytes[4 * index + 3] = UInt8(truncatingIfNeeded: bits >> 24)
    }
    tensor.rawData = Data(bytes)
    message.initializer.append(tensor)
    return tensor.name
  }

  /// Integers as an initializer.
  mutating func constant(_ name: String, integers: [Int]) -> String {
    var tensor = Onnx_TensorProto()
    tensor.name = unused(name)
    tensor.dims = [Int64(integers.count)]
    tensor.dataType = 7
    tensor.int64Data = integers.map { Int64($0) }
    message.initializer.append(tensor)
    return tensor.name
  }

  /// The part of a value within a range of an axis of the graph's order.
  mutating func sliced(
    _ x: Flow, _ range: Range<Int>, axis: Int, at path: String, _ shape: [Int]
  ) -> Flow {
    func own(_ name: String) -> String { below(path, name) }
    return Flow(
      name: name(
        "Slice",
        [
          x.name, constant(own("start"), integers: [range.lowerBound]),
          constant(own("end"), integers: [range.upperBound]),
          constant(own("axis"), integers: [axis]),
        ], at: path), shape: shape, isFramesFirst: x.isFramesFirst)
  }

  /// The path of a part of a layer.
  func below(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : name.isEmpty ? path : "\(path).\(name)"
  }

  private mutating func unused(_ name: String) -> String {
    var candidate = name
    var number = 2
    while !names.insert(candidate).inserted {
      candidate = "\(name)-\(number)"
      number += 1
    }
    return candidate
  }

  /// The graph's shape of a value, without the number of pictures.
  func outer(_ x: Flow) -> [Int] {
    let shape = x.shape
    switch shape.count {
    case 4: return [shape[3], shape[1], shape[2]]
    case 5 where x.isFramesFirst: return [shape[1], shape[4], shape[2], shape[3]]
    case 5: return [shape[4], shape[1], shape[2], shape[3]]
    default: return Array(shape.dropFirst())
    }
  }

  private func port(_ name: String, _ shape: [Int]) -> Onnx_ValueInfoProto {
    var port = Onnx_ValueInfoProto()
    port.name = name
    var tensor = Onnx_TypeProto.Tensor()
    tensor.elemType = 1
    var batch = Onnx_TensorShapeProto.Dimension()
    batch.dimParam = "N"
    tensor.shape.dim =
      [batch]
      + shape.map { length in
        var dimension = Onnx_TensorShapeProto.Dimension()
        dimension.dimValue = Int64(length)
        return dimension
      }
    port.type.tensorType = tensor
    return port
  }
}
