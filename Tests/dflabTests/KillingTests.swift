import Foundation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// A workspace in which the built program runs a tiny duel, in processes of its own.
private struct KilledDuel {
  let folder: TemporaryFolder
  let workspace: Workspace
  private let program: BuiltProgram
  private let words: [String]

  init() throws {
    folder = try TemporaryFolder()
    let workspace = try Workspace.make(at: folder.path).workspace
    self.workspace = workspace
    program = BuiltProgram(in: folder)
    let people = try (0..<6).map { person in
      let path = workspace.datasets(of: "p\(person)")
      try RunFolder.make(path)
      let pictures = gradientPictures(16, side: 48, seed: UInt64(person) + 1)
      for (index, picture) in pictures.enumerated() {
        try Data(try picture.encoded(as: .png, mark: nil))
          .write(to: URL(filePath: "\(path)/\(index + 10).png"))
      }
      return path
    }
    let recipe = folder.path("recipe.json")
    try Data(KilledDuel.recipe.utf8).write(to: URL(filePath: recipe))
    words =
      ["duel", "--a", people[0], people[2], people[4], "--b", people[1], people[3], people[5]]
      + ["--recipe", recipe, "--rounds", "2", "--workspace", workspace.path]
  }

  private func start(_ name: String) throws -> Process {
    try program.start(words + ["--name", name])
  }

  /// Runs the duel of a name to its end.
  func finish(_ name: String) throws {
    let process = try start(name)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
  }

  /// Runs the duel of a name until something is there.
  func kill(_ name: String, at path: String) throws {
    let process = try start(name)
    while !FileKind.isThere("\(workspace.path)/\(path)"), process.isRunning { usleep(1000) }
    #expect(process.isRunning, "it ended before it had begun \(path)")
    #expect(Foundation.kill(process.processIdentifier, SIGKILL) == 0)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
  }

  private static let recipe = """
    {
      "pairs": {"training": 1, "validation": 1, "test": 1},
      "generator": {"batch": 1, "steps": 2, "laterSteps": 1, "adversaryBatch": 1},
      "samples": {"training": 8, "validation": 8, "test": 8, "size": 64},
      "forgeries": {"sbi": 0, "warp": 0},
      "detector": {"network": "shallow", "steps": 4, "batch": 4},
      "reference": "upsample"
    }
    """
}

@Suite struct KillingTests {
  @Test func aDuelThatWasKilledAgainAndAgainEndsWithTheSameBits() throws {
    let duel = try KilledDuel()
    for path in [
      "Labs/torn/duel.json", "Datasets/torn-s1-g1-validation/pictures/000001.jpg",
      "Datasets/torn-s1-reference/pictures", "Checkpoints/torn-s1-d1-shallow/latest.safetensors",
      "Checkpoints/torn-s1-g2-test1/latest.safetensors", "Datasets/torn-s1-d2/manifest.jsonl",
    ] { try duel.kill("torn", at: path) }
    try duel.finish("torn")
    try duel.finish("whole")

    let registry = try Registry(workspace: duel.workspace.path)
    let runs = try registry.runs()
    #expect(runs.count > 40 && runs.allSatisfy { $0.state == .done })
    for run in runs where run.name.contains("torn") {
      let check = try duel.workspace.check(run: run.home)
      #expect(check.isWhole, "\(check)")
    }
    let (torn, whole) = (try registry.run(named: "torn"), try registry.run(named: "whole"))
    #expect(torn.sessions > 3 && whole.sessions == 1)
    let outcome = try RepetitionOutcome(whole, torn, in: duel.workspace, among: runs)
    #expect(outcome.different == [] && outcome.missing == [] && outcome.same > 100)
  }
}
