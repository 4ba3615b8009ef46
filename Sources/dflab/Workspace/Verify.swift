import ArgumentParser
import Foundation
import Records

/// `dflab verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether this lab made a file, from what, and whether it has changed since.",
    discussion: """
      Looks a file up by its SHA-256, and then by its name, in the ledgers of all runs; so a copy \
      elsewhere is known too. Of a run, every file is read and compared. A ledger is a chain: each \
      line holds the hash of the one before, and the workspace's key signs the last; what was \
      changed, removed, reordered, forged or signed by another key is told apart.

      EXAMPLES
        dflab verify a-as-b.mp4
        dflab verify Datasets/augmented/pictures/000001.jpg
        dflab verify alice-bob

      EXIT CODES
        0    made by this lab, and as it was made
        1    an error, said in one sentence
        2    changed since, or missing
        3    no run of this workspace knows it
        4    the ledger itself was changed, or is not signed
        64   wrong options
      """)

  @Argument(help: "A file, or a run: its name or its folder.", completion: .file())
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

  /// What the program ends with; nil for all is well.
  static func code(of verification: Verification) -> Int32? {
    switch verification {
    case .file(let check):
      switch check.verdict {
      case .unknown: 3
      case .changed, .missing: 2
      case .made: check.faults.isEmpty ? nil : 4
      }
    case .run(let check):
      !check.faults.isEmpty ? 4 : check.isWhole ? nil : 2
    }
  }

  static func lines(_ check: FileCheck) -> [String] {
    let run = check.run.map(RunList.name) ?? ""
    let head =
      switch check.verdict {
      case .unknown: "unknown  no run of this workspace has made '\(check.file)'"
      case .changed: "changed  the run '\(run)' made '\(check.name ?? "")' with other bytes"
      case .missing: "missing  the run '\(run)' made '\(check.name ?? "")', which is not there"
      case .made: "made     by the run '\(run)' (\(check.making ?? ""))"
      }
    func origin(_ parent: FileCheck.Parent) -> String {
      let short = String(parent.hash.prefix(12))
      return parent.file.map { "\($0) (\(short)…)" }
        ?? "something of SHA-256 \(short)… from elsewhere"
    }
    let more = check.parents.count - 10
    return [head] + check.parents.prefix(10).map { "from     \(origin($0))" }
      + (more > 0 ? ["from     \(more) more"] : [])
      + (check.model.map { ["with     \(origin($0))"] } ?? []) + check.faults
  }

  static func lines(_ check: RunCheck) -> [String] {
    let same = check.files - check.changed.count - check.missing.count
    return check.changed.prefix(10).map { "changed  \($0)" }
      + check.missing.prefix(10).map { "missing  \($0)" } + check.faults + [
        "\(RunList.name(check.run)): \(same) of \(check.files) files are as they were made"
          + (check.isWhole ? ", and the ledger is signed by this workspace's key." : ".")
      ]
  }
}
