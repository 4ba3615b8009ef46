import Detection
import Engine
import Generation
import Records

/// The trained models that a training begins with and is opposed by.
struct SwapInitialModels {
  /// The settings, with the hashes of both models.
  let settings: SwapSettings
  /// The weights to begin with; nil for fresh ones.
  let start: SwapModel?
  /// The frozen detector; nil for none.
  let adversary: DetectorAdversary?
  /// The same weights once more, which no training changes, where swaps must resemble theirs.
  let anchor: SwapModel?
  /// The files of both.
  let sources: [String]

  /// Reads what `settings` name.
  ///
  /// - Parameter isTrained: whether the run has weights of its own, so that those to begin with
  ///   are needed as an anchor at most.
  init(
    _ settings: SwapSettings, in workspace: Workspace, run: String, isTrained: Bool
  ) throws {
    var settings = settings
    let isAnchored = settings.initialization != nil && settings.adversary?.fidelity != nil
    start = try isTrained ? nil : SwapInitialModels.start(&settings, workspace, run)
    anchor = try isAnchored ? SwapInitialModels.start(&settings, workspace, run) : nil
    let detector = try SwapInitialModels.adversary(&settings, workspace, run)
    adversary = detector?.adversary
    let beginning = try settings.initialization.map { start in
      RunFolder(try RunName(start.name), in: workspace).best
    }
    sources = [beginning, detector?.path].compactMap(\.self)
    self.settings = settings
  }

  private static func start(
    _ settings: inout SwapSettings, _ workspace: Workspace, _ run: String
  ) throws -> SwapModel? {
    guard let asked = settings.initialization else { return nil }
    let file = try PretrainedModel(asked.name, in: workspace)
    let own = try file.settings
    guard own.architecture == settings.architecture, (own.mask == nil) == (settings.mask == nil)
    else {
      throw EngineError.mismatchedCheckpoint(
        path: file.path,
        reason: "it cannot initialize a '\(settings.architecture.rawValue)' model "
          + "\(settings.mask == nil ? "without" : "with") a learned mask")
    }
    settings.initialization?.hash = try hash(
      of: file.path, noted: asked.hash, "--init '\(asked.name)'", run)
    return try SwapModel(reading: file.path)
  }

  private static func adversary(
    _ settings: inout SwapSettings, _ workspace: Workspace, _ run: String
  ) throws -> (adversary: DetectorAdversary, path: String)? {
    guard let asked = settings.adversary else { return nil }
    let model = try DetectorModels(in: workspace).model(named: asked.name)
    guard let adversary = DetectorAdversary(model.trained) else {
      throw WorkflowError.noAdversary(name: asked.name)
    }
    settings.adversary?.hash = try hash(
      of: model.path, noted: asked.hash, "--adversary '\(asked.name)'", run)
    return (adversary, model.path)
  }

  /// The SHA-256 of a rival's file; refused where the run has noted another one.
  private static func hash(
    of path: String, noted: String, _ rival: String, _ run: String
  ) throws -> String {
    let hash = try FileHash.ofFile(path)
    guard noted.isEmpty || noted == hash else {
      throw RecordsError.differentSetting(
        run: run, setting: "\(rival), with SHA-256", has: noted, asked: hash)
    }
    return hash
  }
}
