public import ArgumentParser
public import Detection
public import Engine
import Faces
public import Generation
import Records
public import Workflows

extension SwapArchitecture: ExpressibleByArgument {}
extension SwapEffort: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
extension SwapBenchmark.Mode: ExpressibleByArgument {}
extension DetectBenchmark.Mode: ExpressibleByArgument {}
extension NetworkArchitecture: ExpressibleByArgument {}
extension FaceSortKey: ExpressibleByArgument {}

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
    if let threads {
      Computing.use(threads: threads)
    } else if RankLaunch.current.count > 1 {
      Computing.use(threads: RankLaunch.current.threads)
    }
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
  func report<Event: RunEvent, Failure: Error>(
    _ event: Event, as text: (Event) throws(Failure) -> Void
  ) throws(Failure) {
    guard progress == .json else { return try text(event) }
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
