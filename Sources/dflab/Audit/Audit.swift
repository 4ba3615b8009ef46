import ArgumentParser
import Foundation
import Records
import Workflows

/// `dflab audit`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Audit a labeled dataset: what an outsider would check before trusting metrics on it.",
    discussion: """
      Checks files against the manifest; looks for identities, clips and nearly equal pictures in two \
      splits, whatever their names; trains classifiers on properties that should not reveal the label; \
      compares classes, methods and degradations between splits; and writes one page with a verdict for \
      each question: passed, caution, failed or unknown.

      EXAMPLES
        dflab audit
        dflab audit ff --json
        dflab audit Datasets/augmented --out ~/audits/augmented

      OUTPUT
        Labs/audit-SET/report.html   the page; report.md has the same content
        Labs/audit-SET/audit.json    the same for programs

      EXIT CODES
        0    nothing failed
        1    error
        2    metrics on the dataset cannot be trusted
        64   usage error
      """)

  @Argument(
    help: "Dataset: a name in Datasets or a folder (default: the newest)", completion: .directory)
  var dataset: String?

  @Option(help: "Folder of the page (default: Labs/audit-SET)", completion: .directory)
  var out: String?

  @OptionGroup var listing: ListingOptions

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    computing.apply()
    let terminal = Terminal()
    let audit = try SetAudit(of: dataset, workspace: listing.workspace) { step in
      if !listing.json { terminal.update(step) }
    }
    let folder = try audit.write(to: out, workspace: listing.workspace)
    if listing.json {
      try terminal.print(json: audit)
    } else {
      for finding in audit.findings {
        terminal.print("\(finding.verdict.rawValue)  \(finding.question): \(finding.answer)")
      }
      terminal.print(audit.summary)
      terminal.print("Report: \(folder)/report.html")
    }
    if !audit.isTrustworthy { throw ExitCode(2) }
  }
}
