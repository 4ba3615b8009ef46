import Detection
import Engine
import Faces
import Foundation
import Records

/// The trained detectors of a workspace.
struct DetectorModels {
  private let workspace: Workspace
  private let registry: DetectorRegistry
  /// The folders that hold a detector, the newest first.
  private let names: [(name: String, kind: DetectorKind)]

  init(in workspace: Workspace, knowing registry: DetectorRegistry = .standard) throws {
    (self.workspace, self.registry) = (workspace, registry)
    let folders = try RunFolder.names(in: "\(workspace.path)/Checkpoints")
    let found = folders.compactMap { name -> (String, DetectorKind, Date)? in
      let path = "\(workspace.checkpoints(of: name))/best.safetensors"
      guard let kind = TrainedDetector.kind(at: path), registry[kind] != nil else { return nil }
      let date = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
      return (name, kind, date ?? .distantPast)
    }
    names = found.sorted { ($0.2, $1.0) > ($1.2, $0.0) }.map { ($0.0, $0.1) }
  }

  /// The detectors that are meant by names: of models, of kinds, or parts of these.
  ///
  /// - Parameters:
  ///   - words: such as `spectrum`, `efficientnet` or `detect-demo-meso4`; nothing for those of the
  ///     newest run that is no step of a duel, or the program's own where nothing was trained.
  ///   - note: is told, in a sentence, when the program's own is used.
  func models(named words: [String], note: (String) -> Void = { _ in }) throws -> [StoredDetector] {
    guard words.isEmpty else {
      var models: [StoredDetector] = []
      for word in words {
        let added = try group(word) ?? [model(named: word)]
        models += added.filter { new in !models.contains { $0.name == new.name } }
      }
      return models
    }
    let own = try trained
    guard let newest = own.first else {
      let carried = CarriedModel.detector
      note(
        "No detector has been trained in this workspace, outside duels: using '\(carried.rawValue)', "
          + "which ships with dflab and was trained on \(carried.trainingData).")
      return [try model(carried)]
    }
    let run = DetectorModels.run(of: newest)
    return try own.filter { DetectorModels.run(of: $0) == run }.map(model)
  }

  /// Those that are neither steps of duels nor the program's own, the newest first.
  private var own: [(name: String, kind: DetectorKind)] {
    get throws {
      let parts = try DuelStepNames(in: workspace)
      return names.filter { name, _ in
        parts.duel(of: name) == nil && CarriedModel(rawValue: name) == nil
      }
    }
  }

  /// Those of `own` that were trained here; others are used by name alone.
  private var trained: [(name: String, kind: DetectorKind)] {
    get throws { try own.filter { registry.trainableKinds.contains($0.kind) } }
  }

  /// The newest detector of each kind of a group, in the order of kinds; nil for a word that names no
  /// group.
  ///
  /// The program's own stands in where none of its kind was trained.
  private func group(_ word: String) throws -> [StoredDetector]? {
    guard let kinds = registry.kinds(ofGroup: word) else { return nil }
    let own = try own
    var models = try kinds.compactMap { kind in
      try own.first { $0.kind == kind }.map { try model($0) }
    }
    let carried = CarriedModel.detector
    if let kind = TrainedDetector.kind(of: carried), kinds.contains(kind),
      !models.contains(where: { $0.kind == kind })
    {
      models.append(try model(carried))
    }
    guard !models.isEmpty else {
      throw WorkflowError.noDetectorsOfGroup(name: word, kinds: kinds.map(\.rawValue))
    }
    return models
  }

  /// The detector that is meant by a name: a model's, or a kind's or a part of it, of which steps of
  /// duels are left out.
  func model(named word: String) throws -> StoredDetector {
    if let carried = CarriedModel.detectors.first(where: { $0.rawValue == word }) {
      return try model(carried)
    }
    return try model(match(word))
  }

  /// A detector that the program carries, copied into the workspace if it is not there.
  private func model(_ carried: CarriedModel) throws -> StoredDetector {
    try workspace.lay(carried)
    let path = RunFolder(name: carried.rawValue, in: workspace).best
    return StoredDetector(
      name: carried.rawValue, path: path,
      trained: try TrainedDetector(reading: path, from: registry)
    )
  }

  private func match(_ word: String) throws -> (name: String, kind: DetectorKind) {
    if let exact = names.first(where: { $0.name == word }) { return exact }
    let parts = try DuelStepNames(in: workspace)
    let all = names.filter { parts.duel(of: $0.name) == nil }
    // The program's own come last.
    let own =
      all.filter { CarriedModel(rawValue: $0.name) == nil }
      + all.filter { CarriedModel(rawValue: $0.name) != nil }
    if let kind = own.first(where: { $0.kind.rawValue == word })
      ?? own.first(where: { $0.kind.rawValue.hasPrefix(word) })
    {
      return kind
    }
    guard !own.isEmpty else { throw WorkflowError.noDetectors(ofDuel: names.first?.name) }
    let known = Set(names.map(\.name) + own.map(\.kind.rawValue)).sorted()
    throw WorkflowError.noDetector(
      name: word, nearest: known.nearest(to: word), isKnown: registry[DetectorKind(word)] != nil)
  }

  private func model(_ entry: (name: String, kind: DetectorKind)) throws -> StoredDetector {
    let path = "\(workspace.checkpoints(of: entry.name))/best.safetensors"
    return StoredDetector(
      name: entry.name, path: path, trained: try TrainedDetector(reading: path, from: registry))
  }

  /// The run that has trained a model: its name without the detector's.
  fileprivate static func run(of entry: (name: String, kind: DetectorKind)) -> String {
    let ending = "-\(entry.kind.rawValue)"
    return entry.name.hasSuffix(ending) ? String(entry.name.dropLast(ending.count)) : entry.name
  }
}

extension StoredDetector {
  /// The run that has trained it.
  var run: String { DetectorModels.run(of: (name, kind)) }
}
