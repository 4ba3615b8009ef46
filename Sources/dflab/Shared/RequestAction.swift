import ArgumentParser
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
}

extension RequestAction {
  /// Carries out a request until it is done, or interrupted by Ctrl-C.
  static func perform(_ request: Request, _ output: OutputOptions) throws {
    try withInterruption { try carryOut(request, output, $0) }
  }
}

/// Forwards Ctrl-C and the system's request to terminate while `body` works.
func withInterruption(_ body: (Interruption) throws -> Void) throws {
  let interruption = Interruption()
  let watch = SignalWatch(interruption)
  defer { withExtendedLifetime(watch) {} }
  try body(interruption)
}

/// The actions of all requests that can be repeated.
var requestActions: [any RequestAction.Type] {
  [
    Swap.self, Extract.self, Convert.self, Augment.self, Synthesize.self, Duel.self,
    DetectTraining.self, DetectEvaluation.self, DetectInference.self, DetectCrossValidation.self,
    DatasetImport.self, Pretrain.self, ModelExport.self, ModelImport.self,
  ]
}
