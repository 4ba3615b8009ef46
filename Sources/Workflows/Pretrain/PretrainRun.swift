import Detection
public import Engine
import Faces
import Foundation
import Generation
import Media
public import Records

/// The training of a model on face sets, resumable.
public struct PretrainRun {
  let folder: RunFolder
  let record: PretrainRecord
  let interruption: Interruption
  let report: (PretrainEvent) -> Void
  private let ranks: Ranks
  private let iterations: Int
  private var task: any PretrainTask
  private let session: RunSession

  /// Trains as requested, or resumes an earlier session.
  ///
  /// - Parameters:
  ///   - ranks: those that make the steps; the others call `assist`.
  ///   - interruption: requests the session to stop.
  ///   - report: receives events, on the calling thread.
  public static func train(
    _ request: PretrainRequest, ranks: Ranks = .alone, interruption: Interruption = Interruption(),
    report: @escaping (PretrainEvent) -> Void = { _ in }
  ) throws -> PretrainOutcome {
    try ranks.begin(request)
    defer { ranks.dismiss() }
    var run = try PretrainRun(request, ranks, interruption, report)
    return try run.session.perform(noting: { run.made }) { try run.work() }
  }

  private init(
    _ request: PretrainRequest, _ ranks: Ranks, _ interruption: Interruption,
    _ report: @escaping (PretrainEvent) -> Void
  ) throws {
    (self.interruption, self.report, self.ranks) = (interruption, report, ranks)
    let workspace = try Workspace(named: request.workspace)
    folder = RunFolder(try RunName(request.runName), in: workspace)
    guard !folder.isFinishedModel else { throw WorkflowError.finishedModel(name: folder.name) }
    let sets = try SourceSet.chosen(request.faces, in: workspace)
    let source = try SourceFaces(sets, most: request.model.mostFaces)
    for sentence in source.notes.sentences { report(.noted(sentence)) }
    let old = try PretrainRecord.read(at: folder.settings)
    task = try PretrainRun.task(request, source, ranks, report)
    iterations = task.iterations
    record = PretrainRecord(
      request: request.recorded(in: workspace), iterations: iterations, faces: source.hashes)
    try old?.choices.requireSame(record.choices, run: folder.name)
    session = try RunSession(folder, interruption)
    try folder.make()
    if FileKind.isThere(folder.latest) { try task.restore(from: folder.latest) }
    session.record(
      request, at: folder.lab, in: workspace, settings: record, seed: request.seed,
      sources: sets.map(\.path), places: [folder.lab, folder.checkpoints], startsOver: old == nil)
    try record.write(to: folder.settings)
  }

  /// The weights, with their origins.
  private var made: [Artifact] {
    let origins = record.faces.values.sorted().map { Artifact.Origin.hash($0) }
    return [folder.best, folder.latest].map { Artifact($0, making: "weights", from: origins) }
  }

  /// The training of the requested model before its first step.
  static func task(
    _ request: PretrainRequest, _ source: SourceFaces, _ ranks: Ranks,
    _ report: (PretrainEvent) -> Void
  ) throws -> any PretrainTask {
    guard source.faces.count > 1 else {
      throw WorkflowError.tooFewFaces(found: source.faces.count, needed: 2)
    }
    switch request.model {
    case .autoencoders:
      var settings = AutoencoderSettings()
      settings.iterations = request.iterations ?? settings.iterations
      settings.seed = request.seed
      try WorkflowError.requireSamples(in: settings.batch, for: ranks)
      return AutoencoderTask(
        settings, faces: source.faces.map(\.image), ranks: ranks, report: report)
    case .swap:
      var settings = SwapBaseSettings()
      settings.iterations = request.iterations ?? settings.iterations
      settings.seed = request.seed
      try WorkflowError.requireSamples(in: settings.batch, for: ranks)
      return SwapBaseTask(settings, source, ranks: ranks, report: report)
    case .eyes:
      var settings = EyeSettings()
      settings.iterations = request.iterations ?? settings.iterations
      settings.seed = request.seed
      try WorkflowError.requireSamples(in: settings.batch, for: ranks)
      return try EyeTask(settings, source, ranks: ranks, report: report)
    }
  }

  private mutating func work() throws -> PretrainOutcome {
    try handOut()
    task.lead()
    defer { task.dismiss() }
    report(.started(run: folder.name, iteration: task.iteration, of: iterations))
    let log = try RunLog<PretrainLog>(at: folder.log, standingAt: task.iteration)
    while task.iteration < iterations {
      if interruption.isAsked {
        if task.iteration > 0 { try task.save(to: folder.latest) }
        return outcome(page: nil)
      }
      try task.step()
      if task.iteration.isMultiple(of: 10) || task.iteration == iterations {
        report(.trained(iteration: task.iteration, of: iterations))
      }
      if task.iteration.isMultiple(of: 300) || task.iteration == iterations {
        try log.append(try evaluate())
        try task.save(to: folder.latest)
      }
    }
    try task.saveModel(to: folder.best)
    return outcome(page: try RunReport(in: folder.lab).html)
  }

  /// Measures the model on held-out faces, and draws some of them.
  private mutating func evaluate() throws -> PretrainLog {
    let evaluation = task.evaluation()
    let sheet = ContactSheet(
      title: "Held-out faces, iteration \(task.iteration)", rows: evaluation.rows, cellSize: 192)
    try WholeFile.write(
      sheet.drawn().encoded(as: .png, mark: .synthetic(at: folder.preview)), to: folder.preview)
    let line = PretrainLog(
      iteration: task.iteration,
      heldOut: evaluation.figures.mapValues { figures in
        Dictionary(uniqueKeysWithValues: figures.map { ($0.key.rawValue, $0.value) })
      })
    report(.evaluated(line))
    return line
  }

  private func outcome(page: String?) -> PretrainOutcome {
    PretrainOutcome(
      run: folder.name, model: page == nil ? nil : folder.best, report: page,
      iteration: task.iteration, iterations: iterations)
  }
}

extension PretrainRun {
  /// Makes the training steps of a run together with rank 0, which does all else.
  public static func assist(_ request: PretrainRequest, on ranks: Ranks) throws {
    try ranks.assist(request, as: [String: String].self) { hashes in
      var task = try ranks.agreed {
        let workspace = try Workspace(named: request.workspace)
        let source = try SourceFaces(
          try SourceSet.chosen(request.faces, in: workspace), most: request.model.mostFaces)
        guard source.hashes == hashes else {
          throw RankObjection(sentence: "has other face sets than rank 0")
        }
        return try PretrainRun.task(request, source, ranks) { _ in }
      }
      task.follow()
    }
  }

  /// Hands the training out to the other ranks.
  private func handOut() throws {
    guard ranks.count > 1 else { return }
    _ = ranks.broadcast(record.faces)
    try ranks.agree(nil)
  }
}

extension PretrainModel {
  /// More faces than this are subsampled: 0.2 MB each.
  fileprivate var mostFaces: Int { self == .autoencoders ? SourceFaces.most : 20_000 }
}

/// `settings.json` of a pretraining run.
struct PretrainRecord: Codable, Equatable {
  /// The command of the run.
  var command = PretrainRequest.command
  /// The version of dflab.
  var version = Program.version
  var request: PretrainRequest
  /// Training steps.
  var iterations: Int
  /// The fingerprints of the face sets, by name.
  var faces: [String: String]

  init(request: PretrainRequest, iterations: Int, faces: [String: String]) {
    (self.request, self.iterations, self.faces) = (request, iterations, faces)
  }

  /// The settings at `path`; nil if there is no file.
  static func read(at path: String) throws -> PretrainRecord? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let record = try? JSONDecoder().decode(PretrainRecord.self, from: data),
      record.command == PretrainRequest.command
    else {
      throw RecordsError.unreadable(path: path, reason: "not the settings of a pretraining run")
    }
    return record
  }

  /// Writes the settings.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try WholeFile.write(Array(try encoder.encode(self)), to: path)
  }

  /// The settings that a resumed run must keep.
  var choices: [SettingChoice] {
    [
      SettingChoice("--model", request.model.rawValue),
      SettingChoice("--iterations", "\(iterations)"),
      SettingChoice("--seed", "\(request.seed)"),
      SettingChoice(
        "--faces", faces.map { "\($0) \($1.prefix(12))" }.sorted().joined(separator: ", ")),
    ]
  }
}
