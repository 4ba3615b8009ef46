public import ArgumentParser
public import Detection
public import Engine
public import Faces
public import Generation
public import Media
public import Workflows

extension SwapArchitecture: ExpressibleByArgument {}
extension ModelSelection: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
extension Side: ExpressibleByArgument {}
extension MaskShape: ExpressibleByArgument {}
extension SwapDirection: ExpressibleByArgument {}
extension ReconstructionLoss: ExpressibleByArgument {}
extension AdversarialSettings.Kind: ExpressibleByArgument {}
extension ColorTransfer: ExpressibleByArgument {}
extension BlendMode: ExpressibleByArgument {}
extension VideoCodec: ExpressibleByArgument {}
extension SwapBenchmark.Mode: ExpressibleByArgument {}
extension DetectBenchmark.Mode: ExpressibleByArgument {}
extension NetworkArchitecture: ExpressibleByArgument {}
extension Ensemble: ExpressibleByArgument {}
extension SurveyKey: ExpressibleByArgument {}
extension PublicLayout: ExpressibleByArgument {}

/// What every command that computes takes.
struct ComputingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "How many threads to compute with; all processors if not given.")
  var threads: Int?

  func validate() throws {
    try require(threads, "--threads", in: 1...1024)
  }

  /// Takes effect for the whole program.
  func apply() {
    if let threads { Computing.use(threads: threads) }
  }
}

/// How much a command that works for long tells.
struct TellingOptions: ParsableArguments {
  @Flag(help: "Print nothing but warnings and the result.")
  var quiet = false

  @Flag(help: "Print one JSON object at the end instead of lines.")
  var json = false

  /// True when progress is nobody's business.
  var isQuiet: Bool { quiet || json }
}

/// Refuses a value outside of `range` in one sentence.
func require<Value: Comparable>(
  _ value: Value?, _ option: String, in range: ClosedRange<Value>
) throws {
  guard let value, !range.contains(value) else { return }
  throw ValidationError(
    "\(option) must be between \(range.lowerBound) and \(range.upperBound), not \(value).")
}

/// Refuses a number below `bound` in one sentence.
func require(_ value: Int?, _ option: String, atLeast bound: Int) throws {
  guard let value, value < bound else { return }
  throw ValidationError("\(option) must be at least \(bound), not \(value).")
}

/// Refuses a value that is not above `bound` in one sentence; so also what is no number.
func require(_ value: Double?, _ option: String, above bound: Double) throws {
  guard let value, !(value > bound && value.isFinite) else { return }
  throw ValidationError("\(option) must be above \(bound), not \(value).")
}
