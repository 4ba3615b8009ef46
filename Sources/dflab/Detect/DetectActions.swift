import ArgumentParser
import Records
import Workflows

/// `dflab detect FILE`.
enum DetectInference: RequestAction {
  static func carryOut(
    _ request: InferenceRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    try infer(request, output, interruption, nil)
  }

  /// - Parameter display: options of the command; nil for the defaults.
  static func infer(
    _ request: InferenceRequest, _ output: OutputOptions, _ interruption: Interruption,
    _ display: InferenceCommandOptions?
  ) throws {
    let progress = InferenceProgress(isQuiet: output.isQuiet, isJSON: output.isJSON)
    let timing = try FileInference.judge(request, interruption: interruption) { event in
      // A verdict is a result, which is printed as such.
      if case .scored = event { return try progress.show(event) }
      try output.report(event, as: progress.show)
    }
    try progress.end(display?.timing == true ? timing : nil)
    if let code = interruption.exitCode { throw ExitCode(code) }
    let code = InferenceProgress.exitCode(
      of: progress.verdicts, isAsked: display?.exitCode ?? false)
    if let code { throw ExitCode(code) }
  }
}

/// `dflab detect --retrain`.
enum DetectTraining: RequestAction {
  static func carryOut(
    _ request: DetectRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    let progress = DetectProgress(isQuiet: output.isQuiet, isJSON: output.isJSON)
    let outcome = try DetectRun.train(request, interruption: interruption) {
      output.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if outcome.results == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }
}

/// `dflab detect --evaluate`.
enum DetectEvaluation: RequestAction {
  static func carryOut(
    _ request: EvaluateRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    let progress = EvaluateProgress(isQuiet: output.isQuiet, isJSON: output.isJSON)
    let outcome = try EvaluateRun.test(request, interruption: interruption) {
      output.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if outcome == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }
}

/// `dflab detect --cross-validate`.
enum DetectCrossValidation: RequestAction {
  static func carryOut(
    _ request: CrossValidationRequest, _ output: OutputOptions, _ interruption: Interruption
  ) throws {
    let progress = CrossValidationProgress(isQuiet: output.isQuiet, isJSON: output.isJSON)
    let outcome = try CrossValidationRun.evaluate(request, interruption: interruption) {
      output.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if outcome.result == nil, let code = interruption.exitCode { throw ExitCode(code) }
  }
}
