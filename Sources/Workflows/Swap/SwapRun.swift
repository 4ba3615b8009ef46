public import Engine
import Faces
import Foundation
import Generation
public import Records

/// One session of a swap run: from two folders of faces to a trained model and swapped pictures.
public struct SwapRun {
  let folder: RunFolder
  let interruption: Interruption
  let report: (SwapEvent) -> Void
  var record: SwapRecord
  let a, b: SwapSide
  var trainer: SwapTrainer
  var best: BestCheckpoint?
  let truth: SwapGroundTruth?
  /// The file of the weights for the pictures.
  let weights: String
  let session: RunSession

  /// Trains as requested, or resumes an earlier session.
  ///
  /// - Parameters:
  ///   - ranks: those that make the steps; the others call `assist`.
  ///   - interruption: requests the session to stop.
  ///   - report: receives events, on the calling thread.
  public static func train(
    _ request: SwapRequest, ranks: Ranks = .alone, interruption: Interruption = Interruption(),
    report: @escaping (SwapEvent) -> Void = { _ in }
  ) throws -> SwapOutcome {
    try ranks.begin(request)
    defer { ranks.dismiss() }
    do {
      var run = try SwapRun(request, ranks, interruption: interruption, report: report)
      return try run.session.perform(noting: { run.made }) { try run.work() }
    } catch is SwapInterrupted {
      let folder = RunFolder(
        try request.runName, in: try Workspace(named: request.workspace))
      return SwapOutcome(
        run: folder.name, lab: folder.lab, checkpoints: folder.checkpoints, stopped: .interrupted,
        iteration: 0, seconds: 0, best: nil, swaps: SwapPictures(pictures: 0))
    }
  }

  init(
    _ request: SwapRequest, _ ranks: Ranks = .alone, interruption: Interruption,
    report: @escaping (SwapEvent) -> Void
  ) throws {
    let workspace = try Workspace(named: request.workspace)
    let request = try request.located(in: workspace).resolved
    let (pathA, pathB) = (request.a ?? "", request.b ?? "")
    try FaceFolder.requireDifferent(pathA, pathB)
    let pretrained = try request.pretrained.map { name in
      try PretrainedModel(name, in: workspace)
    }
    folder = RunFolder(try request.runName, in: workspace)
    weights = pretrained?.path ?? folder.best
    self.interruption = interruption
    self.report = report

    // Without training there is nothing to protect: a wrong setting can be corrected under the same
    // name.
    let found = try SwapRecord.read(at: folder.settings)
    guard !folder.isFinishedModel else { throw WorkflowError.finishedModel(name: folder.name) }
    let old = folder.isTrained ? found : nil
    let wanted = try pretrained?.settings ?? old?.settings ?? request.fresh()
    try request.check(against: wanted, of: folder.name)
    let initialModels =
      try pretrained == nil
      ? SwapInitialModels(
        wanted, in: workspace, run: folder.name,
        // A session may have ended after its first best weights, without a state to resume from.
        isTrained: old != nil && FileKind.isThere(folder.latest)) : nil
    let settings = initialModels?.settings ?? wanted
    try SwapRun.check(settings, on: ranks)
    // Faces are found in all photographs before any are read.
    let sources = try [(Side.a, pathA, old?.a), (.b, pathB, old?.b)].map {
      [folder] side, path, old in
      try SwapSource(
        side, at: path, for: request, run: folder, in: workspace, old: old, interruption, report)
    }
    a = try SwapSide(.a, from: sources[0], holdout: settings.holdout)
    report(a.event)
    b = try SwapSide(.b, from: sources[1], holdout: settings.holdout)
    report(b.event)
    if let sentence = try SwapSameness(a, b).warning { report(.warned(sentence)) }
    try old?.a.check(a.record, side: "A", run: folder.name)
    try old?.b.check(b.record, side: "B", run: folder.name)
    let asked = request.continued(from: old?.request, settings)
    record = SwapRecord(
      request: asked.recorded(in: workspace),
      settings: settings, threads: ThreadPool.threads, a: a.record, b: b.record)

    if let sentence = SwapRun.lack(of: settings, a.faces, b.faces) { report(.warned(sentence)) }
    session = try RunSession(folder, interruption)
    trainer = SwapTrainer(
      settings, a: a.faces, b: b.faces, start: initialModels?.start,
      adversary: initialModels?.adversary,
      anchor: initialModels?.anchor, ranks: ranks)
    truth =
      request.sessionOptions.ignoresTruth
      ? nil : SwapGroundTruth.rendered(a: a, b: b, size: settings.side, report: report)
    guard settings.selection != .groundTruth || truth != nil else {
      throw WorkflowError.noTruth(run: folder.name)
    }
    try folder.make()
    session.record(
      asked, at: folder.lab, in: workspace, settings: record, seed: settings.seed,
      sources: [a.record.folder, b.record.folder] + [pretrained?.path].compactMap(\.self)
        + (initialModels?.sources ?? []),
      places: [folder.lab, folder.checkpoints], startsOver: old == nil)
    try restore()
    try record.write(to: folder.settings)
  }

  /// What the settings need and the face sets lack; nil for nothing.
  private static func lack(
    of settings: SwapSettings, _ a: SwapFaces, _ b: SwapFaces
  ) -> String? {
    let sides = [("A", a), ("B", b)].filter { !$1.hasLandmarks }.map(\.0)
    guard !sides.isEmpty, settings.features != nil || settings.mask != nil else { return nil }
    let features =
      settings.features == nil ? [] : ["--eye-weight and --mouth-weight have no effect"]
    let mask = settings.mask == nil ? [] : ["the learned mask is trained on an ellipse"]
    return "Face set \(sides.joined(separator: " and ")) has no landmarks: "
      + (features + mask).joined(separator: ", ") + ". Create it with 'dflab extract'."
  }
}
