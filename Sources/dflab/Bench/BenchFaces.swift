import ArgumentParser
import Foundation
import Workflows

/// `dflab bench faces`.
struct BenchFaces: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Measure the rendering of synthetic people.",
    discussion: """
      Renders --count pictures of eight people without writing them, and prints the pictures a \
      second and the milliseconds of one processor that a picture takes.

      EXAMPLES
        dflab bench faces
        dflab bench faces --count 200 --threads 1 --json
      """)

  @Option(parsing: .unconditional, help: "Pictures to render.")
  var count = FacesBenchmark().count

  @Flag(help: "Print one JSON object.")
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
      CPU          \(decimals(result.cpuMilliseconds, 1)) ms a picture
      """)
  }
}
