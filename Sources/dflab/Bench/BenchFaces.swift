import ArgumentParser
import Foundation
import Workflows

/// `dflab bench faces`.
struct BenchFaces: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Benchmark rendering of synthetic faces.",
    discussion: """
      Renders --count pictures of eight identities in memory. Prints pictures per second and CPU \
      time per picture.

      EXAMPLES
        dflab bench faces
        dflab bench faces --count 200 --threads 1 --json
      """)

  @Option(parsing: .unconditional, help: "Number of pictures")
  var count = FacesBenchmark().count

  @Flag(help: "Print the result as a line of JSON")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...100_000)
  }

  func run() throws {
    computing.apply()
    var benchmark = FacesBenchmark()
    benchmark.count = count
    let result = benchmark.measure()
    guard !json else {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      print(String(decoding: try encoder.encode(result), as: UTF8.self))
      return
    }
    print(
      """
      \(result.pictures) pictures of \(result.side)×\(result.side), \(result.threads) threads
      pictures/s   \(decimals(result.picturesPerSecond, 1))
      CPU          \(decimals(result.cpuMilliseconds, 1)) ms per picture
      """)
  }
}
