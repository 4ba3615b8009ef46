import ArgumentParser
import Records

/// `dflab status`.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what the workspace holds, and what could be done next.",
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

  /// A line for each kind of thing, the disk, what is unfinished, and what could be next.
  static func text(_ status: WorkspaceStatus) -> String {
    let table = TextTable(
      ["", "", "of duels", "newest (UTC)"],
      status.kinds.map { kind in
        [
          kind.name, "\(kind.count)", kind.ofDuels == 0 ? "" : "\(kind.ofDuels)",
          kind.newest.map { "\($0), \(moment(kind.changed))" } ?? "",
        ]
      }, right: [1, 2])
    let space = status.parts.map { "\($0.name) \(size($0.bytes))" }.joined(separator: ", ")
    var lines = [status.path, "", table.text, "", "space  \(space); \(size(status.free)) free"]
    if !status.unfinished.isEmpty {
      let shown = status.unfinished.prefix(6).joined(separator: ", ")
      lines.append(
        "ended early: \(shown)\(status.unfinished.count > 6 ? "…" : ""); the same command goes on")
    }
    return (lines + ["", "next"] + status.next.map { "  \($0)" }).joined(separator: "\n")
  }
}
