import Detection
import Engine
import Faces
import Records

/// The weights that a network's training begins with: a trained detector's, or a pretrained network's.
struct DetectorInitialization: Codable, Equatable {
  /// What asks for fresh weights in place of a name.
  static let none = "none"
  /// What asks for the ImageNet weights that the program carries.
  static let imageNet = "imagenet"

  /// The weights that the program carries for a network, which are those it begins with by default.
  private static let usual: [DetectorKind: CarriedModel] = [
    .efficientnetLite0: .imageNetLite0, .efficientnetB0: .base,
  ]
  /// Those of them that have learned ImageNet.
  private static let fromImageNet: [DetectorKind: CarriedModel] = [
    .efficientnetLite0: .imageNetLite0
  ]

  /// The name of its folder in `Checkpoints`.
  let name: String
  let kind: DetectorKind
  /// The SHA-256 of its file.
  let hash: String

  /// Finds the weights that a name means; nil for fresh ones.
  ///
  /// Whoever the detector has learned of must not be in the set's validation or test: a named one is
  /// refused then, and the program's own is left out.
  ///
  /// - Parameters:
  ///   - name: a trained detector or pretrained network, `imagenet` or `none`; nil for what the
  ///     program carries for the first network that it carries something for.
  ///   - kinds: which detectors are trained.
  ///   - note: is told, in a sentence, what the user should know.
  static func found(
    _ name: String?, for kinds: [DetectorKind], on set: LabeledDataset, in workspace: Workspace,
    knowing registry: DetectorRegistry, note: (String) -> Void
  ) throws -> (initialization: DetectorInitialization, trained: TrainedDetector)? {
    guard name != none else { return nil }
    guard let name else {
      guard let carried = kinds.lazy.compactMap({ usual[$0] }).first else { return nil }
      let model = try model(carried.rawValue, in: workspace, registry)
      guard let known = known(to: model.trained, of: set) else {
        return (try DetectorInitialization(model), model.trained)
      }
      note(
        "Training from random weights: '\(known)' of the dataset is an identity in the training data of "
          + "'\(model.name)'.")
      return nil
    }
    let model = try model(own(name, for: kinds), in: workspace, registry)
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

  /// The name in `Checkpoints` that a word means: itself, or for `imagenet` that of the carried
  /// weights.
  private static func own(_ word: String, for kinds: [DetectorKind]) throws -> String {
    guard word == imageNet else { return word }
    guard let carried = kinds.lazy.compactMap({ fromImageNet[$0] }).first else {
      let known = fromImageNet.keys.map(\.rawValue).sorted().joined(separator: ", ")
      throw WorkflowError.badStart(
        name: word, reason: "dflab carries ImageNet weights of \(known) alone")
    }
    return carried.rawValue
  }

  private init(_ model: StoredDetector) throws {
    (name, kind) = (model.name, model.kind)
    hash = try FileHash.ofFile(model.path)
  }

  private static func model(
    _ name: String, in workspace: Workspace, _ registry: DetectorRegistry
  ) throws -> StoredDetector {
    if let carried = CarriedModel(rawValue: name) { try workspace.lay(carried) }
    let path = "\(workspace.checkpoints(of: name))/best.safetensors"
    if PretrainedNetwork.kind(at: path) != nil {
      var trained = TrainedDetector(try PretrainedNetwork(reading: path).detector)
      // It has learned of things, not of identities.
      trained.people = []
      return StoredDetector(name: name, path: path, trained: trained)
    }
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
