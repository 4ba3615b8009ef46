import Engine
import Faces
import Foundation
import Generation

/// The swap models that forgeries are made with.
struct SourceModels {
  /// The models.
  private(set) var models: [ForgeryModel] = []
  /// What the weights of each add up to.
  private(set) var hashes: [String: String] = [:]
  /// Which models were left out, and why; each a sentence.
  private(set) var notes: [String] = []

  /// The models of a workspace that have learnt one of some people.
  ///
  /// - Parameters:
  ///   - names: which models; nil for all. One that was named must be usable.
  ///   - people: who is in the real faces.
  ///   - alike: sets that show the person of another one.
  init(
    _ names: [String]?, in workspace: Workspace, people: Set<String>, alike: [String: String]
  ) throws {
    for name in try names ?? SourceModels.names(in: workspace) {
      let file = try PretrainedModel(name, in: workspace)
      guard let learnt = SourceModels.people(of: name, in: workspace) else {
        notes.append(
          "The model '\(name)' is left out: the faces that it has learnt are not in this workspace."
        )
        continue
      }
      let (a, b) = (alike[learnt.a] ?? learnt.a, alike[learnt.b] ?? learnt.b)
      guard people.contains(a) || people.contains(b) else {
        notes.append("The model '\(name)' is left out: no picture shows '\(a)' or '\(b)'.")
        continue
      }
      do {
        models.append(
          ForgeryModel(
            try SwapModel(reading: file.path), name: name, identityA: a, identityB: b))
        hashes[name] = try FileHash.ofFile(file.path)
      } catch let error as EngineError where names == nil {
        notes.append("The model '\(name)' is left out. \(error)")
      }
    }
  }

  /// The folders in `Checkpoints` with the best weights of a model, in order.
  private static func names(in workspace: Workspace) throws(LabError) -> [String] {
    try RunFolder.names(in: "\(workspace.path)/Checkpoints").filter { name in
      FileManager.default.fileExists(atPath: "\(workspace.checkpoints(of: name))/best.safetensors")
    }
  }

  /// Whom a model has learnt: the folders of its run, or the first two people of its recipe.
  private static func people(
    of name: String, in workspace: Workspace
  ) -> (a: String, b: String)? {
    let record = try? SwapRecord.read(at: "\(workspace.lab(of: name))/settings.json")
    let folders =
      record.flatMap { $0.pretrained == nil ? [$0.a.folder, $0.b.folder] : nil }
      ?? ["p001", "p002"].map { "\(workspace.datasets(of: name))/\($0)" }
    guard folders.allSatisfy(Workspace.isFolder) else { return nil }
    let people = folders.map { SourceSet(at: $0, in: workspace).identity }
    return (people[0], people[1])
  }
}
