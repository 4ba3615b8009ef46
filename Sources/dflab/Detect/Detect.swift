import ArgumentParser
import Detection
import Engine
import Records
import Workflows

/// `dflab detect`.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Detect fake faces in pictures and videos; train and test detectors.",
    discussion: """
      With files: detects and tracks faces, scores them with trained detectors, and prints a \
      verdict for each identity and file: fake, real, or undecided, with the error rates that were \
      measured at its limits. Uses the detectors of the newest training run, those given with \
      --detectors, or, in a workspace without any, the one that ships with dflab. A file without a \
      face gets no verdict.

      With --retrain: trains detectors on a labeled dataset (see 'dflab augment'), by default the \
      newest that is not part of a duel. Weights are fitted on the training split; checkpoint, \
      calibration and threshold are selected on the validation split; the test split is scored \
      once, at the end. Rerun the command to resume.

      With --evaluate: tests trained detectors on other labeled datasets; with --robustness, also \
      on samples degraded at five strengths.

      With --cross-validate: cross-validates linear, RBF and polynomial SVMs and logistic \
      regression on a table of features.

      EXAMPLES
        dflab detect video.mp4
        dflab detect --retrain
        dflab detect --retrain --detectors meso4,spectrum --minutes 5 --name quick
        dflab detect video.mp4 --every 1 --explain
        dflab detect --detectors spectrum,efficientnet-lite0 folder/ --json
        dflab detect --evaluate --data Datasets/other --robustness
        dflab detect --cross-validate spectra.csv --folds 10

      DETECTORS
        spectrum, shallow, cnn, cnn-bn, c5, meso4, mesoinception4, resnet18, resnet50, \
      efficientnet-lite0, efficientnet-b0, efficientnet-b4, xception
        Names of models in Checkpoints and unique prefixes are accepted too.

      JSON
        With files, --json prints one object per file, each on its own line.

      EXIT CODES
        0    success; with --exit-code: every file with a face is real
        1    error
        2    with --exit-code: a file is fake
        3    no face was scored in any file
        4    with --exit-code: a file is undecided, and none is fake
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @Argument(help: "Pictures, videos, and folders of them", completion: .file())
  var inputs: [String] = []

  @Option(
    help: """
      Comma-separated detectors (default: those of the newest training run; with --retrain, \
      \(DetectRequest.usual.map(\.rawValue).joined(separator: ",")))
      """)
  var detectors: String?

  @Option(
    help: """
      Labeled dataset: a name in Datasets or a folder (default: the newest); repeat for several \
      with --evaluate
      """)
  var data: [String] = []

  @Option(
    help: """
      Name of the run (default: detect-FILE, detect-DATASET, evaluate-DATASET or \
      cross-validation-TABLE)
      """)
  var name: String?

  @Option(parsing: .unconditional, help: "Random seed (default: 1)")
  var seed: UInt64?

  @OptionGroup(title: "Inference") var inference: DetectInferenceOptions

  @OptionGroup(title: "Training") var training: DetectTrainingOptions

  @OptionGroup(title: "Testing") var testing: DetectTestingOptions

  @OptionGroup(title: "Cross-validation") var crossValidation: CrossValidationOptions

  @OptionGroup var workspaceOptions: WorkspaceOptions

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  /// What the command does, as error messages call it.
  private enum Mode: String {
    case inference = "scoring files"
    case training = "--retrain"
    case testing = "--evaluate"
    case crossValidation = "--cross-validate"
  }

  func validate() throws {
    let modes: [(mode: Mode, isGiven: Bool)] = [
      (.inference, !inputs.isEmpty), (.training, training.retrain), (.testing, testing.evaluate),
      (.crossValidation, crossValidation.crossValidate != nil),
    ]
    let given = modes.filter(\.isGiven).map(\.mode)
    guard let mode = given.first, given.count == 1 else {
      throw ValidationError(
        "Give files, or one of --retrain, --evaluate and --cross-validate.")
    }
    if let option = unusedOption(in: mode) {
      throw ValidationError("\(option) cannot be used with \(mode.rawValue). Omit it.")
    }
    guard data.count < 2 || testing.evaluate else {
      throw ValidationError("Give --data only once; only --evaluate takes several datasets.")
    }
    if name != nil, inference.out != nil {
      throw ValidationError("Give --name or --out, not both.")
    }
    if training.retrain { _ = try kinds() }
  }

  /// The first given option that does not apply in this mode; nil for none.
  private func unusedOption(in mode: Mode) -> String? {
    let shared: [(option: String, isGiven: Bool, modes: [Mode])] = [
      ("--detectors", detectors != nil, [.inference, .training, .testing]),
      ("--data", !data.isEmpty, [.training, .testing]),
      ("--seed", seed != nil, [.training, .crossValidation]),
      ("--robustness", testing.robustness, [.testing]),
      ("--folds", crossValidation.folds != nil, [.crossValidation]),
    ]
    let unused =
      shared.filter { $0.isGiven && !$0.modes.contains(mode) }.map(\.option)
      + (mode == .inference ? [] : inference.given) + (mode == .training ? [] : training.given)
    return unused.first
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    if let path = crossValidation.crossValidate {
      try crossValidate(path)
    } else if training.retrain {
      try retrain(interruption)
    } else if testing.evaluate {
      try evaluate(interruption)
    } else {
      try infer(interruption)
    }
  }

  private func crossValidate(_ path: String) throws {
    var request = CrossValidationRequest(table: path)
    request.folds = crossValidation.folds ?? request.folds
    request.seed = seed ?? request.seed
    (request.name, request.workspace) = (name, workspaceOptions.workspace)
    let outcome = try CrossValidationRun.evaluate(request)
    let terminal = Terminal()
    guard !outputOptions.isJSON else { return try terminal.print(json: outcome.result) }
    terminal.print(CrossValidationSummary(result: outcome.result).text)
    if let report = outcome.report { terminal.print("report    \(report)") }
  }

  private func retrain(_ interruption: Interruption) throws {
    let progress = DetectProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let outcome = try DetectRun.train(trainingRequest(), interruption: interruption) {
      outputOptions.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if outcome.results == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  private func evaluate(_ interruption: Interruption) throws {
    let progress = EvaluateProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let outcome = try EvaluateRun.test(testingRequest, interruption: interruption) { sentence in
      outputOptions.report(EvaluateEvent.noted(sentence)) { _ in progress.show(sentence) }
    }
    try progress.end(outcome)
    if outcome == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  private func infer(_ interruption: Interruption) throws {
    var request = inference.request(inputs)
    (request.detectors, request.name) = (detectorNames, name)
    request.workspace = workspaceOptions.workspace
    let progress = InferenceProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let timing = try FileInference.judge(
      request, interruption: interruption,
      note: { sentence in
        outputOptions.report(InferenceEvent.noted(sentence)) { _ in progress.note(sentence) }
      },
      advance: { file, faces in
        outputOptions.report(InferenceEvent.advanced(file: file, faces: faces)) { _ in
          progress.advance(file, faces)
        }
      }, report: progress.show)
    try progress.end(inference.timing ? timing : nil)
    if let code = interruption.exitCode { throw ExitCode(code) }
    if let code = InferenceProgress.exitCode(of: progress.verdicts, isAsked: inference.exitCode) {
      throw ExitCode(code)
    }
  }

  /// The names given with --detectors.
  private var detectorNames: [String] {
    detectors?.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.map(String.init) ?? []
  }

  /// The detectors to train; nil if none is given.
  private func kinds() throws -> [DetectorKind]? {
    guard !detectorNames.isEmpty else { return nil }
    let kinds = try detectorNames.map { name in
      guard let kind = DetectorRegistry.standard.kind(matching: name) else {
        let names = DetectorRegistry.standard.kinds.map(\.rawValue)
        let nearest = names.nearest(to: name).map { " Did you mean '\($0)'?" } ?? ""
        throw ValidationError(
          "Unknown detector '\(name)'.\(nearest) Known detectors: \(names.joined(separator: ", "))."
        )
      }
      return kind
    }
    guard Set(kinds).count == kinds.count else {
      throw ValidationError("Give each detector only once.")
    }
    return kinds
  }

  /// The options as a request.
  func trainingRequest() throws -> DetectRequest {
    var request = DetectRequest()
    (request.data, request.name) = (data.first, name)
    request.detectors = try kinds()
    request.initialModel = training.initialModel
    request.minutes = training.minutes
    (request.iterations, request.batch) = (training.iterations, training.batch)
    (request.size, request.cropShare) = (training.size, training.cropShare)
    request.learningRate = training.learningRate
    request.methods = training.methods.map {
      $0.split(separator: ",").map(String.init)
    }
    (request.seed, request.precision) = (seed, training.precision)
    (request.isForced, request.workspace) = (training.force, workspaceOptions.workspace)
    request.hasBoard = training.tensorboard
    return request
  }

  /// The options as a request.
  var testingRequest: EvaluateRequest {
    var request = EvaluateRequest()
    (request.data, request.detectors, request.workspace) = (
      data, detectorNames, workspaceOptions.workspace
    )
    (request.isSwept, request.name) = (testing.robustness, name)
    return request
  }
}
