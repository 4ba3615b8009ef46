import Detection
import Engine
import Faces
import Foundation
import Generation
import Records

/// The swap models for forgeries.
struct SourceModels {
  /// The models.
  private(set) var models: [ForgeryModel] = []
  /// The autoencoders that are named; nil for those that ship with dflab.
  private(set) var autoencoders: PictureAutoencoders?
  /// The hash of each model.
  private(set) var hashes: [String: String] = [:]
  /// The omitted models, with reasons; each a sentence.
  private(set) var notes: [String] = []

  /// The models of a workspace for some identities.
  ///
  /// - Parameters:
  ///   - names: the models; nil for all swap models except steps of duels. A named model must be
  ///     usable.
  ///   - people: the identities of the real faces.
  ///   - alike: face sets that show the person of another one.
  init(
    _ names: [String]?, in workspace: Workspace, people: Set<String>, alike: [String: String]
  ) throws {
    let chosen: [String]
    if let names {
      chosen = names
    } else {
      (chosen, notes) = try SourceModels.usual(in: workspace)
    }
    var (gone, strangers) = ([String](), [(model: String, people: String)]())
    for name in chosen {
      let file = try PretrainedModel(name, in: workspace)
      if PictureAutoencoders.isThere(at: file.path) {
        autoencoders = try PictureAutoencoders(reading: CheckpointFile(file.path))
        hashes[name] = try FileHash.ofFile(file.path)
        continue
      }
      guard let learned = SourceModels.people(of: name, in: workspace) else {
        gone.append(name)
        continue
      }
      let (a, b) = (alike[learned.a] ?? learned.a, alike[learned.b] ?? learned.b)
      guard people.contains(a) || people.contains(b) else {
        strangers.append((name, "'\(a)' or '\(b)'"))
        continue
      }
      do {
        models.append(
          ForgeryModel(
            try SwapModel(reading: file.path), name: name, identityA: a, identityB: b))
        hashes[name] = try FileHash.ofFile(file.path)
      } catch let error as EngineError where names == nil {
        notes.append("Skipping model '\(name)': \(error)")
      }
    }
    notes += SourceModels.skipped(
      gone, one: "its training faces are not in this workspace",
      several: "their training faces are not in this workspace")
    notes += SourceModels.skipped(
      strangers.map(\.model), one: "no faces of \(strangers.first?.people ?? "")",
      several: "no faces of their identities")
  }

  /// One note about all models that are skipped for the same reason.
  private static func skipped(_ models: [String], one: String, several: String) -> [String] {
    guard let first = models.first else { return [] }
    return [
      models.count == 1
        ? "Skipping model '\(first)': \(one)."
        : "Skipping \(models.count) models, such as '\(first)': \(several)."
    ]
  }

  /// The folders in `Checkpoints` with the best weights of a swap model that is not a step of a
  /// duel, sorted; and a note about duels.
  private static func usual(
    in workspace: Workspace
  ) throws -> (names: [String], notes: [String]) {
    let parts = try DuelStepNames(in: workspace)
    var (names, steps) = ([String](), [String: Int]())
    for name in try RunFolder.names(in: "\(workspace.path)/Checkpoints") {
      let best = RunFolder(name: name, in: workspace).best
      guard FileKind.isThere(best), TrainedDetector.kind(at: best) == nil,
        PretrainedNetwork.kind(at: best) == nil, !PictureAutoencoders.isThere(at: best)
      else { continue }
      if let duel = parts.duel(of: name) {
        steps[duel, default: 0] += 1
      } else {
        names.append(name)
      }
    }
    let notes = steps.sorted { $0.key < $1.key }.map { duel, count in
      count == 1
        ? "Ignoring a model of the duel '\(duel)'. Use --models to select it."
        : "Ignoring \(count) models of the duel '\(duel)'. Use --models to select them."
    }
    return (names, notes)
  }

  /// The identities of a model: the folders of its run, or the first two people of its recipe.
  private static func people(
    of name: String, in workspace: Workspace
  ) -> (a: String, b: String)? {
    let record = try? SwapRecord.read(at: "\(workspace.lab(of: name))/settings.json")
    let folders =
      record.flatMap { $0.request.pretrained == nil ? [$0.a.folder, $0.b.folder] : nil }
      ?? ["p001", "p002"].map { "\(workspace.datasets(of: name))/\($0)" }
    guard folders.allSatisfy(Workspace.isFolder) else { return nil }
    let people = folders.map { SourceSet(at: $0, in: workspace).identity }
    return (people[0], people[1])
  }
}
