public import ArgumentParser
public import Detection
public import Engine
public import Faces
public import Generation
public import Media
import Records
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
extension FaceSortKey: ExpressibleByArgument {}
extension PublicLayout: ExpressibleByArgument {}
extension IdentityRule: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
  public var defaultValueDescription: String { description }
}

/// The workspace of a command.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    help: "Workspace folder (default: the nearest workspace at or above the current folder)",
    completion: .directory)
  var workspace: String?
}

/// Options of commands that list or show something.
struct ListingOptions: ParsableArguments {
  @OptionGroup var workspaceOptions: WorkspaceOptions

  @Flag(help: "Print JSON lines instead of text")
  var json = false

  /// The workspace folder; nil for the nearest one.
  var workspace: String? { workspaceOptions.workspace }
}

/// Options of commands that compute.
struct ComputingOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Number of threads (default: all cores)")
  var threads: Int?

  func validate() throws {
    try require(threads, "--threads", in: 1...1024)
  }

  /// Sets the number of threads of this process.
  func apply() {
    if let threads { Computing.use(threads: threads) }
  }
}

/// Options for the output of long-running commands.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print only warnings and the result")
  var quiet = false

  @Flag(help: "Print results as JSON lines, without progress")
  var json = false

  @Option(help: "Format of progress; json prints one event per line")
  var progress = ProgressFormat.text

  /// Whether the result is printed as JSON.
  var isJSON: Bool { json || progress == .json }

  /// Whether progress is not printed as text.
  var isQuiet: Bool { quiet || isJSON }

  /// Reports an event: as a line of JSON if that is asked for, as text otherwise.
  func report<Event: RunEvent>(_ event: Event, as text: (Event) -> Void) {
    guard progress == .json else { return text(event) }
    // An event that cannot be encoded must not end a run.
    if let line = try? event.json { Terminal().print(line) }
  }
}

/// The format of progress.
enum ProgressFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// Throws unless `value` is nil or in `range`.
func require<Value: Comparable>(
  _ value: Value?, _ option: String, in range: ClosedRange<Value>
) throws {
  guard let value, !range.contains(value) else { return }
  throw ValidationError(
    "\(option) must be between \(range.lowerBound) and \(range.upperBound), not \(value).")
}

/// Throws if `value` is below `bound`.
func require(_ value: Int?, _ option: String, atLeast bound: Int) throws {
  guard let value, value < bound else { return }
  throw ValidationError("\(option) must be at least \(bound), not \(value).")
}

/// Throws if `value` is not a finite number above `bound`.
func require(_ value: Double?, _ option: String, above bound: Double) throws {
  guard let value, !(value > bound && value.isFinite) else { return }
  throw ValidationError("\(option) must be above \(bound), not \(value).")
}
