import ArgumentParser
import Engine
import Foundation
import Generation
import Workflows

/// `dflab bench swap`.
struct BenchSwap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swap",
    abstract: "Measure the training or the inference of a swap model.",
    discussion: """
      Prints the median of --repeats rounds after two that do not count. In training a round \
      is a whole step (forward, backward, Adam) on --batch faces of each side, and images per \
      second count both sides; in inference it is the swap of --batch faces. GFLOP/s count a \
      multiplication and an addition as two, and a training step as three forward passes; the \
      peak is that of this machine's float32 matrix product.

      EXAMPLES
        dflab bench swap --threads 2
        dflab bench swap --mode infer --batch 1 --json
        dflab bench swap --precision bf16 --layers
      """)

  @Option(help: "What to measure: train or infer.")
  var mode = SwapBenchmark().mode

  @Option(help: "The model: original or fast.")
  var model = SwapBenchmark().architecture

  @Option(help: "How activations are stored: fp32 or bf16.")
  var precision = SwapBenchmark().precision

  @Option(parsing: .unconditional, help: "Faces of each side.")
  var batch = SwapBenchmark().batch

  @Option(parsing: .unconditional, help: "Rounds to measure.")
  var repeats = SwapBenchmark().repeats

  @Flag(help: "Also measure layer by layer.")
  var layers = false

  @Flag(help: "Print one JSON object.")
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

  /// The same, as Lab takes it.
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
