import ArgumentParser
import Engine
import Records

/// How a kind of request is carried out on the command line.
protocol RequestAction {
  associatedtype Request: RunRequest

  /// Carries out a request, and prints progress and result.
  ///
  /// - Throws: an exit code after an interruption.
  static func carryOut(
    _ request: Request, _ output: OutputOptions, _ interruption: Interruption
  ) throws

  /// Whether several ranks can carry out a request together.
  static var runsOnRanks: Bool { get }
}

extension RequestAction {
  static var runsOnRanks: Bool { false }
}

extension RequestAction {
  /// Carries out a request until it is done, or interrupted by Ctrl-C.
  static func perform(_ request: Request, _ output: OutputOptions) throws {
    try withInterruption { try carryOut(request, output, $0) }
  }
}

/// Prints the progress of a run, and its result.
protocol RunProgress {
  associatedtype Event: RunEvent
  associatedtype Outcome

  init(isQuiet: Bool, isJSON: Bool)

  /// Prints an event.
  func show(_ event: Event)

  /// Prints the result.
  func end(_ outcome: Outcome) throws
}

/// The action of a run that reports its progress.
protocol RunAction: RequestAction {
  associatedtype Progress: RunProgress
  typealias Work =
    @Sendable (Request, Interruption, @escaping (Progress.Event) -> Void) throws ->
    Progress.Outcome

  /// Takes part in carrying out a request as another rank than the first.
  typealias Assist = @Sendable (Request) throws -> Void

  /// Runs a request.
  static var work: Work { get }

  /// How other ranks than the first take part; nil if one process carries out the request.
  static var assist: Assist? { get }

  /// Whether an outcome is complete although an interruption was requested.
  static func isComplete(_ outcome: Progress.Outcome) -> Bool
}

extension RunAction {
  static var assist: Assist? { nil }
  static var runsOnRanks: Bool { assist != nil }

  static func carryOut(
    _ request: Request, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    if RankLaunch.current.rank > 0, let assist {
      return try RankedCommand.assist { try assist(request) }
    }
    let progress = Progress(isQuiet: output.isQuiet, isJSON: output.isJSON)
    let outcome = try work(request, interruption) { output.report($0, as: progress.show) }
    try progress.end(outcome)
    if !isComplete(outcome), let code = interruption.exitCode { throw ExitCode(code) }
  }
}

/// A command that carries out one kind of request.
protocol RequestCommand: ParsableCommand, RequestAction {
  var options: RequestOptions<Request> { get }
  var outputOptions: OutputOptions { get }
  var computing: ComputingOptions { get }

  /// The words of the given options, by name.
  var words: [String: [String]] { get }
}

extension RequestCommand {
  var words: [String: [String]] { options.words }

  /// The options as a request.
  var request: Request { get throws { try Request(parsed: words) } }

  func validate() throws { _ = try request }

  func run() throws {
    computing.apply()
    try Self.perform(request, outputOptions)
  }
}

/// Forwards Ctrl-C and the system's request to terminate while `body` works.
func withInterruption(_ body: (Interruption) throws -> Void) throws {
  let interruption = Interruption()
  let watch = SignalWatch(interruption) { RankedCommand.noteTermination() }
  defer { withExtendedLifetime(watch) {} }
  try body(interruption)
}

/// The actions of all requests that can be repeated.
var requestActions: [any RequestAction.Type] {
  [
    Swap.self, Extract.self, Convert.self, Reenact.self, Augment.self, Synthesize.self, Duel.self,
    DetectTraining.self, DetectEvaluation.self, DetectInference.self, DetectCalibration.self,
    DetectCrossValidation.self, DatasetImport.self, DatasetMerge.self, Pretrain.self,
    ModelExport.self,
    ModelImport.self, Search.self,
  ]
}
