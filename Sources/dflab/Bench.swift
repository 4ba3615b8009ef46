import ArgumentParser

/// `dflab bench`.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how fast this machine trains and swaps.",
    subcommands: [BenchSwap.self, BenchTruth.self])
}
