internal import Foundation
internal import SwiftProtobuf

/// Messages as bytes; those that are read, nobody vouches for.
extension Onnx_ModelProto {
  /// The deepest nesting of messages; graphs inside graphs are refused anyway.
  private static let depthLimit = 32

  /// A model; unknown fields are dropped.
  init(bytes: Data) throws {
    var options = BinaryDecodingOptions()
    options.messageDepthLimit = Onnx_ModelProto.depthLimit
    options.discardUnknownFields = true
    try self.init(serializedBytes: bytes, partial: true, options: options)
  }
}

extension Onnx_TensorProto {
  /// A tensor.
  init(bytes: Data) throws { try self.init(serializedBytes: bytes) }
}

extension Onnx_ModelProto {
  /// The bytes of the model's file.
  var serialized: Data {
    get throws { try serializedData() }
  }
}
