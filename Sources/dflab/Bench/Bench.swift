import ArgumentParser

/// `dflab bench`.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how fast this machine trains, swaps, renders, forges and detects.",
    subcommands: [
      BenchSwap.self, BenchFaces.self, BenchAugment.self, BenchGroundTruth.self, BenchSpectrum.self,
      BenchDetect.self,
    ])
}
