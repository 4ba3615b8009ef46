import ArgumentParser
import Records

/// `dflab init`.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Create a workspace.",
    discussion: """
      Creates the folders Datasets, Checkpoints and Labs, and .dflab with the registry and an \
      Ed25519 key, readable only by its owner, that signs the ledgers of runs. Existing files are \
      kept, so rerunning is safe.

      EXAMPLES
        dflab init
        dflab init study
      """)

  @Argument(help: "Workspace folder", completion: .directory)
  var folder = "."

  func run() throws {
    let (workspace, exists) = try Workspace.make(at: folder)
    let terminal = Terminal()
    terminal.print(
      "\(exists ? "Workspace already exists" : "Created workspace"): \(workspace.path)")
    guard !exists else { return }
    terminal.print(
      "Next: 'dflab faces synthesize --recipe demo' or 'dflab extract VIDEO --out Datasets/NAME'")
  }
}
