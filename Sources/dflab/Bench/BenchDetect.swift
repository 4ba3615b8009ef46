import ArgumentParser
import Detection
import Engine
import Workflows

/// `dflab bench detect`.
struct BenchDetect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect",
    abstract: "Benchmark training or inference of a detector network.",
    discussion: """
      Prints the median over --repeats iterations, after two warm-up iterations. With --mode train, \
      an iteration is a full training step (forward, backward, AdamW) on a batch; with --mode \
      infer, it is a forward pass. Of networks that look at clips, --batch counts clips, and faces/s their \
      frames. Tests/Peers/detect.py measures the same networks in PyTorch.

      EXAMPLES
        dflab bench detect --model resnet18
        dflab bench detect --model efficientnet-b0 --mode infer --batch 1 --repeats 50 --json
        dflab bench detect --model i3d --mode infer --batch 1
        dflab bench detect --layers
      """)

  @Option(help: "Network")
  var model = DetectBenchmark().architecture

  @Option(help: "Workload")
  var mode = DetectBenchmark().mode

  @Option(help: "Precision of activations")
  var precision = DetectBenchmark().precision

  @Option(parsing: .unconditional, help: "Batch size (default: 32 faces, or 8 clips)")
  var batch: Int?

  @Option(parsing: .unconditional, help: "Width and height of the input in pixels")
  var size = DetectBenchmark().side

  @Option(parsing: .unconditional, help: "Number of measured iterations")
  var repeats = DetectBenchmark().repeats

  @Flag(help: "Also measure each layer")
  var layers = false

  @Flag(help: "Print the result as a line of JSON")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    if let batch { try require(batch, "--batch", in: 1...1024) }
    try require(size, "--size", in: model.sides)
    try require(repeats, "--repeats", in: 1...10_000)
  }

  func run() throws {
    computing.apply()
    var benchmark = DetectBenchmark()
    (benchmark.architecture, benchmark.mode, benchmark.precision) = (model, mode, precision)
    (benchmark.batch, benchmark.side, benchmark.repeats) = (batch, size, repeats)
    let report = BenchReport(
      result: benchmark.measure(), layers: layers ? benchmark.layers() : nil)
    print(json ? try report.json : report.text)
  }
}
