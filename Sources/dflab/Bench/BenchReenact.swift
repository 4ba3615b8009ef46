import ArgumentParser
import Generation
import Workflows

/// `dflab bench reenact`.
struct BenchReenact: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reenact",
    abstract: "Measure reenactment against ground truth.",
    discussion: """
      Renders clips of pairs of identities, trains a swap model on each pair, reenacts the first \
      identity by the second, and compares the finished frames with the first identity rendered with \
      the second one's expressions. Prints a Markdown table; the expression is 0 for the frame as it was, \
      and 1 for the ground truth.

      EXAMPLE
        dflab bench reenact --pairs 2 --iterations 800
      """)

  @Option(parsing: .unconditional, help: "Number of pairs of identities")
  var pairs = ReenactmentBenchmark().pairs

  @Option(parsing: .unconditional, help: "Training steps per pair")
  var iterations = ReenactmentBenchmark().iterations

  @Option(parsing: .unconditional, help: "Frames per clip")
  var frames = ReenactmentBenchmark().frames

  @Option(parsing: .unconditional, help: "Random seed")
  var seed = ReenactmentBenchmark().seed

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(pairs, "--pairs", in: 1...333)
    try require(iterations, "--iterations", in: 1...100_000)
    try require(frames, "--frames", in: 50...10_000)
  }

  func run() throws {
    computing.apply()
    var benchmark = ReenactmentBenchmark()
    (benchmark.pairs, benchmark.iterations) = (pairs, iterations)
    (benchmark.frames, benchmark.seed) = (frames, seed)
    print("| face | SSIM | PSNR | landmark NME | expression | to truth | sharpness |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in try benchmark.measure() {
      let metrics = row.metrics
      let cells = [
        row.face, decimals(metrics.ssim, 3), decimals(metrics.psnr, 1),
        metrics.landmarks.map { "\(decimals($0, 1)) %" } ?? "–",
        decimals(metrics.identity, 2), decimals(metrics.toSwappedIn, 2),
        metrics.sharpness.map { decimals($0, 2) } ?? "–",
      ]
      print("| \(cells.joined(separator: " | ")) |")
    }
  }
}
