import ArgumentParser
import Detection
import Engine
import Workflows

/// Options of `dflab detect FILE`.
struct DetectInferenceOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Process every Nth frame of a video")
  var every: Int?

  @Option(
    parsing: .unconditional,
    help: "Maximum number of frames per video, evenly spaced without --every (default: 32)")
  var maxFrames: Int?

  @Flag(help: "Score every identity, not only the largest face")
  var allFaces = false

  @Option(parsing: .unconditional, help: "Minimum face width in pixels (default: 80)")
  var minSize: Double?

  @Option(
    help: """
      Combination of several detectors: mean (of their scores), or vote (fraction of detectors that \
      score \(Ensemble.voteThreshold) or higher, whatever their own thresholds) (default: mean)
      """)
  var ensemble: Ensemble?

  @Option(
    help: "Output folder for verdict, timeline and explanation (default: Labs/detect-FILE)",
    completion: .directory)
  var out: String?

  @Flag(
    help: "Explain the scores: spectrum, blending boundary, and Grad-CAM heat maps of networks")
  var explain = false

  @Flag(help: "Print how long each stage took, and the peak memory")
  var timing = false

  @Flag(help: "Exit with code 2 if a file is fake, otherwise with 4 if one is undecided")
  var exitCode = false

  /// The given options.
  var given: [String] {
    let all: [(option: String, isGiven: Bool)] = [
      ("--every", every != nil), ("--max-frames", maxFrames != nil), ("--all-faces", allFaces),
      ("--min-size", minSize != nil), ("--ensemble", ensemble != nil), ("--out", out != nil),
      ("--explain", explain), ("--timing", timing), ("--exit-code", exitCode),
    ]
    return all.filter(\.isGiven).map(\.option)
  }

  func validate() throws {
    try require(every, "--every", in: 1...1_000_000)
    try require(maxFrames, "--max-frames", in: 1...10_000_000)
    try require(minSize, "--min-size", in: 20...10_000)
  }

  /// A request for some files.
  func request(_ inputs: [String]) -> InferenceRequest {
    var request = InferenceRequest(inputs: inputs)
    (request.every, request.findsAllFaces, request.smallest) = (every, allFaces, minSize)
    // With --every, a video is read to its end.
    request.maxFrames = maxFrames ?? (every == nil ? 32 : nil)
    request.ensemble = ensemble ?? .mean
    (request.out, request.isExplained) = (out, explain)
    return request
  }
}

/// Options of `dflab detect --retrain`.
struct DetectTrainingOptions: ParsableArguments {
  @Flag(help: "Train detectors on a labeled dataset, test them, and write a report")
  var retrain = false

  @Option(
    parsing: .unconditional,
    help: "Training time in minutes, for all networks together (default: 10)")
  var minutes: Double?

  @Option(
    parsing: .unconditional, help: "Number of training steps of each network, instead of --minutes")
  var iterations: Int?

  @Option(parsing: .unconditional, help: "Batch size (default: 32)")
  var batch: Int?

  @Option(
    parsing: .unconditional,
    help:
      "Width and height of the networks' input in pixels (default: that of --init or the network)")
  var size: Int?

  @Option(
    parsing: .unconditional,
    help: """
      Central fraction of the crop's width and height that the networks see (default: that of --init \
      or the network)
      """)
  var cropShare: Double?

  @Option(
    parsing: .unconditional,
    help: "Learning rate of the networks (default: the network's, half of it with --init)")
  var learningRate: Double?

  @Option(
    help: """
      Comma-separated forgery methods to train on, such as sbi,warp (default: all); the test \
      split keeps all methods
      """)
  var methods: String?

  @Option(
    name: .customLong("init"),
    help: """
      Initialize the network from this trained detector or pretrained network; imagenet for \
      ImageNet weights, none for random weights (default: imagenet for efficientnet-lite0, \
      base-efficientnet-b0 for efficientnet-b0, none for others)
      """)
  var initialModel: String?

  @Option(help: "Precision of activations (default: fp32)")
  var precision: Precision?

  @Flag(help: "Write TensorBoard event files to Labs/RUN/tensorboard")
  var tensorboard = false

  @Flag(help: "Discard an earlier run of this name")
  var force = false

  /// The given options.
  var given: [String] {
    let all: [(option: String, isGiven: Bool)] = [
      ("--minutes", minutes != nil), ("--iterations", iterations != nil),
      ("--batch", batch != nil), ("--size", size != nil), ("--crop-share", cropShare != nil),
      ("--learning-rate", learningRate != nil), ("--methods", methods != nil),
      ("--init", initialModel != nil),
      ("--precision", precision != nil), ("--tensorboard", tensorboard), ("--force", force),
    ]
    return all.filter(\.isGiven).map(\.option)
  }

  func validate() throws {
    try require(minutes, "--minutes", above: 0)
    try require(iterations, "--iterations", in: 1...1_000_000_000)
    try require(batch, "--batch", in: 2...1024)
    try require(cropShare, "--crop-share", in: 0.2...1)
    try require(learningRate, "--learning-rate", above: 0)
    guard minutes == nil || iterations == nil else {
      throw ValidationError("Give --minutes or --iterations, not both.")
    }
  }
}

/// Options of `dflab detect --evaluate`.
struct DetectTestingOptions: ParsableArguments {
  @Flag(help: "Test trained detectors on labeled datasets")
  var evaluate = false

  @Flag(
    help: "Also test on samples degraded at five strengths: JPEG, H.264, resize, blur, noise")
  var robustness = false
}

/// Options of `dflab detect --cross-validate`.
struct CrossValidationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Cross-validate classifiers on a CSV table: label (0 real, 1 fake), then features",
      valueName: "file.csv"), completion: .file(extensions: ["csv"]))
  var crossValidate: String?

  @Option(parsing: .unconditional, help: "Number of folds (default: 10)")
  var folds: Int?

  func validate() throws {
    try require(folds, "--folds", in: 2...1000)
  }
}
