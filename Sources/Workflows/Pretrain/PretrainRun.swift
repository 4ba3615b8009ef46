import Engine
import Faces
import Foundation
import Generation
import Media
public import Records

/// The training of autoencoders on face sets, resumable.
public struct PretrainRun {
  let folder: RunFolder
  let record: PretrainRecord
  let interruption: Interruption
  let report: (PretrainEvent) -> Void
  /// Held-out pictures; of many, 64 that are evenly spaced.
  let heldOut: [Image]

  private var trainer: AutoencoderTrainer
  private let session: RunSession

  /// Trains as requested, or resumes an earlier session.
  ///
  /// - Parameters:
  ///   - interruption: requests the session to stop.
  ///   - report: receives events, on the calling thread.
  public static func train(
    _ request: PretrainRequest, interruption: Interruption = Interruption(),
    report: @escaping (PretrainEvent) -> Void = { _ in }
  ) throws -> PretrainOutcome {
    var run = try PretrainRun(request, interruption, report)
    return try run.session.perform(noting: { run.made }) { try run.work() }
  }

  private init(
    _ request: PretrainRequest, _ interruption: Interruption,
    _ report: @escaping (PretrainEvent) -> Void
  ) throws {
    (self.interruption, self.report) = (interruption, report)
    let workspace = try Workspace(named: request.workspace)
    folder = RunFolder(try RunName(request.name), in: workspace)
    guard !folder.isFinishedModel else { throw WorkflowError.finishedModel(name: folder.name) }
    let sets = try SourceSet.chosen(request.faces, in: workspace)
    let source = try SourceFaces(sets)
    for sentence in source.notes.sentences { report(.noted(sentence)) }
    let pictures = source.faces.map(\.image)
    guard pictures.count > 1 else {
      throw WorkflowError.tooFewFaces(found: pictures.count, needed: 2)
    }
    let held = PretrainRun.heldOut(of: pictures.count)
    let shown = min(held.count, 64)
    heldOut = (0..<shown).map { pictures[held[$0 * held.count / shown]] }
    let kept = Set(pictures.indices).subtracting(held)
    let training = pictures.indices.filter(kept.contains).map { pictures[$0] }
    var settings = AutoencoderSettings()
    (settings.iterations, settings.seed) = (request.iterations, request.seed)
    let old = try PretrainRecord.read(at: folder.settings)
    record = PretrainRecord(
      request: request.recorded(in: workspace), settings: settings, faces: source.hashes)
    try old?.choices.requireSame(record.choices, run: folder.name)
    report(.read(faces: training.count, heldOut: heldOut.count))
    session = try RunSession(folder, interruption)
    trainer = AutoencoderTrainer(settings, pictures: training)
    try folder.make()
    if FileKind.isThere(folder.latest) { try trainer.restore(from: folder.latest) }
    session.record(
      request, at: folder.lab, in: workspace, settings: record, seed: request.seed,
      sources: sets.map(\.path), places: [folder.lab, folder.checkpoints], startsOver: old == nil)
    try record.write(to: folder.settings)
  }

  /// The pictures that are held out: one in twenty, at least one.
  private static func heldOut(of count: Int) -> [Int] {
    count < 20 ? [count - 1] : Array(stride(from: 19, to: count, by: 20))
  }

  /// The weights, with their origins.
  private var made: [Artifact] {
    let origins = record.faces.values.sorted().map { Artifact.Origin.hash($0) }
    return [folder.best, folder.latest].map { Artifact($0, making: "weights", from: origins) }
  }

  private mutating func work() throws -> PretrainOutcome {
    let count = record.settings.iterations
    report(.started(run: folder.name, iteration: trainer.iteration, of: count))
    let log = try RunLog<PretrainLog>(at: folder.log, standingAt: trainer.iteration)
    while trainer.iteration < count {
      if interruption.isAsked {
        if trainer.iteration > 0 { try trainer.save(to: folder.latest, by: Program.name) }
        return outcome(page: nil)
      }
      let step = try trainer.step()
      if step.iteration.isMultiple(of: 10) || step.iteration == count {
        report(.trained(iteration: step.iteration, of: count))
      }
      if step.iteration.isMultiple(of: 300) || step.iteration == count {
        try log.append(try evaluate())
        try trainer.save(to: folder.latest, by: Program.name)
      }
    }
    try trainer.saveModel(to: folder.best, by: Program.name)
    return outcome(page: try RunReport(in: folder.lab).html)
  }

  /// Measures the reconstructions of held-out faces, and draws some of them.
  private func evaluate() throws -> PretrainLog {
    var heldOut: [String: PretrainLog.Quality] = [:]
    let shown = self.heldOut.prefix(6)
    var rows = [ContactSheet.Row("faces", shown.map { Optional($0) })]
    for kind in PictureAutoencoders.Upsampling.allCases {
      var (ssim, psnr, sharpness) = ([Double](), [Double](), [Double]())
      for first in stride(from: 0, to: self.heldOut.count, by: 8) {
        let faces = self.heldOut[first..<min(first + 8, self.heldOut.count)].map { Tensor(of: $0) }
        let batch = Tensor.joined(faces)
        let made = trainer.model.reconstruct(batch, by: kind)
        let quality = ImageQuality(of: made, against: batch)
        ssim += quality.similarities
        psnr += quality.signalsToNoise
        sharpness += quality.sharpnesses.compactMap(\.self)
        if first == 0 {
          rows.append(
            ContactSheet.Row(
              kind.rawValue, (0..<min(6, faces.count)).map { Crop.image(of: made, at: $0) }))
        }
      }
      func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
      }
      heldOut[kind.rawValue] = PretrainLog.Quality(
        ssim: mean(ssim), psnr: mean(psnr), sharpness: mean(sharpness))
    }
    let sheet = ContactSheet(
      title: "Held-out faces and their reconstructions, iteration \(trainer.iteration)",
      rows: rows, cellSize: 192)
    try WholeFile.write(
      sheet.drawn().encoded(as: .png, mark: .synthetic(by: Program.name)), to: folder.preview)
    let line = PretrainLog(iteration: trainer.iteration, heldOut: heldOut)
    report(.evaluated(line))
    return line
  }

  private func outcome(page: String?) -> PretrainOutcome {
    PretrainOutcome(
      run: folder.name, model: page == nil ? nil : folder.best, report: page,
      iteration: trainer.iteration, iterations: record.settings.iterations)
  }
}

/// `settings.json` of a pretraining run.
struct PretrainRecord: Codable, Equatable {
  /// The command of the run.
  var command = PretrainRequest.command
  /// The version of dflab.
  var version = Program.version
  var request: PretrainRequest
  var settings: AutoencoderSettings
  /// The fingerprints of the face sets, by name.
  var faces: [String: String]

  init(request: PretrainRequest, settings: AutoencoderSettings, faces: [String: String]) {
    (self.request, self.settings, self.faces) = (request, settings, faces)
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
      SettingChoice("--iterations", "\(settings.iterations)"),
      SettingChoice("--seed", "\(settings.seed)"),
      SettingChoice(
        "--faces", faces.map { "\($0) \($1.prefix(12))" }.sorted().joined(separator: ", ")),
    ]
  }
}
