import ArgumentParser
import Workflows

/// `dflab bench spectrum`.
struct BenchSpectrum: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrum",
    abstract: "Measure the power spectra that the spectrum detector judges.",
    discussion: """
      Computes the spectra of pictures of noise, and prints the pictures a second. What it is measured \
      against: Tests/Peers/spectrum.py, which does the same in NumPy and SciPy.

      EXAMPLES
        dflab bench spectrum
        dflab bench spectrum --side 128 --features 80 --threads 1 --json
      """)

  @Option(parsing: .unconditional, help: "Pictures to compute the spectra of.")
  var count = SpectrumBenchmark().count

  @Option(parsing: .unconditional, help: "Pixels along a side of a picture.")
  var side = SpectrumBenchmark().side

  @Option(parsing: .unconditional, help: "Features of a spectrum.")
  var features = SpectrumBenchmark().features

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...1_000_000)
    try require(side, "--side", in: 16...4096)
    try require(features, "--features", in: 2...10_000)
  }

  func run() throws {
    computing.apply()
    var benchmark = SpectrumBenchmark()
    (benchmark.count, benchmark.side, benchmark.features) = (count, side, features)
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
