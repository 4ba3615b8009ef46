import Foundation
import Workflows

/// Output of `dflab bench swap` and `dflab bench detect`.
struct BenchReport {
  let result: BenchmarkResult
  let layers: [LayerTiming]?

  /// One JSON object, including the layers if measured.
  var json: String {
    get throws {
      struct Whole: Encodable {
        let result: BenchmarkResult
        let layers: [LayerTiming]?
        enum CodingKeys: CodingKey { case layers }
        func encode(to encoder: any Encoder) throws {
          try result.encode(to: encoder)
          var container = encoder.container(keyedBy: CodingKeys.self)
          try container.encodeIfPresent(layers, forKey: .layers)
        }
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let data = try encoder.encode(Whole(result: result, layers: layers))
      return String(decoding: data, as: UTF8.self)
    }
  }

  /// The result as text.
  var text: String {
    let memory = Double(result.peakMemoryBytes) / 1e9
    let lines = [
      "\(result.model), \(result.mode), \(result.precision), batch \(result.batch)"
        + (result.frames.map { " clips of \($0) frames" } ?? "") + ", \(result.threads) threads",
      "faces/s      \(decimals(result.facesPerSecond, 1))",
      "GFLOP/s      \(decimals(result.gflops, 0))",
      "peak share   \(decimals(result.peakShare, 2)) of the float32 matrix product's GFLOP/s",
      "peak memory  \(decimals(memory, 2)) GB",
    ]
    return (lines + table).joined(separator: "\n")
  }

  private var table: [String] {
    guard let layers else { return [] }
    let head = ["layer", "output", "forward ms", "GFLOP/s", "backward ms", "GFLOP/s"]
    let rows = layers.map { layer in
      [
        layer.layer, layer.output.map(String.init).joined(separator: "×"),
        decimals(layer.forwardMilliseconds, 2), layer.forwardGflops.map { decimals($0, 0) } ?? "",
        decimals(layer.backwardMilliseconds, 2), layer.backwardGflops.map { decimals($0, 0) } ?? "",
      ]
    }
    let widths = head.indices.map { column in
      ([head] + rows).map { $0[column].count }.max() ?? 0
    }
    return [""]
      + ([head] + rows).map { row in
        row.indices.map { column in
          let gap = String(repeating: " ", count: widths[column] - row[column].count)
          return column < 2 ? row[column] + gap : gap + row[column]
        }.joined(separator: "  ")
      }
  }
}
