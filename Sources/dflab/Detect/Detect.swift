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

      With --calibrate: learns what the scores of a detector mean that was imported with \
      'dflab models import', and selects the limits of its verdicts, on a dataset's validation split. Until \
      then its verdicts are undecided.

      With --cross-validate: cross-validates linear, RBF and polynomial SVMs and logistic \
      regression on a table of features.

      EXAMPLES
        dflab detect video.mp4
        dflab detect --retrain
        dflab detect --retrain --detectors meso4,spectrum --minutes 5 --name quick
        dflab detect video.mp4 --every 1 --explain
        dflab detect --detectors spectrum,efficientnet-lite0 folder/ --json
        dflab detect --evaluate --data Datasets/other --robustness
        dflab detect --calibrate clip --data Datasets/other
        dflab detect --cross-validate spectra.csv --folds 10

      DETECTORS
        \(DetectorRegistry.standard.kinds.map(\.rawValue).joined(separator: ", "))
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

  @OptionGroup var shared: DescribedOptions<SharedDetectOptions>

  @OptionGroup(title: "Inference") var inference: RequestSection<InferenceRequest>

  @OptionGroup(title: "Inference") var display: InferenceCommandOptions

  @OptionGroup(title: "Training") var retraining: RetrainFlag

  @OptionGroup(title: "Training") var training: RequestSection<DetectRequest>

  @OptionGroup(title: "Testing") var evaluation: EvaluateFlag

  @OptionGroup(title: "Testing") var testing: RequestSection<EvaluateRequest>

  @OptionGroup(title: "Calibration") var calibration: RequestSection<CalibrateRequest>

  @OptionGroup(title: "Cross-validation") var crossValidation:
    RequestSection<CrossValidationRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  /// Whether several ranks can carry it out together.
  var runsOnRanks: Bool { retraining.retrain }

  /// What the command does, as error messages call it.
  private enum Mode: String {
    case inference = "scoring files"
    case training = "--retrain"
    case testing = "--evaluate"
    case calibration = "--calibrate"
    case crossValidation = "--cross-validate"
  }

  func validate() throws {
    let mode = try mode
    if let option = unusedOption(in: mode) {
      throw ValidationError("\(option) cannot be used with \(mode.rawValue). Omit it.")
    }
    guard words["data", default: []].count < 2 || mode == .testing else {
      throw ValidationError("Give --data only once; only --evaluate takes several datasets.")
    }
    switch mode {
    case .inference: _ = try inferenceRequest
    case .training: _ = try trainingRequest
    case .testing: _ = try testingRequest
    case .calibration: _ = try calibrationRequest
    case .crossValidation: _ = try crossValidationRequest
    }
  }

  private var mode: Mode {
    get throws {
      let modes: [(mode: Mode, isGiven: Bool)] = [
        (.inference, words["inputs"] != nil), (.training, retraining.retrain),
        (.testing, evaluation.evaluate), (.calibration, words["calibrate"] != nil),
        (.crossValidation, words["cross-validate"] != nil),
      ]
      let given = modes.filter(\.isGiven).map(\.mode)
      guard let mode = given.first, given.count == 1 else {
        throw ValidationError(
          "Give files, or one of --retrain, --evaluate, --calibrate and --cross-validate.")
      }
      return mode
    }
  }

  /// The first given option that does not apply in this mode; nil for none.
  private func unusedOption(in mode: Mode) -> String? {
    func names<Request: RunRequest>(_ type: Request.Type) -> [String] {
      Request.options.map(\.description.name)
    }
    let own =
      switch mode {
      case .inference: names(InferenceRequest.self)
      case .training: names(DetectRequest.self)
      case .testing: names(EvaluateRequest.self)
      case .calibration: names(CalibrateRequest.self)
      case .crossValidation: names(CrossValidationRequest.self)
      }
    let all =
      names(InferenceRequest.self) + names(DetectRequest.self) + names(EvaluateRequest.self)
      + names(CalibrateRequest.self) + names(CrossValidationRequest.self)
    let unused = all.first { words[$0] != nil && !own.contains($0) }
    return unused.map { "--\($0)" } ?? (mode == .inference ? nil : display.given.first)
  }

  /// The words of the given options of all modes, by name.
  private var words: [String: [String]] {
    [
      shared.words, inference.words, training.words, testing.words, calibration.words,
      crossValidation.words,
    ].reduce(into: [:]) { $0.merge($1) { $1 } }
  }

  func run() throws {
    computing.apply()
    switch try mode {
    case .inference:
      try withInterruption {
        try DetectInference.infer(inferenceRequest, outputOptions, $0, display)
      }
    case .training: try DetectTraining.perform(trainingRequest, outputOptions)
    case .testing: try DetectEvaluation.perform(testingRequest, outputOptions)
    case .calibration: try DetectCalibration.perform(calibrationRequest, outputOptions)
    case .crossValidation:
      try DetectCrossValidation.perform(crossValidationRequest, outputOptions)
    }
  }

  // The options as requests.

  var inferenceRequest: InferenceRequest { get throws { try InferenceRequest(parsed: words) } }
  var trainingRequest: DetectRequest { get throws { try DetectRequest(parsed: words) } }
  var testingRequest: EvaluateRequest { get throws { try EvaluateRequest(parsed: words) } }
  var calibrationRequest: CalibrateRequest { get throws { try CalibrateRequest(parsed: words) } }
  var crossValidationRequest: CrossValidationRequest {
    get throws { try CrossValidationRequest(parsed: words) }
  }
}
