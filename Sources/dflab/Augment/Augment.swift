import ArgumentParser
import Faces
import Foundation
import Generation
import Records
import Workflows

/// `dflab augment`.
struct Augment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Create a labeled dataset of real and forged faces.",
    discussion: """
      Creates the dataset Datasets/NAME from real faces. By default half of the samples are real \
      and half are forged, by a mixture of methods; the same degradations are applied to both. \
      Uses all face sets and swap models of the workspace, except those of duels, unless --faces \
      or --models is given.

      No identity is in more than one split: identities that share a clip or a swap model stay \
      in one split, and so do both faces of a forgery. As a check, shortcut baselines \
      (classifiers on file size, JPEG tables, metadata, border or mean color, none of which should \
      reveal the label) are trained on the dataset; they should do no better than chance.

      Rerun the command to resume, or with a larger --count to add samples. The samples do not \
      depend on --threads.

      EXAMPLES
        dflab augment
        dflab augment --name dozen --faces Datasets/dozen --count 8000
        dflab augment --name stills --faces Datasets/stills --models none --seed 7
        dflab augment --name test-only --recipe strong.json --split 0/0/100

      METHODS
      \(methods)

      OUTPUT
        Datasets/NAME/manifest.jsonl   one line per sample: label (1 fake, 0 real), split, \
      identities, clips, method, parameters, degradations, seed, SHA-256
        Datasets/NAME/pictures         JPEG files with the same quantization tables and metadata
        Datasets/NAME/boundaries       blending boundaries of the xray samples
        Datasets/NAME/sheet.png        samples of each method
        Datasets/NAME/audit.json       results of the shortcut baselines
        Datasets/NAME/augment.json     settings
        Datasets/NAME/report.html      report; report.md has the same content

      EXIT CODES
        0    success
        1    error; finished samples are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  /// A line for each forgery method.
  private static let methods = ForgeryMethod.all.map { method in
    "  " + method.name.padding(toLength: 11, withPad: " ", startingAt: 0) + method.summary
  }.joined(separator: "\n")

  @Option(help: "Name of the dataset")
  var name = "augmented"

  @Option(
    parsing: .upToNextOption,
    help: "Face sets, or folders of face sets (default: all in the workspace)",
    completion: .directory)
  var faces: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Names of swap models, or none (default: all in the workspace, except those of duels)")
  var models: [String] = []

  @Option(
    help: "JSON file with method weights, strengths and degradations; see Datasets/README.md",
    completion: .file(extensions: ["json"]))
  var recipe: String?

  @Option(parsing: .unconditional, help: "Number of samples, real and fake")
  var count = AugmentRequest().count

  @Option(help: "Percentages of training, validation and test")
  var split = SplitRatios.usual.description

  @Option(parsing: .unconditional, help: "Number of fakes per real sample, 0.1 to 10")
  var fakeRatio = AugmentRequest().fakeRatio

  @Option(parsing: .unconditional, help: "Random seed")
  var seed = AugmentRequest().seed

  @Option(parsing: .unconditional, help: "Width and height of samples in pixels, 64 to 256")
  var size = AugmentRequest().size

  @Flag(inversion: .prefixedNo, help: "Check the dataset with shortcut baselines")
  var audit = true

  @Flag(help: "Replace an existing dataset of this name")
  var force = false

  @OptionGroup var workspaceOptions: WorkspaceOptions

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(count, "--count", in: AugmentRequest.counts)
    try require(size, "--size", in: AugmentRequest.sizes)
    try require(fakeRatio, "--fake-ratio", in: AugmentRequest.fakeRatios)
    guard SplitRatios(split) != nil else {
      throw ValidationError(
        "--split must be three integers that sum to 100, such as 70/15/15, not '\(split)'.")
    }
    if models.contains("none"), models.count > 1 {
      throw ValidationError("--models takes either names or none, not both.")
    }
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = AugmentProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let outcome = try AugmentRun.make(request, interruption: interruption) {
      outputOptions.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if outcome.sheet == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The options as a request.
  var request: AugmentRequest {
    var request = AugmentRequest()
    (request.name, request.faces, request.recipe) = (name, faces, recipe)
    request.models = models.isEmpty ? nil : models == ["none"] ? [] : models
    (request.count, request.fakeRatio) = (count, fakeRatio)
    (request.seed, request.size) = (seed, size)
    request.shares = SplitRatios(split) ?? .usual
    (request.isAudited, request.isForced, request.workspace) = (
      audit, force, workspaceOptions.workspace
    )
    return request
  }
}
