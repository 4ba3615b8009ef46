import ArgumentParser
import Lab

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
    func newest(_ name: String?, _ time: String?) -> String {
      name.map { "\($0), \(moment(time))" } ?? ""
    }
    let faces = status.newestFaces
    let table = TextTable(
      ["", "", "newest (UTC)"],
      [
        ["runs", "\(status.runs)", newest(status.newestRun?.name, status.newestRun?.began)],
        ["face sets", "\(status.faceSets)", newest(faces?.name, faces?.changed)],
        [
          "labelled sets", "\(status.labelledSets)",
          newest(status.newestLabelled?.name, status.newestLabelled?.changed),
        ],
        [
          "swap models", "\(status.swapModels)",
          newest(status.newestModel?.name, status.newestModel?.changed),
        ],
        [
          "detectors", "\(status.detectors)",
          newest(status.newestDetector?.name, status.newestDetector?.changed),
        ],
      ], right: [1])
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
