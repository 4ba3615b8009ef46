import Detection
import Engine
import Faces
import Records

/// The trained detector that a network's training begins with.
struct DetectorInitialization: Codable, Equatable {
  /// What asks for fresh weights in place of a name.
  static let none = "none"

  /// The name of its folder in `Checkpoints`.
  let name: String
  let kind: DetectorKind
  /// The SHA-256 of its file.
  let hash: String

  /// Finds the detector that a name means; nil for fresh weights.
  ///
  /// Whoever the detector has learned of must not be in the set's validation or test: a named one is
  /// refused then, and the program's own is left out.
  ///
  /// - Parameters:
  ///   - name: a trained detector, or `none`; nil for the one that the program carries.
  ///   - kinds: which detectors are trained.
  ///   - note: is told, in a sentence, what the user should know.
  static func found(
    _ name: String?, for kinds: [DetectorKind], on set: LabeledDataset, in workspace: Workspace,
    knowing registry: DetectorRegistry, note: (String) -> Void
  ) throws -> (initialization: DetectorInitialization, trained: TrainedDetector)? {
    guard name != none else { return nil }
    guard let name else {
      guard kinds.contains(.efficientnetB0) else { return nil }
      try workspace.lay(.base)
      let model = try model(CarriedModel.base.rawValue, in: workspace, registry)
      guard let known = known(to: model.trained, of: set) else {
        return (try DetectorInitialization(model), model.trained)
      }
      note(
        "Training from random weights: '\(known)' of the dataset is an identity in the training data of "
          + "'\(model.name)'.")
      return nil
    }
    if let carried = CarriedModel(rawValue: name) { try workspace.lay(carried) }
    let model = try model(name, in: workspace, registry)
    guard kinds.contains(model.kind), registry[model.kind]?.isIterative ?? false else {
      throw WorkflowError.badStart(
        name: name,
        reason: "it is a '\(model.kind.rawValue)' detector, not a network selected for training")
    }
    if let known = known(to: model.trained, of: set) {
      throw WorkflowError.badStart(
        name: name,
        reason:
          "its training data contains '\(known)', an identity in the validation or test split of '\(set.path)'"
      )
    }
    if model.trained.people == nil {
      note(
        "The training identities of '\(name)' are unknown; if the dataset contains them, its metrics are too high."
      )
    }
    return (try DetectorInitialization(model), model.trained)
  }

  private init(_ model: DetectorModels.Model) throws {
    (name, kind) = (model.name, model.kind)
    hash = try FileHash.ofFile(model.path)
  }

  private static func model(
    _ name: String, in workspace: Workspace, _ registry: DetectorRegistry
  ) throws -> DetectorModels.Model {
    do {
      return try DetectorModels(in: workspace, knowing: registry).model(named: name)
    } catch WorkflowError.noDetectors, WorkflowError.noDetector {
      throw WorkflowError.badStart(name: name, reason: "no such detector")
    }
  }

  /// Somebody of the set's validation or test of whom a detector has learned.
  private static func known(to trained: TrainedDetector, of set: LabeledDataset) -> String? {
    set.samples.lazy.filter { $0.split != .training }.compactMap { trained.known(in: $0) }.first
  }
}
