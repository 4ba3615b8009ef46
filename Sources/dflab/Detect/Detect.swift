import ArgumentParser
import Detection
import Engine
import Records
import Workflows

/// `dflab detect`.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell fake faces from real ones: train detectors, test them, judge files.",
    discussion: """
      Judging: finds the faces in pictures and videos, has each scored by trained detectors, and \
      says how probably each person is fake. The detectors are those of the newest training, or \
      those that --with names. "No face found" is an answer of its own.

      --retrain trains detectors on a labeled set ('dflab augment'), the newest that is no step of a duel \
      if none is named: weights on its training split; calibration, threshold and the end of training on its \
      validation split; the test split is scored once, at the end. The same command again goes on \
      where it was interrupted.

      --evaluate tests trained detectors on other labeled sets; --robustness also on pictures that \
      were degraded in five strengths.

      --cross-validate judges linear, RBF and polynomial support vector machines and logistic \
      regression on a table of features: each fold's samples by what was learned from the others.

      EXAMPLES
        dflab detect --retrain
        dflab detect --retrain --with meso4,spectrum --minutes 5 --name quick
        dflab detect video.mp4
        dflab detect video.mp4 --every 1 --explain
        dflab detect --with spectrum,efficientnet folder/ --json
        dflab detect --evaluate --data Datasets/other --robustness
        dflab detect --cross-validate spectra.csv --folds 10

      DETECTORS
        spectrum, shallow, cnn, cnn-bn, c5, meso4, mesoinception4, resnet18, efficientnet-b0, \
      xception; a model's name in Checkpoints, or the beginning of a detector's, does as well.

      EXIT CODES
        0    done; with --exit-code: no file is called fake
        1    an error, said in one sentence
        2    with --exit-code: a file is called fake
        3    no face was found in any file
        64   wrong options
        130  ended by Ctrl-C, after saving
        143  ended by the system, after saving
      """)

  @Argument(help: "Pictures, videos, and folders of these.", completion: .file())
  var inputs: [String] = []

  @Option(name: .customLong("with"), help: "Which detectors, with commas between.")
  var detectors: String?

  @Option(help: "A labeled set: a name below Datasets or a folder; may be given again.")
  var data: [String] = []

  @Option(parsing: .unconditional, help: "What all chance follows from (default: 1).")
  var seed: UInt64?

  @OptionGroup(title: "Judging") var judging: DetectInferenceOptions

  @OptionGroup(title: "Training") var training: DetectTrainingOptions

  @OptionGroup(title: "Testing") var testing: DetectTestingOptions

  @OptionGroup(title: "Cross-validation") var crossValidation: CrossValidationOptions

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @OptionGroup var telling: TellingOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    let modes: [(mode: DetectMode, isAsked: Bool)] = [
      (.judging, !inputs.isEmpty), (.training, training.retrain), (.testing, testing.evaluate),
      (.crossValidation, crossValidation.crossValidate != nil),
    ]
    let asked = modes.filter(\.isAsked).map(\.mode)
    guard let mode = asked.first, asked.count == 1 else {
      throw ValidationError(
        "Name files to judge, or give one of --retrain, --evaluate and --cross-validate.")
    }
    if let stray = stray(from: mode) {
      throw ValidationError("\(stray) says nothing to \(mode.rawValue): leave it away.")
    }
    guard data.count < 2 || testing.evaluate else {
      throw ValidationError("Give --data once; only --evaluate takes several sets.")
    }
    if training.retrain { _ = try kinds() }
  }

  /// The first option that is given and for something else; nil for none.
  private func stray(from mode: DetectMode) -> String? {
    let shared: [(option: String, isGiven: Bool, modes: [DetectMode])] = [
      ("--with", detectors != nil, [.judging, .training, .testing]),
      ("--data", !data.isEmpty, [.training, .testing]),
      ("--seed", seed != nil, [.training, .crossValidation]),
      ("--robustness", testing.robustness, [.testing]),
      ("--report-name", testing.reportName != nil, [.testing, .crossValidation]),
      ("--folds", crossValidation.folds != nil, [.crossValidation]),
    ]
    let strays =
      shared.filter { $0.isGiven && !$0.modes.contains(mode) }.map(\.option)
      + (mode == .judging ? [] : judging.given) + (mode == .training ? [] : training.given)
    return strays.first
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
      try judge(interruption)
    }
  }

  private func crossValidate(_ path: String) throws {
    var request = CrossValidationRequest(table: path)
    request.folds = crossValidation.folds ?? request.folds
    request.seed = seed ?? request.seed
    (request.name, request.workspace) = (testing.reportName, workspace)
    let outcome = try CrossValidationRun.judge(request)
    let terminal = Terminal()
    guard !telling.json else { return try terminal.print(json: outcome.result) }
    terminal.print(CrossValidationSummary(result: outcome.result).text)
    if let report = outcome.report { terminal.print("report    \(report)") }
  }

  private func retrain(_ interruption: Interruption) throws {
    let progress = DetectProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    let outcome = try DetectRun.train(trainingRequest(), interruption: interruption) {
      progress.show($0)
    }
    try progress.end(outcome)
    if outcome.results == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  private func evaluate(_ interruption: Interruption) throws {
    let progress = EvaluateProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    let outcome = try EvaluateRun.test(testingRequest, interruption: interruption) {
      progress.show($0)
    }
    try progress.end(outcome)
    if outcome == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }

  private func judge(_ interruption: Interruption) throws {
    var request = judging.request(inputs)
    (request.detectors, request.workspace) = (words, workspace)
    let progress = InferenceProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    try FileInference.judge(
      request, interruption: interruption, advance: progress.advance, report: progress.show)
    try progress.end()
    if let code = interruption.exitCode { throw ExitCode(code) }
    if progress.judged == 0 { throw ExitCode(3) }
    if judging.exitCode && progress.fakes > 0 { throw ExitCode(2) }
  }

  /// What stands between the commas of --with.
  private var words: [String] {
    detectors?.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.map(String.init) ?? []
  }

  /// The detectors to train; nil where none is named.
  private func kinds() throws -> [DetectorKind]? {
    guard !words.isEmpty else { return nil }
    let kinds = try words.map { word in
      guard let kind = DetectorKind(matching: word) else {
        let names = DetectorKind.allCases.map(\.rawValue)
        let nearest = names.nearest(to: word).map { " Did you mean '\($0)'?" } ?? ""
        throw ValidationError(
          "There is no detector '\(word)'.\(nearest) Known are \(names.joined(separator: ", ")).")
      }
      return kind
    }
    guard Set(kinds).count == kinds.count else {
      throw ValidationError("Name each detector once.")
    }
    return kinds
  }

  /// The same, as Lab takes it.
  func trainingRequest() throws -> DetectRequest {
    var request = DetectRequest()
    (request.data, request.name) = (data.first, training.name)
    request.detectors = try kinds()
    request.start = training.start
    request.minutes = training.minutes
    (request.iterations, request.batch) = (training.iterations, training.batch)
    request.methods = training.methods.map {
      $0.split(separator: ",").map(String.init)
    }
    (request.seed, request.precision) = (seed, training.precision)
    (request.isForced, request.workspace) = (training.force, workspace)
    request.hasBoard = training.tensorboard
    return request
  }

  /// The same, as Lab takes it.
  var testingRequest: EvaluateRequest {
    var request = EvaluateRequest()
    (request.data, request.detectors, request.workspace) = (data, words, workspace)
    (request.isSwept, request.name) = (testing.robustness, testing.reportName)
    return request
  }
}
