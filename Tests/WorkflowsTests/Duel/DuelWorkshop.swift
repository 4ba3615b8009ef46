import Engine
import Faces
import Foundation
import Generation
import TestSupport

@testable import Records
@testable import Workflows

/// A workspace with made-up people and a recipe so small that a duel takes seconds.
struct DuelWorkshop {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
  }

  /// Three pairs of people, one for each split.
  func request(_ name: String = "tiny") throws -> DuelRequest {
    var request = DuelRequest()
    let people = try (0..<6).map { person in
      let path = folder.path("Datasets/p\(person)")
      return FileManager.default.fileExists(atPath: path)
        ? path : try writeFaces("p\(person)", in: folder, seed: UInt64(person) + 1)
    }
    (request.a, request.b) = (
      [people[0], people[2], people[4]], [people[1], people[3], people[5]]
    )
    (request.name, request.workspace) = (name, workspace.path)
    (request.rounds, request.replay) = (2, 0.5)
    request.recipe = try recipe()
    return request
  }

  /// Writes a recipe.
  func recipe(_ text: String = DuelWorkshop.tiny) throws -> String {
    let path = folder.path("recipe.json")
    try WholeFile.write(Array(text.utf8), to: path)
    return path
  }

  /// Makes a labeled set that no duel has made.
  ///
  /// - Parameter people: who is in it; nil for two who are in no duel.
  /// - Returns: its name.
  func strangers(of people: [String]? = nil) throws -> String {
    var request = AugmentRequest()
    (request.name, request.workspace) = ("strangers", workspace.path)
    request.faces =
      try people?.map { folder.path("Datasets/\($0)") }
      ?? (0..<2).map { try writeFaces("stranger\($0)", in: folder, seed: UInt64($0) + 50) }
    (request.models, request.isAudited) = ([], false)
    (request.count, request.size) = (12, 64)
    request.shares = SplitRatios("0/0/100") ?? .usual
    request.mixture = AugmentRecipe()
    request.mixture?.methods = .only(.upsample)
    _ = try AugmentRun.make(request)
    return request.name
  }

  /// What all weights of a duel's models add up to, by model; their files also say how long it took.
  func weights(of name: String) throws -> [String: String] {
    let checkpoints = folder.path("Checkpoints")
    var weights: [String: String] = [:]
    for model in try FileManager.default.contentsOfDirectory(atPath: checkpoints)
    where model.hasPrefix("\(name)-") {
      let path = "\(checkpoints)/\(model)/best.safetensors"
      let file = try Data(contentsOf: URL(filePath: path))
      let header = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      weights[String(model.dropFirst(name.count))] = FileHash.of(file.dropFirst(8 + header))
    }
    return weights
  }

  static let tiny = """
    {
      "pairs": {"training": 1, "validation": 1, "test": 1},
      "generator": {"batch": 2, "steps": 2, "laterSteps": 2, "adversaryBatch": 1},
      "samples": {"training": 16, "validation": 8, "test": 12, "size": 64},
      "forgeries": {"sbi": 0, "warp": 0},
      "detector": {"network": "shallow", "steps": 4, "batch": 4},
      "reference": "upsample"
    }
    """
}
