import ArgumentParser
import Records

/// `dflab status`.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the contents of the workspace, unfinished runs and next steps.",
    discussion: """
      EXAMPLES
        dflab status
        dflab status --json
      """)

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let status = try Registry(workspace: listing.workspace).status()
    let terminal = Terminal()
    guard !listing.json else { return try terminal.print(json: status) }
    terminal.print(Status.text(status))
  }

  /// The contents by kind, disk space, unfinished runs and next steps.
  static func text(_ status: WorkspaceStatus) -> String {
    let table = TextTable(
      ["", "", "in duels", "newest (UTC)"],
      status.kinds.map { kind in
        [
          kind.name, "\(kind.count)", kind.ofDuels == 0 ? "" : "\(kind.ofDuels)",
          kind.newest.map { "\($0), \(date(kind.changed))" } ?? "",
        ]
      }, right: [1, 2])
    let space = status.parts.map { "\($0.name) \(size($0.bytes))" }.joined(separator: ", ")
    var lines = [status.path, "", table.text, "", "space  \(space); \(size(status.free)) free"]
    if !status.unfinished.isEmpty {
      let shown = status.unfinished.prefix(6).joined(separator: ", ")
      lines.append(
        "unfinished: \(shown)\(status.unfinished.count > 6 ? ", ..." : ""); rerun to resume")
    }
    return (lines + ["", "next"] + status.next.map { "  \($0)" }).joined(separator: "\n")
  }
}
