import ArgumentParser
import Engine
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
    let timing = try FileInference.run(request, interruption: interruption) { event in
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
enum DetectTraining: RunAction {
  typealias Request = DetectRequest
  typealias Progress = DetectProgress

  static let work: Work = { try DetectRun.train($0, ranks: .all, interruption: $1, report: $2) }
  static let assist: Assist? = { try DetectRun.assist($0, on: .all) }

  static func isComplete(_ outcome: DetectOutcome) -> Bool { outcome.results != nil }
}

/// `dflab detect --evaluate`.
enum DetectEvaluation: RunAction {
  typealias Request = EvaluateRequest
  typealias Progress = EvaluateProgress

  static let work: Work = { try EvaluateRun.test($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: EvaluateOutcome?) -> Bool { outcome != nil }
}

/// `dflab detect --calibrate`.
enum DetectCalibration: RunAction {
  typealias Request = CalibrateRequest
  typealias Progress = CalibrateProgress

  static let work: Work = { try CalibrateRun.calibrate($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: CalibrateOutcome?) -> Bool { outcome != nil }
}

/// `dflab detect --cross-validate`.
enum DetectCrossValidation: RunAction {
  typealias Request = CrossValidationRequest
  typealias Progress = CrossValidationProgress

  static let work: Work = { try CrossValidationRun.evaluate($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: CrossValidationOutcome) -> Bool { outcome.result != nil }
}
