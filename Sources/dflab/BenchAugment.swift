import ArgumentParser
import Foundation
import Lab

/// `dflab bench augment`.
struct BenchAugment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Measure the making of labelled pictures.",
    discussion: """
      Makes --count pictures of 256×256 out of rendered people by the usual recipe, without H.264 and \
      without writing them, and prints the pictures a second and the milliseconds of one thread that \
      each method and step takes.

      EXAMPLES
        dflab bench augment
        dflab bench augment --count 2000 --json
      """)

  @Option(parsing: .unconditional, help: "Pictures to make.")
  var count = AugmentBenchmark().count

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: 1...100_000)
  }

  func run() throws {
    computing.apply()
    var benchmark = AugmentBenchmark()
    benchmark.count = count
    let result = try benchmark.measure()
    let terminal = Terminal()
    guard !json else { return try terminal.print(json: result) }
    terminal.print("\(result.pictures) pictures of 256×256, \(result.threads) threads")
    terminal.print("pictures/s  \(decimals(result.picturesPerSecond, 1))")
    for (step, time) in result.milliseconds.sorted(by: { $0.value > $1.value }) {
      let gap = String(repeating: " ", count: max(0, 10 - step.count))
      terminal.print("\(step)\(gap)  \(decimals(time, 2)) ms")
    }
  }
}
