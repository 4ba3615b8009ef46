extension Checkpoint {
  /// Writes a safetensors file atomically, producing each tensor when it is written.
  ///
  /// The format: the length of the header in 8 bytes, the header in JSON, padded with spaces to
  /// a multiple of 8, then the values, float32 before bfloat16 so that all of them are aligned.
  public static func write(
    _ entries: [CheckpointEntry], metadata: [String: String] = [:], to path: String
  ) throws(EngineError) {
    let ordered =
      entries.filter { $0.precision == .float32 } + entries.filter { $0.precision == .bfloat16 }
    precondition(
      Set(entries.map(\.name)).count == entries.count, "two tensors of one name for '\(path)'")
    do {
      try WholeFile.write(to: path) { (sink: borrowing OpenFile) throws(FileProblem) in
        try sink.write(header(of: ordered, metadata))
        for entry in ordered { try write(entry, to: sink) }
      }
    } catch {
      throw .unwritableCheckpoint(path: path, reason: error.reason)
    }
  }

  private static func write(
    _ entry: CheckpointEntry, to sink: borrowing OpenFile
  ) throws(FileProblem) {
    let tensor = entry.tensor
    precondition(
      tensor.shape == entry.shape && tensor.precision == entry.precision,
      "'\(entry.name)' was announced as \(entry.shape) and is \(tensor.shape)")
    defer { withExtendedLifetime(tensor) {} }
    try unsafe sink.write(UnsafeRawBufferPointer(start: tensor.address, count: tensor.byteCount))
  }

  /// The length and the header, in the form that Python's `safetensors` writes.
  private static func header(
    of entries: [CheckpointEntry], _ metadata: [String: String]
  ) -> [UInt8] {
    var items: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map {
        "\(quoted($0.key)):\(quoted($0.value))"
      }
      items.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for entry in entries {
      let end = offset + entry.shape.reduce(entry.precision.stride, *)
      let type = entry.precision == .float32 ? "F32" : "BF16"
      let shape = entry.shape.map(String.init).joined(separator: ",")
      items.append(
        "\(quoted(entry.name)):{\"dtype\":\"\(type)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var json = Array("{\(items.joined(separator: ","))}".utf8)
    json += [UInt8](repeating: 0x20, count: (8 - json.count % 8) % 8)
    return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
