public import Detection
public import Engine
import Faces
import Foundation
public import Records

/// One session of a training of detectors: from a labeled set to a report.
public struct DetectRun {
  let folder: RunFolder
  let workspace: Workspace
  let interruption: Interruption
  let report: (DetectEvent) -> Void
  let record: DetectRecord
  let set: LabeledDataset
  /// The detectors that are known.
  let registry: DetectorRegistry
  /// What its network's training begins with; nil for fresh weights.
  let start: TrainedDetector?
  var log: DetectLog
  let session: RunSession
  let ranks: Ranks

  /// Trains, calibrates and tests as `request` says, or goes on where an earlier session ended.
  ///
  /// - Parameters:
  ///   - registry: the detectors that are known.
  ///   - ranks: those that train networks together; the others call `assist`.
  ///   - interruption: asks the session to end early.
  ///   - report: is told what happens, on the calling thread.
  public static func train(
    _ request: DetectRequest, knowing registry: DetectorRegistry = .standard,
    ranks: Ranks = .alone, interruption: Interruption = Interruption(),
    report: @escaping (DetectEvent) -> Void = { _ in }
  ) throws -> DetectOutcome {
    try ranks.begin(request)
    defer { ranks.dismiss() }
    var run = try DetectRun(request, registry, ranks, interruption, report)
    return try run.session.perform(noting: { run.made }) { try run.work() }
  }

  private init(
    _ request: DetectRequest, _ registry: DetectorRegistry, _ ranks: Ranks,
    _ interruption: Interruption,
    _ report: @escaping (DetectEvent) -> Void
  ) throws {
    (self.registry, self.interruption, self.report) = (registry, interruption, report)
    self.ranks = ranks
    let workspace = try Workspace(named: request.workspace)
    self.workspace = workspace
    // A run that is named goes on with its own set.
    let named = try request.name.map { RunFolder(try RunName($0), in: workspace) }
    let begun = try named.flatMap { try DetectRecord.read(at: $0.settings) }
    let data = request.data ?? (request.isForced ? nil : begun?.request.data)
    let path = try LabeledDataset.path(of: data, workspace: workspace.path) {
      report(.noted($0))
    }
    set = try LabeledDataset(reading: path)
    let name = "detect-\((path as NSString).lastPathComponent)"
    folder = try named ?? RunFolder(try RunName(name), in: workspace)
    let old = try DetectRecord.read(at: folder.settings)
    let kept = request.isForced ? nil : old
    var record = try DetectRecord(request, set: path, after: kept)
    try kept?.choices.requireSame(record.choices, run: folder.name)
    try DetectRun.check(record.request.size, of: record.detectors)
    try DetectRun.check(record.request.batch, of: record.detectors, on: ranks)
    try DetectRun.check(set, record.request.methods)
    let found = try DetectorInitialization.found(
      request.initialModel ?? kept.map { $0.initialization?.name ?? DetectorInitialization.none },
      for: record.detectors,
      on: set, in: workspace, knowing: registry
    ) { report(.noted($0)) }
    try DetectRun.check(found?.initialization, of: record.detectors)
    start = found?.trained
    record.initialize(from: found?.initialization)
    try kept?.choices.requireSame(record.choices, run: folder.name)
    self.record = record
    session = try RunSession(folder, interruption)
    if request.isForced {
      try DetectRun.clear(folder, record.detectors + (old?.detectors ?? []), workspace)
    }
    log = try DetectLog(at: folder.log, boardOf: request.hasBoard ? folder : nil)
    try record.write(to: folder.settings)
    let places = record.detectors.map { [folder, workspace] kind in
      DetectRun.place(of: kind, folder, workspace).checkpoints
    }
    var sources = [path]
    if let start = record.initialization { sources.append(workspace.checkpoints(of: start.name)) }
    session.record(
      repeatedRequest, at: folder.lab, in: workspace, settings: record, seed: record.seed,
      sources: sources, places: [folder.lab] + places, startsOver: request.isForced)
  }

  /// The weights, with what they were made from.
  private var made: [Artifact] {
    record.detectors.flatMap { kind in
      let start = record.initialization.flatMap { $0.kind == kind ? $0.hash : nil }
      let origins = [record.manifest, start].compactMap(\.self).map { Artifact.Origin.hash($0) }
      return [place(of: kind).best, place(of: kind).latest].map {
        Artifact($0, making: "weights", from: origins)
      }
    }
  }

  /// Refuses a set whose pictures are not all there, a split of one class, and unknown forgeries.
  private static func check(_ set: LabeledDataset, _ methods: [String]?) throws {
    if let missing = set.skipped.first {
      throw WorkflowError.missingSamples(
        path: set.path, first: missing.name, count: set.skipped.count)
    }
    for split in Split.allCases {
      let labels = Set(set.samples(in: split).map(\.label))
      guard labels.count == Label.allCases.count else {
        throw WorkflowError.oneClassSplit(path: set.path, split: split.rawValue)
      }
    }
    for split in [Split.training, .validation] { _ = try learned(split, of: set, methods) }
  }

  /// Refuses a size that one of the networks does not take.
  private static func check(_ size: Int?, of kinds: [DetectorKind]) throws {
    guard let size else { return }
    let networks = kinds.compactMap { NetworkArchitecture(rawValue: $0.rawValue) }
    if let network = networks.first(where: { !$0.sides.contains(size) }) {
      throw WorkflowError.badSize(size: size, network: network.rawValue, sides: network.sides)
    }
  }

  /// Refuses to train a network from random weights that needs others.
  private static func check(
    _ initialization: DetectorInitialization?, of kinds: [DetectorKind]
  ) throws {
    let networks = kinds.compactMap { NetworkArchitecture(rawValue: $0.rawValue) }
    if let network = networks.first(where: { $0.needsWeights && $0.kind != initialization?.kind }) {
      throw WorkflowError.needsWeights(network: network.rawValue)
    }
  }

  /// Takes away what an earlier run of the name has left.
  private static func clear(
    _ folder: RunFolder, _ kinds: [DetectorKind], _ workspace: Workspace
  ) throws {
    let files = FileManager.default
    for path in [folder.log, folder.results, "\(folder.lab)/\(SampleScore.file)"]
      + kinds.map({ place(of: $0, folder, workspace).checkpoints })
    where files.fileExists(atPath: path) {
      try files.removeItem(atPath: path)
    }
  }

  /// Where the model of a detector lies: `Checkpoints/RUN-DETECTOR`.
  func place(of kind: DetectorKind) -> RunFolder { DetectRun.place(of: kind, folder, workspace) }

  private static func place(
    of kind: DetectorKind, _ folder: RunFolder, _ workspace: Workspace
  ) -> RunFolder {
    RunFolder(name: "\(folder.name)-\(kind.rawValue)", in: workspace)
  }

  /// The samples of a split that are learned or chosen by: of fakes those of the asked methods.
  static func learned(
    _ split: Split, of set: LabeledDataset, _ methods: [String]?
  ) throws -> [Sample] {
    let all = set.samples(in: split)
    guard let methods else { return all }
    let known = Set(set.samples.filter { $0.label == .fake }.map(\.method)).sorted()
    if let unknown = methods.first(where: { !known.contains($0) }) {
      throw WorkflowError.unknownForgery(name: unknown, known: known)
    }
    let chosen = all.filter { $0.label == .real || methods.contains($0.method) }
    guard chosen.contains(where: { $0.label == .fake }) else {
      throw WorkflowError.oneClassSplit(path: set.path, split: split.rawValue)
    }
    return chosen
  }

  private mutating func work() throws -> DetectOutcome {
    if let results = try DetectResults.read(at: folder.results) {
      if !FileManager.default.fileExists(atPath: folder.page) { _ = try RunReport(in: folder.lab) }
      return DetectOutcome(
        run: folder.name, lab: folder.lab, report: folder.page, results: results, wasDone: true)
    }
    func learned(_ split: Split) throws -> SamplePictures {
      try SamplePictures(DetectRun.learned(split, of: set, record.request.methods), of: set)
    }
    let (training, validation) = (try learned(.training), try learned(.validation))
    report(
      .read(
        set: set.path, training: training.sampleCount, validation: validation.sampleCount,
        test: set.samples(in: .test).count))
    for kind in record.detectors where !interruption.isAsked {
      try train(kind, on: training, validatedOn: validation)
    }
    guard !interruption.isAsked else {
      return DetectOutcome(
        run: folder.name, lab: folder.lab, report: nil, results: nil, wasDone: false)
    }
    report(.testing)
    let results = try test(validation)
    try results.write(to: folder.results)
    _ = try RunReport(in: folder.lab)
    return DetectOutcome(
      run: folder.name, lab: folder.lab, report: folder.page, results: results, wasDone: false)
  }
}
