import ArgumentParser
import Generation
import Workflows

/// `dflab bench augment`.
struct BenchAugment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Measure the forging and degrading of faces.",
    discussion: """
      Makes --count samples of 256×256 out of rendered faces, half of them real, half forged by \
      each method in turn, all degraded by the default draw and encoded as JPEG, and prints the \
      samples a second; then the milliseconds that each method and each degradation takes alone, \
      on one thread. Nothing is read or written.

      EXAMPLES
        dflab bench augment
        dflab bench augment --threads 1 --model original --json
      """)

  @Option(parsing: .unconditional, help: "Samples to make.")
  var count = AugmentBenchmark().count

  @Option(parsing: .unconditional, help: "Samples of each method and degradation.")
  var repeats = AugmentBenchmark().repeats

  @Option(help: "The model that swaps: original or fast.")
  var model = AugmentBenchmark().architecture

  @Flag(help: "Print one JSON object.")
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
      CPU          \(decimals(result.cpuMilliseconds, 1)) ms a sample

      """)
    let width = result.steps.map(\.name.count).max() ?? 0
    for step in result.steps {
      let gap = String(repeating: " ", count: width - step.name.count + 2)
      print("\(step.name)\(gap)\(decimals(step.milliseconds, 2)) ms")
    }
  }
}
