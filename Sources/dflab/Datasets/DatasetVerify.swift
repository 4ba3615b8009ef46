import ArgumentParser
import Records

/// `dflab datasets verify`.
struct DatasetVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verify a labeled dataset's files and splits against its manifest.",
    discussion: """
      EXAMPLES
        dflab datasets verify
        dflab datasets verify augmented --json

      EXIT CODES
        0    all files match the manifest and no identity or clip is in two splits
        1    error
        2    modified or missing files, or splits that leak
        64   usage error
      """)

  @Argument(
    help: "Dataset: a name in Datasets or a folder (default: the newest)", completion: .directory)
  var dataset: String?

  @OptionGroup var listing: ListingOptions

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    computing.apply()
    let check = try SetCheck(of: dataset, workspace: listing.workspace)
    let terminal = Terminal()
    if listing.json {
      try terminal.print(json: check)
    } else {
      for line in DatasetVerify.lines(check) { terminal.print(line) }
    }
    if !check.isWhole { throw ExitCode(2) }
  }

  /// The result as text.
  static func lines(_ check: SetCheck) -> [String] {
    var lines = check.leak.map { [$0] } ?? []
    lines += check.changed.prefix(10).map { "modified  \($0)" }
    lines += check.missing.prefix(10).map { "missing   \($0)" }
    let wrong = check.changed.count + check.missing.count
    let head =
      wrong == 0
      ? "\(check.folder): \(check.pictures) files match the manifest"
      : "\(check.folder): of \(check.pictures) files, \(check.changed.count) are modified and "
        + "\(check.missing.count) are missing"
    let unhashed = check.unhashed > 0 ? "; \(check.unhashed) have no hash" : ""
    return lines + [head + unhashed + (check.leak == nil ? "; no leaks between splits" : "")]
  }
}
