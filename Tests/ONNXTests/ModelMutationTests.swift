import Engine
import Foundation
import Testing

@testable import ONNX

/// Damaged models must be refused or computed, never crash, and never take much memory or time.
struct ModelMutationTests {
  private static let seconds = ProcessInfo.processInfo.environment["DFLAB_FUZZ_SECONDS"]
    .flatMap(Double.init)

  @Test(arguments: ["convolutions", "attention", "shapes"])
  func damagedModelsNeverCrash(kind: String) throws {
    let original = SampleModel.named(kind)
    var chance = RandomSource(
      seed: Self.seconds == nil ? 0x5EED : UInt64(Date().timeIntervalSince1970))
    let begun = Date()
    var (round, read, refused) = (0, 0, 0)
    while Self.seconds.map({ Date().timeIntervalSince(begun) < $0 }) ?? (round < 400) {
      round += 1
      var model = original
      for _ in 0..<1 + Int(chance.next() % 3) { SampleModel.damage(&model, by: &chance) }
      var data = try model.serialized
      if chance.next() % 4 == 0 {
        for _ in 0..<1 + Int(chance.next() % 3) {
          data[Int(chance.next() % UInt64(data.count))] = UInt8(truncatingIfNeeded: chance.next())
        }
      }
      do throws(ONNXError) {
        let session = try Session(try ModelReader(folder: nil).graph(data, path: "m.onnx"))
        _ = try session.run(["x": Value(Tensor(zeros: [1, 4, 6, 6]))])
        read += 1
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(read > 3 && refused > 3, "\(read) computed, \(refused) refused")
  }
}

/// Small models of many operators, and damages to them.
enum SampleModel {
  static func named(_ kind: String) -> Onnx_ModelProto {
    var model = Onnx_ModelProto()
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 17
    model.opsetImport = [opset]
    switch kind {
    case "convolutions":
      model.graph.initializer = [
        tensor("w", [4, 4, 3, 3]), tensor("b", [4]), tensor("v", [4, 1, 3, 3]),
        tensor("s", [4]), tensor("m", [4]), tensor("q", [4], value: 1),
      ]
      model.graph.node = [
        node("Conv", ["x", "w", "b"], ["c"], ["pads": [1, 1, 1, 1], "kernel_shape": [3, 3]]),
        node("BatchNormalization", ["c", "s", "b", "m", "q"], ["n"]), node("Relu", ["n"], ["r"]),
        node("Conv", ["r", "v"], ["d"], ["pads": [1, 1, 1, 1], "group": [4]]),
        node("MaxPool", ["d"], ["p"], ["kernel_shape": [2, 2], "strides": [2, 2]]),
        node("ConvTranspose", ["p", "w"], ["t"], ["strides": [2, 2]]),
        node("AveragePool", ["t"], ["a"], ["kernel_shape": [3, 3], "pads": [1, 1, 1, 1]]),
        node("GlobalAveragePool", ["a"], ["y"]),
      ]
    case "attention":
      model.graph.initializer = [
        tensor("w", [6, 8]), tensor("g", [8]), tensor("h", [8]), tensor("k", [8, 4]),
        tensor("o", []),
      ]
      model.graph.node = [
        node("MatMul", ["x", "w"], ["a"]), node("Add", ["a", "h"], ["b"]),
        node("LayerNormalization", ["b", "g", "h"], ["n"]),
        node("Transpose", ["n"], ["t"], ["perm": [0, 1, 3, 2]]),
        node("MatMul", ["n", "t"], ["s"]), node("Softmax", ["s"], ["p"], ["axis": [-1]]),
        node("MatMul", ["p", "n"], ["q"]), node("Erf", ["q"], ["e"]),
        node("Sigmoid", ["e"], ["f"]), node("Mul", ["e", "f"], ["z"]),
        node("Flatten", ["z"], ["l"], ["axis": [3]]), node("Gemm", ["l", "k"], ["y"]),
      ]
    default:
      model.graph.initializer = [
        integers("two", [2]), integers("axes", [1]), integers("shape", [0, -1, 6]),
        integers("starts", [1]), integers("ends", [3]), integers("pads", [0, 0, 1, 0, 0, 1]),
      ]
      model.graph.node = [
        node("Slice", ["x", "starts", "ends", "axes"], ["s"]),
        node("Reshape", ["s", "shape"], ["r"]), node("Pad", ["r", "pads"], ["p"]),
        node("Split", ["p"], ["u", "v"], ["axis": [1]]),
        node("Concat", ["v", "u"], ["c"], ["axis": [1]]),
        node("Gather", ["c", "axes"], ["g"], ["axis": [1]]), node("Shape", ["g"], ["h"]),
        node("Expand", ["g", "h"], ["e"]), node("ReduceMean", ["e"], ["m"], ["axes": [2]]),
        node("TopK", ["e", "two"], ["t", "i"]), node("Mul", ["t", "m"], ["z"]),
        node("CumSum", ["z", "axes"], ["y"]),
      ]
    }
    var input = Onnx_ValueInfoProto()
    input.name = "x"
    model.graph.input = [input]
    var output = Onnx_ValueInfoProto()
    output.name = "y"
    model.graph.output = [output]
    return model
  }

  private static func tensor(_ name: String, _ shape: [Int], value: Float = 0.1)
    -> Onnx_TensorProto
  {
    var tensor = Onnx_TensorProto()
    (tensor.name, tensor.dims, tensor.dataType) = (name, shape.map { Int64($0) }, 1)
    tensor.floatData = [Float](repeating: value, count: shape.reduce(1, *))
    return tensor
  }

  private static func integers(_ name: String, _ values: [Int]) -> Onnx_TensorProto {
    var tensor = Onnx_TensorProto()
    (tensor.name, tensor.dims, tensor.dataType) = (name, [Int64(values.count)], 7)
    tensor.int64Data = values.map { Int64($0) }
    return tensor
  }

  private static func node(
    _ operation: String, _ inputs: [String], _ outputs: [String],
    _ attributes: [String: [Int]] = [:]
  ) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    (node.opType, node.input, node.output) = (operation, inputs, outputs)
    node.attribute = attributes.sorted { $0.key < $1.key }.map { name, values in
      var attribute = Onnx_AttributeProto()
      attribute.name = name
      if ["axis", "group"].contains(name) {
        (attribute.type, attribute.i) = (.int, Int64(values[0]))
      } else {
        (attribute.type, attribute.ints) = (.ints, values.map { Int64($0) })
      }
      return attribute
    }
    return node
  }

  private static let numbers: [Int64] = [
    0, 1, 2, 3, 5, -1, -2, 7, 64, 1 << 20, 1 << 31, 1 << 40, .max, .min,
  ]

  /// One change of a number, a name, an operator or an edge.
  static func damage(_ model: inout Onnx_ModelProto, by chance: inout RandomSource) {
    func number() -> Int64 { numbers[Int(chance.next() % UInt64(numbers.count))] }
    func place(_ count: Int) -> Int { Int(chance.next() % UInt64(max(1, count))) }
    let index = place(model.graph.node.count)
    let tensor = place(model.graph.initializer.count)
    let names =
      ["x", ""] + model.graph.initializer.map(\.name) + model.graph.node.flatMap(\.output)
    switch chance.next() % 9 {
    case 0:
      let operators = OperatorTable.named.keys.sorted()
      model.graph.node[index].opType = operators[place(operators.count)]
    case 1:
      let input = place(model.graph.node[index].input.count)
      if !model.graph.node[index].input.isEmpty {
        model.graph.node[index].input[input] = names[place(names.count)]
      }
    case 2:
      guard !model.graph.node[index].attribute.isEmpty else { return }
      let attribute = place(model.graph.node[index].attribute.count)
      let count = model.graph.node[index].attribute[attribute].ints.count
      model.graph.node[index].attribute[attribute].i = number()
      if count > 0 {
        model.graph.node[index].attribute[attribute].ints[place(count)] = number()
      }
    case 3:
      guard !model.graph.initializer[tensor].dims.isEmpty else { return }
      let axis = place(model.graph.initializer[tensor].dims.count)
      model.graph.initializer[tensor].dims[axis] = number()
    case 4: model.graph.initializer[tensor].dataType = Int32(chance.next() % 26)
    case 5:
      if !model.graph.initializer[tensor].int64Data.isEmpty {
        model.graph.initializer[tensor].int64Data[0] = number()
      } else if !model.graph.initializer[tensor].floatData.isEmpty {
        let values: [Float] = [0, -1, .nan, .infinity, 1e38]
        model.graph.initializer[tensor].floatData[0] = values[place(values.count)]
      }
    case 6:
      model.graph.initializer[tensor].dims.reverse()
    case 7: model.opsetImport[0].version = Int64(7 + chance.next() % 22)
    default: model.graph.node.remove(at: index)
    }
    if model.graph.node.isEmpty { model = named("shapes") }
  }
}
