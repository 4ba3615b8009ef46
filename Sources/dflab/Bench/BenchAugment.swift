import ArgumentParser
import Generation
import Workflows

/// `dflab bench augment`.
struct BenchAugment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Benchmark forging and degrading faces.",
    discussion: """
      Makes --count samples of 256×256 pixels in memory from rendered faces: half real, half forged \
      by each method in turn, all degraded and JPEG-encoded as by 'dflab augment'. Prints samples \
      per second, then the single-threaded time of each method and degradation.

      EXAMPLES
        dflab bench augment
        dflab bench augment --threads 1 --model original --json
      """)

  @Option(parsing: .unconditional, help: "Number of samples")
  var count = AugmentBenchmark().count

  @Option(parsing: .unconditional, help: "Repetitions of each method and degradation")
  var repeats = AugmentBenchmark().repeats

  @Option(help: "Swap model")
  var model = AugmentBenchmark().architecture

  @Flag(help: "Print the result as a line of JSON")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...100_000)
    try require(repeats, "--repeats", in: 1...10_000)
  }

  func run() throws {
    computing.apply()
    var benchmark = AugmentBenchmark()
    (benchmark.count, benchmark.repeats, benchmark.architecture) = (count, repeats, model)
    let result = try benchmark.measure()
    guard !json else {
      try Terminal().print(json: result)
      return
    }
    print(
      """
      \(result.samples) samples of 256×256, \(result.threads) threads
      samples/s    \(decimals(result.samplesPerSecond, 1))
      CPU          \(decimals(result.cpuMilliseconds, 1)) ms per sample

      """)
    let width = result.steps.map(\.name.count).max() ?? 0
    for step in result.steps {
      let gap = String(repeating: " ", count: width - step.name.count + 2)
      print("\(step.name)\(gap)\(decimals(step.milliseconds, 2)) ms")
    }
  }
}
