internal import Foundation

/// Reads a model's file; everything in it is checked before it is believed.
struct ModelReader {
  /// The versions of ONNX's operators that can be read.
  static let opsets = 7...28
  /// The largest numbers of nodes and of values.
  static let nodeLimit = 200_000

  /// The folder that external data must lie in; nil if there may be none.
  let folder: URL?

  /// Reads the file at `path`.
  static func graph(path: String) throws(ONNXError) -> Graph {
    let folder = URL(filePath: path).deletingLastPathComponent()
    return try ModelReader(folder: folder).graph(try message(path: path))
  }

  /// The message in the file at `path`.
  static func message(path: String) throws(ONNXError) -> Onnx_ModelProto {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
    } catch {
      throw .unreadable(path: path, reason: "the file does not exist or cannot be opened")
    }
    return try message(data, path: path)
  }

  /// Reads the bytes of a file; `path` is for messages.
  func graph(_ data: Data, path: String) throws(ONNXError) -> Graph {
    try graph(try ModelReader.message(data, path: path))
  }

  /// The files of a model's external data, sorted; their names are not checked.
  static func externalFiles(of model: Onnx_ModelProto) -> [String] {
    let tensors =
      model.graph.initializer + model.graph.node.flatMap { $0.attribute.map(\.t) }
    let places = tensors.filter { $0.hasDataLocation && $0.dataLocation == .external }
      .flatMap { $0.externalData.filter { $0.key == "location" }.map(\.value) }
    return Set(places).sorted()
  }

  private static func message(_ data: Data, path: String) throws(ONNXError) -> Onnx_ModelProto {
    guard data.count < 1 << 31 else {
      throw .unreadable(
        path: path, reason: "it has more than 2 GiB; large weights go to external data")
    }
    let model: Onnx_ModelProto
    do {
      model = try Onnx_ModelProto(bytes: data)
    } catch {
      throw .unreadable(path: path, reason: "it is truncated or no ONNX file")
    }
    guard model.hasGraph else { throw .unreadable(path: path, reason: "it holds no graph") }
    return model
  }

  private func graph(_ model: Onnx_ModelProto) throws(ONNXError) -> Graph {
    guard let opset = model.opsetImport.first(where: { standardDomains.contains($0.domain) }) else {
      if let node = model.graph.node.first(where: { !standardDomains.contains($0.domain) }) {
        throw .unsupported(
          what: "the operator \(node.domain).\(node.opType)", nodes: [node.label])
      }
      throw .invalid(reason: "it imports no version of ONNX's operators")
    }
    guard ModelReader.opsets.contains(Int(opset.version)) else {
      throw .unsupported(what: "opset \(opset.version)", nodes: [])
    }
    if let function = model.functions.first {
      throw .unsupported(what: "the function \(function.domain).\(function.name)", nodes: [])
    }
    var builder = GraphBuilder(opset: Int(opset.version), tensors: TensorReader(folder: folder))
    for property in model.metadataProps { builder.metadata[property.key] = property.value }
    return try builder.graph(model.graph)
  }
}

/// The names of the domain of ONNX's own operators.
let standardDomains: Set = ["", "ai.onnx"]
