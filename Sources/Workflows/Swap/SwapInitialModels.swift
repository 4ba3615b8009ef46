import Detection
import Engine
import Faces
import Generation
import Records

/// The trained models that initialize training and that it is trained against.
struct SwapInitialModels {
  /// The settings, with the hashes of both models.
  let settings: SwapSettings
  /// The initial weights; nil for random ones.
  let start: SwapModel?
  /// The frozen detector; nil for none.
  let adversary: DetectorAdversary?
  /// A frozen copy of the initial weights for the fidelity loss.
  let anchor: SwapModel?
  /// The files of both.
  let sources: [String]

  /// Reads the models in `settings`.
  ///
  /// - Parameter isTrained: whether the run has its own weights, so that the initial ones are
  ///   needed only for the fidelity loss.
  init(
    _ settings: SwapSettings, in workspace: Workspace, run: String, isTrained: Bool
  ) throws {
    var settings = settings
    let isAnchored = settings.initialization != nil && settings.adversary?.fidelity != nil
    start = try isTrained ? nil : SwapInitialModels.start(&settings, workspace, run)
    anchor = try isAnchored ? SwapInitialModels.start(&settings, workspace, run) : nil
    let detector = try SwapInitialModels.adversary(&settings, workspace, run)
    adversary = detector?.adversary
    let beginning = try settings.initialization.flatMap { start -> String? in
      guard !start.isCarried else { return nil }
      return RunFolder(try RunName(start.name), in: workspace).best
    }
    sources = [beginning, detector?.path].compactMap(\.self)
    self.settings = settings
  }

  private static func start(
    _ settings: inout SwapSettings, _ workspace: Workspace, _ run: String
  ) throws -> SwapModel? {
    guard let asked = settings.initialization else { return nil }
    // The carried weights are read from the program, so that no workspace lists them as its own.
    let file =
      try asked.isCarried
      ? CheckpointFile(.swapBase) : CheckpointFile(PretrainedModel(asked.name, in: workspace).path)
    let own = try SwapTrainer.settings(of: file)
    guard own.architecture == settings.architecture, own.mask == nil || settings.mask != nil else {
      throw EngineError.mismatchedCheckpoint(
        path: file.path,
        reason: "it cannot initialize a '\(settings.architecture.rawValue)' model"
          + (settings.mask == nil ? " without a learned mask" : ""))
    }
    if !asked.isCarried {
      settings.initialization?.hash = try hash(
        of: file.path, noted: asked.hash, "--init '\(asked.name)'", run)
    }
    var model = try SwapModel(reading: file)
    let randomness = RandomSource(seed: settings.seed)
    if model.side != settings.side {
      guard model.side == Crop.side, own.mask == nil else {
        throw EngineError.mismatchedCheckpoint(
          path: file.path,
          reason: "its faces have \(model.side)×\(model.side) pixels, and this run's "
            + "\(settings.side)×\(settings.side)")
      }
      model = model.enlarged(to: settings.side, randomness: randomness.split(0))
    }
    return own.mask == nil && settings.mask != nil
      ? model.withMask(settings.architecture, randomness: randomness) : model
  }

  private static func adversary(
    _ settings: inout SwapSettings, _ workspace: Workspace, _ run: String
  ) throws -> (adversary: DetectorAdversary, path: String)? {
    guard let asked = settings.adversary else { return nil }
    let model = try DetectorModels(in: workspace).model(named: asked.name)
    let adversary: DetectorAdversary
    do {
      adversary = try DetectorAdversary(model.trained)
    } catch {
      throw WorkflowError.noAdversary(name: asked.name, reason: error.description)
    }
    settings.adversary?.hash = try hash(
      of: model.path, noted: asked.hash, "--adversary '\(asked.name)'", run)
    return (adversary, model.path)
  }

  /// The SHA-256 of a model's file; throws if the run has recorded another one.
  private static func hash(
    of path: String, noted: String, _ option: String, _ run: String
  ) throws -> String {
    let hash = try FileHash.ofFile(path)
    guard noted.isEmpty || noted == hash else {
      throw RecordsError.differentSetting(
        run: run, setting: "\(option), with SHA-256", has: noted, asked: hash)
    }
    return hash
  }
}
