import ArgumentParser
import Foundation
import Workflows

/// `dflab bench onnx`.
struct BenchONNX: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onnx",
    abstract: "Benchmark a model in ONNX's format, turn about with ONNX Runtime.",
    discussion: """
      Prints the median over --repeats iterations, after two warm-up iterations, of random input. Where \
      Python has onnxruntime and numpy, each iteration is followed by one of ONNX Runtime with the same \
      number of threads; DFLAB_PYTHON selects another Python than python3. Peak memory is that of the whole \
      process, with the model.

      EXAMPLES
        dflab bench onnx resnet50.onnx
        dflab bench onnx clip.onnx --batch 1 --repeats 20 --threads 2
        dflab bench onnx clip.onnx --no-peer --operators
      """)

  @Argument(help: "ONNX file", completion: .file(extensions: ["onnx"]))
  var file: String

  @Option(help: "Comma-separated batch sizes")
  var batch = ONNXBenchmark(path: "").batches.map(String.init).joined(separator: ",")

  @Option(parsing: .unconditional, help: "Number of measured iterations")
  var repeats = ONNXBenchmark(path: "").repeats

  @Option(
    parsing: .unconditional, help: "Length of dimensions after the first that the model leaves open"
  )
  var size = ONNXBenchmark(path: "").size

  @Flag(inversion: .prefixedNo, help: "Measure ONNX Runtime, too")
  var peer = true

  @Flag(help: "Also print the time by operator, at the last batch size")
  var operators = false

  @Flag(help: "Print the result as a line of JSON")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    guard let batches, batches.allSatisfy((1...4096).contains) else {
      throw ValidationError("--batch must be integers between 1 and 4096, not '\(batch)'.")
    }
    try require(repeats, "--repeats", in: 1...10_000)
    try require(size, "--size", in: 1...4096)
  }

  private var batches: [Int]? {
    let numbers = batch.split(separator: ",").map { Int($0) }
    return numbers.contains(nil) || numbers.isEmpty ? nil : numbers.compactMap(\.self)
  }

  func run() throws {
    computing.apply()
    var benchmark = ONNXBenchmark(path: file)
    (benchmark.batches, benchmark.repeats) = (batches ?? [], repeats)
    (benchmark.size, benchmark.hasPeer) = (size, peer)
    let report = try benchmark.measure()
    guard !json else { return try Terminal().print(json: report) }
    print(
      "opened in \(decimals(report.openSeconds, 2)) s, first result after \(decimals(report.firstSeconds, 2)) s"
    )
    for result in report.results {
      var line =
        "batch \(result.batch), \(result.threads) threads: \(decimals(result.seconds * 1e3, 1)) ms, peak "
        + "\(decimals(Double(result.peakMemoryBytes) / 1e9, 2)) GB"
      if let peer = result.peerSeconds, let ratio = result.ratio {
        let memory = Double(result.peerPeakMemoryBytes ?? 0) / 1e9
        line +=
          "; ONNX Runtime: \(decimals(peer * 1e3, 1)) ms, peak \(decimals(memory, 2)) GB; ratio "
          + "\(decimals(ratio, 2)), outputs differ by \(String(format: "%.1e", result.difference ?? 0))"
      }
      print(line)
    }
    guard operators else { return }
    for (name, milliseconds) in report.operators.sorted(by: { $0.value > $1.value }) {
      print("  \(name.padding(to: 24))\(decimals(milliseconds, 2)) ms")
    }
  }
}
