import ArgumentParser
import Detection
import Engine

/// What `dflab detect --retrain` takes.
struct DetectTrainingOptions: ParsableArguments {
  @Flag(help: "Train detectors on a labeled set, test them once, and write a report.")
  var retrain = false

  @Option(
    parsing: .unconditional,
    help: "Minutes for all networks together (default: 10); spectra take seconds.")
  var minutes: Double?

  @Option(parsing: .unconditional, help: "Steps of each network, instead of --minutes.")
  var iterations: Int?

  @Option(parsing: .unconditional, help: "Faces in a step (default: 32).")
  var batch: Int?

  @Option(
    help: "Learn from these forgeries alone, such as sbi,warp; the test keeps all of them.")
  var methods: String?

  @Option(
    help: """
      A trained detector whose weights its network begins with, or none; by default \
      efficientnet-b0 begins with one that comes with the program.
      """)
  var start: String?

  @Option(help: "What to call the run (default: detect- and the set's name).")
  var name: String?

  @Option(help: "How activations are stored: fp32 (the default) or bf16.")
  var precision: Precision?

  @Flag(help: "Write Labs/RUN/tensorboard too, for 'tensorboard --logdir Labs'.")
  var tensorboard = false

  @Flag(help: "Throw away what an earlier run of this name has trained.")
  var force = false

  /// The names of those that are given.
  var given: [String] {
    let all: [(option: String, isGiven: Bool)] = [
      ("--minutes", minutes != nil), ("--iterations", iterations != nil),
      ("--batch", batch != nil), ("--methods", methods != nil), ("--start", start != nil),
      ("--name", name != nil), ("--precision", precision != nil), ("--tensorboard", tensorboard),
      ("--force", force),
    ]
    return all.filter(\.isGiven).map(\.option)
  }

  func validate() throws {
    try require(minutes, "--minutes", above: 0)
    try require(iterations, "--iterations", in: 1...1_000_000_000)
    try require(batch, "--batch", in: 2...1024)
    guard minutes == nil || iterations == nil else {
      throw ValidationError("Give --minutes or --iterations, not both.")
    }
  }
}
