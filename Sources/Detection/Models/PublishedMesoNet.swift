import Engine
import Foundation

/// MesoNet's published weights: `manifest.json`, and a file of float32 numbers for each model.
///
/// The manifest lists each model's tensors in Keras' order, with shape and offset. Kernels are
/// `[height, width, inputs, outputs]` there. The published networks output the probability of real;
/// the last layer is negated, since 1 is fake everywhere here.
public struct PublishedMesoNet {
  /// The models in the folder, such as `Meso4_DF`, sorted.
  public let models: [String]
  private let folder: String
  private let contents: [String: Model]

  private struct Model: Decodable {
    let floats: Int
    let tensors: [Item]
  }

  private struct Item: Decodable {
    let name: String
    let shape: [Int]
    let offset_floats: Int
  }

  /// Opens a folder, or its subfolder `weights_plain`.
  public init(folder: String) throws(DetectionError) {
    let plain = "\(folder)/weights_plain"
    let isAbove = FileManager.default.fileExists(atPath: "\(plain)/manifest.json")
    self.folder = isAbove ? plain : folder
    guard let data = FileManager.default.contents(atPath: "\(self.folder)/manifest.json") else {
      throw .noPublishedWeights(path: folder, reason: "'manifest.json' is missing")
    }
    guard let contents = try? JSONDecoder().decode([String: Model].self, from: data) else {
      throw .noPublishedWeights(path: folder, reason: "invalid manifest")
    }
    guard !contents.isEmpty else {
      throw .noPublishedWeights(path: folder, reason: "the manifest lists no models")
    }
    self.contents = contents
    models = contents.keys.sorted()
  }

  /// One of the models as a detector.
  public func detector(_ model: String) throws(DetectionError) -> NetworkDetector {
    guard let found = contents[model] else {
      throw .noPublishedWeights(path: folder, reason: "no model '\(model)'")
    }
    let architecture: NetworkArchitecture =
      model.hasPrefix("MesoInception") ? .mesoinception4 : .meso4
    let network = DetectorNetwork(
      architecture, side: architecture.input.side, randomness: RandomSource(seed: 0))
    let numbers = try numbers(of: model, count: found.floats)
    let layers = PublishedMesoNet.names(architecture)
    guard found.tensors.count == network.parameters.count else {
      throw .noPublishedWeights(
        path: folder, reason: "'\(model)' has \(found.tensors.count) tensors")
    }
    var named = Dictionary(
      uniqueKeysWithValues: network.parameters.map { ($0.name, $0.parameter) })
    for (item, name) in zip(found.tensors, layers) {
      let parameter = named.removeValue(forKey: name)
      // The size is valid if the shape is that of a parameter.
      guard let parameter, parameter.plainShape == PublishedMesoNet.plainShape(item.shape),
        (0...numbers.count).contains(item.offset_floats),
        item.shape.reduce(1, *) <= numbers.count - item.offset_floats
      else {
        throw .noPublishedWeights(
          path: folder, reason: "'\(item.name)' of '\(model)' is not the tensor '\(name)'")
      }
      let count = item.shape.reduce(1, *)
      let values = Array(numbers[item.offset_floats..<item.offset_floats + count])
      let sign: Float = name.hasPrefix("head.classifier") ? -1 : 1
      parameter.plain = PublishedMesoNet.turned(values.map { sign * $0 }, item.shape)
    }
    return NetworkDetector(network, input: architecture.input)
  }

  private func numbers(of model: String, count: Int) throws(DetectionError) -> [Float] {
    let path = "\(folder)/\(model).f32"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .noPublishedWeights(path: folder, reason: "'\(model).f32' is missing")
    }
    guard data.count.isMultiple(of: 4), data.count / 4 == count else {
      throw .noPublishedWeights(
        path: folder,
        reason:
          "'\(model).f32' has \(data.count) bytes, and the manifest says \(count) numbers of 4")
    }
    let bytes = [UInt8](data)
    return (0..<count).map { index in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[4 * index + $1]) << (8 * $1) }
      return Float(bitPattern: bits)
    }
  }

  /// `[O, I, KH, KW]` of `[KH, KW, I, O]`, and `[O, I]` of `[I, O]`.
  private static func plainShape(_ shape: [Int]) -> [Int] {
    switch shape.count {
    case 4: [shape[3], shape[2], shape[0], shape[1]]
    case 2: [shape[1], shape[0]]
    default: shape
    }
  }

  /// The values in PyTorch's order.
  private static func turned(_ values: [Float], _ shape: [Int]) -> Tensor {
    guard shape.count > 1 else { return Tensor(shape: shape, values: values) }
    let outputs = shape[shape.count - 1]
    let inputs = shape[shape.count - 2]
    let taps = values.count / outputs / inputs
    var result: [Float] = []
    result.reserveCapacity(values.count)
    for output in 0..<outputs {
      for input in 0..<inputs {
        for tap in 0..<taps { result.append(values[(tap * inputs + input) * outputs + output]) }
      }
    }
    return Tensor(shape: plainShape(shape), values: result)
  }

  /// Our names of the tensors, in the manifest's order.
  private static func names(_ architecture: NetworkArchitecture) -> [String] {
    let weights = ["weight", "bias"]
    let norm = ["weight", "bias", "running_mean", "running_var"]
    func steps(_ numbers: ClosedRange<Int>) -> [String] {
      numbers.flatMap { number in
        weights.map { "conv\(number).\($0)" } + norm.map { "norm\(number).\($0)" }
      }
    }
    // Keras lists the second to fourth 1×1, the first 1×1, then the dilated ones.
    func inception(_ number: Int) -> [String] {
      ["1.conv1", "2.conv1", "3.conv1", "0.conv1", "1.conv3", "2.conv3", "3.conv3"].flatMap {
        branch in weights.map { "inception\(number).\(branch).\($0)" }
      } + norm.map { "norm\(number).\($0)" }
    }
    let head = ["head.hidden", "head.classifier"].flatMap { layer in
      weights.map { "\(layer).\($0)" }
    }
    return architecture == .meso4
      ? steps(1...4) + head : inception(1) + inception(2) + steps(3...4) + head
  }
}
