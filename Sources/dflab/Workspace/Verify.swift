import ArgumentParser
import Credentials
import Foundation
import Records

/// `dflab verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify the origin and integrity of a file or run.",
    discussion: """
      Looks up a file by its SHA-256, then by its name, in the ledgers of all runs, so copies \
      elsewhere are recognized too. For a run, checks every artifact. A ledger is a hash chain \
      whose last entry is signed with the workspace's key: modified, missing, reordered and \
      forged entries are reported, and entries signed with another key.

      Of pictures and videos it also checks the Content Credentials (C2PA), in the file or in a \
      file of the same name with the extension .c2pa, also those of other programs: whether the \
      file is unchanged since it was signed, by whom, how it was made, and from what. The signer is \
      trusted if it is this workspace, or certified by a certificate in .dflab/trusted.pem.

      EXAMPLES
        dflab verify a-as-b.mp4
        dflab verify Datasets/augmented/pictures/000001.jpg
        dflab verify alice-bob

      EXIT CODES
        0    verified: made by this workspace and unmodified
        1    error
        2    modified or missing
        3    not in any ledger of this workspace
        4    ledger modified or not signed
        5    not in any ledger, and changed since it was signed, or its credentials are unreadable
        64   usage error
      """)

  @Argument(help: "File, or run: its name or its folder", completion: .file())
  var name: String

  @OptionGroup var listing: ListingOptions

  @OptionGroup var computing: ComputingOptions

  func run() throws {
    computing.apply()
    let verification = try Verification(of: name, workspace: listing.workspace)
    let terminal = Terminal()
    switch verification {
    case .file(let check):
      if listing.json {
        try terminal.print(json: check)
      } else {
        for line in Verify.lines(check) { terminal.print(line) }
      }
    case .run(let check):
      if listing.json {
        try terminal.print(json: check)
      } else {
        for line in Verify.lines(check) { terminal.print(line) }
      }
    }
    if let code = Verify.code(of: verification) { throw ExitCode(code) }
  }

  /// The exit code; nil for success.
  static func code(of verification: Verification) -> Int32? {
    switch verification {
    case .file(let check):
      switch check.verdict {
      case .unknown:
        switch check.credentials?.verdict {
        case .tampered, .unreadable: 5
        default: 3
        }
      case .changed, .missing: 2
      case .unchanged: check.faults.isEmpty ? nil : 4
      }
    case .run(let check):
      !check.faults.isEmpty ? 4 : check.isWhole ? nil : 2
    }
  }

  static func lines(_ check: FileCheck) -> [String] {
    let run = check.run.map(RunList.name) ?? ""
    let head =
      switch check.verdict {
      case .unknown: "unknown   '\(check.file)' is in no ledger of this workspace"
      case .changed: "modified  '\(check.name ?? "")' of run '\(run)' has a different SHA-256"
      case .missing: "missing   '\(check.name ?? "")' of run '\(run)' does not exist"
      case .unchanged: "verified  made by run '\(run)' (\(check.making ?? ""))"
      }
    func origin(_ parent: FileCheck.Parent) -> String {
      let short = String(parent.hash.prefix(12))
      return parent.file.map { "\($0) (\(short)...)" }
        ?? "SHA-256 \(short)..., not from this workspace"
    }
    let more = check.parents.count - 10
    return [head] + check.parents.prefix(10).map { "from      \(origin($0))" }
      + (more > 0 ? ["from      \(more) more"] : [])
      + (check.model.map { ["with      \(origin($0))"] } ?? []) + check.faults
      // What the ledger knows to be unmarked needs no more words.
      + (check.verdict == .unchanged && check.credentials?.verdict == .absent
        ? [] : check.credentials.map(lines) ?? [])
  }

  static func lines(_ report: CredentialsReport) -> [String] {
    let details = report.details.map { name, text in
      name + String(repeating: " ", count: max(1, 10 - name.count)) + text
    }
    return [
      "\(report.verdict.rawValue)".padding(toLength: 10, withPad: " ", startingAt: 0)
        + report.sentence
    ]
      + report.faults.filter { $0 != report.sentence } + report.remarks + details
  }

  static func lines(_ check: RunCheck) -> [String] {
    let same = check.files - check.changed.count - check.missing.count
    return check.changed.prefix(10).map { "modified  \($0)" }
      + check.missing.prefix(10).map { "missing   \($0)" } + check.faults + [
        "\(RunList.name(check.run)): \(same) of \(check.files) artifacts unmodified"
          + (check.isWhole ? "; ledger signed with this workspace's key" : "")
      ]
  }
}
