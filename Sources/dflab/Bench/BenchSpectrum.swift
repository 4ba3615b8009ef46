import ArgumentParser
import Workflows

/// `dflab bench spectrum`.
struct BenchSpectrum: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrum",
    abstract: "Benchmark the power spectra of the spectrum detector.",
    discussion: """
      Computes the spectra of noise pictures and prints pictures per second. Tests/Peers/spectrum.py \
      measures the same in NumPy and SciPy.

      EXAMPLES
        dflab bench spectrum
        dflab bench spectrum --size 128 --features 80 --threads 1 --json
      """)

  @Option(parsing: .unconditional, help: "Number of pictures")
  var count = SpectrumBenchmark().count

  @Option(parsing: .unconditional, help: "Width and height of pictures in pixels")
  var size = SpectrumBenchmark().side

  @Option(parsing: .unconditional, help: "Number of features per spectrum")
  var features = SpectrumBenchmark().features

  @Flag(help: "Print the result as a line of JSON")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...1_000_000)
    try require(size, "--size", in: 16...4096)
    try require(features, "--features", in: 2...10_000)
  }

  func run() throws {
    computing.apply()
    var benchmark = SpectrumBenchmark()
    (benchmark.count, benchmark.side, benchmark.features) = (count, size, features)
    let result = try benchmark.measure()
    guard !json else { return try Terminal().print(json: result) }
    print(
      """
      \(result.pictures) pictures of \(result.side)×\(result.side), \(result.features) features, \
      \(result.threads) threads
      pictures/s   \(decimals(result.picturesPerSecond, 1))
      """)
  }
}
