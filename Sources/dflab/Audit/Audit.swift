import ArgumentParser
import Foundation
import Records
import Workflows

/// `dflab audit`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Audit a labeled dataset or a detector training before its metrics are trusted.",
    discussion: """
      Checks files against the manifest; looks for identities, clips and nearly equal pictures in two \
      splits, whatever their names; trains classifiers on properties that should not reveal the label; \
      compares classes, methods and degradations between splits; and writes one page with a verdict for \
      each question: passed, caution, failed or unknown.

      Of a detector training it also checks the files against the signed ledger, whether a detector \
      knows anyone of the test split, what was chosen on what, calibration, intervals, subgroups of \
      people, and whether the run repeats.

      EXAMPLES
        dflab audit
        dflab audit ff --json
        dflab audit detect-ff
        dflab audit Datasets/augmented --out ~/audits/augmented

      OUTPUT
        Labs/audit-NAME/report.html   the page; report.md has the same content
        Labs/audit-NAME/audit.json    the same for programs

      EXIT CODES
        0    nothing failed
        1    error
        2    metrics on the dataset, or of the training, cannot be trusted
        64   usage error
      """)

  @Argument(
    help: """
      Dataset: a name in Datasets or a folder (default: the newest); or the name of a detector training
      """,
    completion: .directory)
  var name: String?

  @Option(help: "Folder of the page (default: Labs/audit-NAME)", completion: .directory)
  var out: String?

  @OptionGroup var listing: ListingOptions

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    computing.apply()
    let terminal = Terminal()
    let workspace = listing.workspace
    func update(_ step: String) { if !listing.json { terminal.update(step) } }
    let audit: any Auditing
    if let name, try RunAudit.isMeant(by: name, workspace: workspace) {
      audit = try RunAudit(of: name, workspace: workspace, report: update)
    } else {
      audit = try SetAudit(of: name, workspace: workspace, report: update)
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
    if !audit.findings.areTrustworthy { throw ExitCode(2) }
  }
}
