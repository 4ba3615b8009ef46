import Foundation

@testable import ONNX

/// One of ONNX's own tests, as `export.py` writes them.
struct NodeTest: Decodable {
  let name: String
  let relative, absolute: Double
  let operators: [String]
  /// The numbers of inputs and outputs of each data set.
  let sets: [[Int]]

  /// How a test ended.
  enum Outcome: Equatable {
    case passed
    /// The model was refused by name.
    case refused(String)
    case failed(String)
  }

  /// The tests that are listed in a folder.
  static func all(in folder: URL) throws -> [NodeTest] {
    try JSONDecoder().decode(
      [NodeTest].self, from: Data(contentsOf: folder.appending(path: "tests.json")))
  }

  /// Runs the model on each data set and compares its outputs.
  func outcome(in folder: URL) -> Outcome {
    let place = folder.appending(path: name)
    do {
      let session = try Session(path: place.appending(path: "model.onnx").path)
      for (number, counts) in sets.enumerated() {
        var given: [String: Value] = [:]
        // Optional inputs that a model leaves out have no name.
        for (index, input) in session.inputs.enumerated() where index < counts[0] {
          given[input.name] = try value(place, "\(number).input.\(index)")
        }
        let results = try session.run(given)
        for (index, result) in results.enumerated() {
          let expected = try value(place, "\(number).output.\(index)")
          if let difference = difference(result, expected) {
            return .failed("output \(index): \(difference)")
          }
        }
      }
      return .passed
    } catch let error as ONNXError {
      if case .unsupported = error { return .refused(error.description) }
      return .failed(error.description)
    } catch {
      return .failed("\(error)")
    }
  }

  private func value(_ place: URL, _ file: String) throws -> Value {
    let data = try Data(contentsOf: place.appending(path: file))
    return try TensorReader(folder: nil).value(Onnx_TensorProto(bytes: data))
  }

  /// What differs; nil if nothing does.
  private func difference(_ result: Value, _ expected: Value) -> String? {
    guard result.type == expected.type, result.shape == expected.shape else {
      return "\(result.type) \(result.shape) instead of \(expected.type) \(expected.shape)"
    }
    // ONNX's own runner grants bfloat16 two units in the last place.
    let relative = expected.type == .bfloat16 ? max(relative, 0x1p-6) : relative
    for (index, (a, b)) in zip(result.doubles, expected.doubles).enumerated() {
      let isClose = a == b || a.isNaN && b.isNaN || abs(a - b) <= absolute + relative * abs(b)
      guard isClose else { return "element \(index) is \(a) instead of \(b)" }
    }
    return nil
  }
}
