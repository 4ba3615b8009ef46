import ArgumentParser

/// `dflab bench`.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how fast this machine trains, swaps and renders.",
    subcommands: [BenchSwap.self, BenchFaces.self, BenchTruth.self, BenchAugment.self])
    subcommands: [BenchSwap.self, BenchFaces.self, BenchAugment.self, BenchTruth.self])
    abstract: "Measure how fast this machine trains, swaps, renders and detects.",
    subcommands: [BenchSwap.self, BenchFaces.self, BenchTruth.self, BenchSpectrum.self])
}
