import ArgumentParser
import Records

/// `dflab datasets verify`.
struct DatasetVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check every picture of a labeled set against its manifest, and the splits for leaks.",
    discussion: """
      EXAMPLES
        dflab datasets verify
        dflab datasets verify augmented --json

      EXIT CODES
        0    every picture is as its manifest says, and nobody is in two splits
        1    an error, said in one sentence
        2    pictures have changed or are missing, or the splits leak
        64   wrong options
      """)

  @Argument(
    help: "A set's name in the workspace, or its folder; by default the newest set.",
    completion: .directory)
  var set: String?

  @OptionGroup var listing: ListingOptions

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    computing.apply()
    let check = try SetCheck(of: set, workspace: listing.workspace)
    let terminal = Terminal()
    if listing.json {
      try terminal.print(json: check)
    } else {
      for line in DatasetVerify.lines(check) { terminal.print(line) }
    }
    if !check.isWhole { throw ExitCode(2) }
  }

  /// What is right, and what is wrong.
  static func lines(_ check: SetCheck) -> [String] {
    var lines = check.leak.map { [$0] } ?? []
    lines += check.changed.prefix(10).map { "changed  \($0)" }
    lines += check.missing.prefix(10).map { "missing  \($0)" }
    let wrong = check.changed.count + check.missing.count
    let head =
      wrong == 0
      ? "\(check.folder): \(check.pictures) pictures are as their manifest says"
      : "\(check.folder): \(check.changed.count) of \(check.pictures) pictures have changed, "
        + "\(check.missing.count) are missing"
    let unhashed = check.unhashed > 0 ? "; of \(check.unhashed) it has no hash" : ""
    return lines + [head + unhashed + (check.leak == nil ? "; no split leaks." : ".")]
  }
}
