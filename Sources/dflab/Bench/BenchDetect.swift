import ArgumentParser
import Detection
import Engine
import Workflows

/// `dflab bench detect`.
struct BenchDetect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect",
    abstract: "Measure the training or the scoring of a detector's network.",
    discussion: """
      Prints the median of --repeats rounds after two that do not count. In training a round is a \
      whole step (forward, backward, AdamW) on --batch faces; in inference it is the scoring of \
      --batch faces. What it is measured against: Tests/Peers/detect.py, the same networks in \
      PyTorch.

      EXAMPLES
        dflab bench detect --model resnet18
        dflab bench detect --model efficientnet-b0 --mode infer --batch 1 --repeats 50 --json
        dflab bench detect --layers
      """)

  @Option(help: "The network, such as resnet18, efficientnet-b0, xception or meso4.")
  var model = DetectBenchmark().architecture

  @Option(help: "What to measure: train or infer.")
  var mode = DetectBenchmark().mode

  @Option(help: "How activations are stored: fp32 or bf16.")
  var precision = DetectBenchmark().precision

  @Option(parsing: .unconditional, help: "Faces at once.")
  var batch = DetectBenchmark().batch

  @Option(parsing: .unconditional, help: "Pixels along a side of a face.")
  var side = DetectBenchmark().side

  @Option(parsing: .unconditional, help: "Rounds to measure.")
  var repeats = DetectBenchmark().repeats

  @Flag(help: "Also measure layer by layer.")
  var layers = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(batch, "--batch", in: 1...1024)
    try require(side, "--side", in: model.sides)
    try require(repeats, "--repeats", in: 1...10_000)
  }

  func run() throws {
    computing.apply()
    var benchmark = DetectBenchmark()
    (benchmark.architecture, benchmark.mode, benchmark.precision) = (model, mode, precision)
    (benchmark.batch, benchmark.side, benchmark.repeats) = (batch, side, repeats)
    let report = BenchReport(
      result: benchmark.measure(), layers: layers ? benchmark.layers() : nil)
    print(json ? try report.json : report.text)
  }
}
