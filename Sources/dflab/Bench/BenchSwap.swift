import ArgumentParser
import Engine
import Foundation
import Generation
import Workflows

/// `dflab bench swap`.
struct BenchSwap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swap",
    abstract: "Benchmark training or inference of a swap model.",
    discussion: """
      Prints the median over --repeats iterations, after two warm-up iterations. With --mode train, \
      an iteration is a full training step (forward, backward, Adam) on --batch faces of each \
      identity, and faces/s counts both identities; with --mode infer, it swaps --batch faces. \
      GFLOP/s counts a multiply-add as two operations and a training step as three forward passes; \
      the peak is the measured speed of this machine's float32 matrix product.

      EXAMPLES
        dflab bench swap --threads 2
        dflab bench swap --mode infer --batch 1 --json
        dflab bench swap --precision bf16 --layers
      """)

  @Option(help: "Workload")
  var mode = SwapBenchmark().mode

  @Option(help: "Swap model")
  var model = SwapBenchmark().architecture

  @Option(help: "Precision of activations")
  var precision = SwapBenchmark().precision

  @Option(parsing: .unconditional, help: "Batch size for each identity")
  var batch = SwapBenchmark().batch

  @Option(parsing: .unconditional, help: "Number of measured iterations")
  var repeats = SwapBenchmark().repeats

  @Flag(help: "Also measure each layer")
  var layers = false

  @Flag(help: "Print the result as a line of JSON")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(batch, "--batch", in: 1...1024)
    try require(repeats, "--repeats", in: 1...10_000)
  }

  func run() throws {
    computing.apply()
    let report = BenchReport(
      result: benchmark.measure(), layers: layers ? benchmark.layers() : nil)
    print(json ? try report.json : report.text)
  }

  /// The options as a benchmark.
  var benchmark: SwapBenchmark {
    var benchmark = SwapBenchmark()
    benchmark.mode = mode
    benchmark.architecture = model
    benchmark.precision = precision
    benchmark.batch = batch
    benchmark.repeats = repeats
    return benchmark
  }
}
