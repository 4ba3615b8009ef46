import ArgumentParser
import Records

/// `dflab init`.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a workspace.",
    discussion: """
      Makes the folders Datasets, Checkpoints and Labs, and .dflab with the registry and the key \
      (Ed25519) that signs what is made here; only its owner can read it. What is there is left as \
      it is, so it does no harm again.

      EXAMPLES
        dflab init
        dflab init study
      """)

  @Argument(help: "The folder; by default the current one.", completion: .directory)
  var folder = "."

  func run() throws {
    let (workspace, wasThere) = try Workspace.make(at: folder)
    let terminal = Terminal()
    terminal.print(
      "\(wasThere ? "A workspace is here already" : "Made a workspace"): \(workspace.path)")
    guard !wasThere else { return }
    terminal.print(
      "Next: dflab faces synthesize --recipe demo, or dflab extract VIDEO --out Datasets/NAME")
  }
}
