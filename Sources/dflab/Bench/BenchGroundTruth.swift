import ArgumentParser
import Generation
import Workflows

/// `dflab bench ground-truth`.
struct BenchGroundTruth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ground-truth",
    abstract: "Validate the ground-truth metrics on faces of known quality.",
    discussion: """
      Computes the metrics that compare swaps with the ground truth for faces whose quality is \
      known (the ground truth itself, degraded copies of it, the original face, a third person), and \
      prints a Markdown table.

      EXAMPLE
        dflab bench ground-truth --pairs 8
      """)

  @Option(parsing: .unconditional, help: "Number of pairs of identities")
  var pairs = GroundTruthBenchmark().pairs

  @Option(parsing: .unconditional, help: "Pictures per pair")
  var pictures = GroundTruthBenchmark().pictures

  @Option(parsing: .unconditional, help: "Random seed")
  var seed = GroundTruthBenchmark().seed

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(pairs, "--pairs", in: 1...333)
    try require(pictures, "--pictures", in: 1...1000)
  }

  func run() throws {
    computing.apply()
    var benchmark = GroundTruthBenchmark()
    (benchmark.pairs, benchmark.pictures, benchmark.seed) = (pairs, pictures, seed)
    print(
      "| face | SSIM | PSNR | gradients | landmark NME | identity | to swapped-in | to original |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for row in try benchmark.measure() {
      let metrics = row.metrics
      let cells = [
        row.face, decimals(metrics.ssim, 3), decimals(metrics.psnr, 1),
        decimals(metrics.gradient, 1), metrics.landmarks.map { "\(decimals($0, 1)) %" } ?? "–",
        "\(decimals(metrics.identity, 2)) ± \(decimals(row.identityDeviation, 2))",
        decimals(metrics.toSwappedIn, 2), decimals(metrics.toOriginal, 2),
      ]
      print("| \(cells.joined(separator: " | ")) |")
    }
  }
}
