import Engine
import Faces
import Foundation
import Generation
import Media
public import Records

/// The making of a labeled dataset, resumable sample by sample.
public struct AugmentRun {
  let request: AugmentRequest
  let folder: AugmentFolder
  let settings: AugmentSettings
  let plan: AugmentPlan
  let maker: SampleMaker
  let interruption: Interruption
  let report: (AugmentEvent) -> Void

  private let session: RunSession
  /// What the samples are a part of; nil for a whole dataset.
  private let shard: ShardRecord?
  /// The samples to make.
  private let part: Range<Int>
  /// The path of each real picture, by its name in samples.
  private let sources: [String: String]

  /// Makes the requested dataset, or resumes an earlier session.
  ///
  /// - Parameters:
  ///   - interruption: requests the session to stop.
  ///   - report: receives events, on the calling thread.
  public static func make(
    _ request: AugmentRequest, interruption: Interruption = Interruption(),
    report: @escaping (AugmentEvent) -> Void = { _ in }
  ) throws -> AugmentOutcome {
    let run = try AugmentRun(request, interruption, report)
    return try run.session.perform { try run.work() }
  }

  private init(
    _ request: AugmentRequest, _ interruption: Interruption,
    _ report: @escaping (AugmentEvent) -> Void
  ) throws {
    (self.request, self.interruption, self.report) = (request, interruption, report)
    let workspace = try Workspace(named: request.workspace)
    let path = workspace.datasets(of: try RunName(request.folderName).description)
    folder = AugmentFolder(path: path)
    let recipe =
      try request.mixture ?? request.recipe.map { try AugmentRecipe(reading: $0) }
      ?? AugmentRecipe()
    let material = try AugmentMaterial(request, recipe, in: workspace, report: report)
    settings = AugmentSettings(
      count: request.samples, frames: request.clipLength, split: request.shares,
      fakeRatio: request.fakeRatio, seed: request.seed,
      size: request.size, recipe: recipe, faces: material.hashes, models: material.modelHashes)
    if !request.isForced { try folder.check(settings) }
    let plan = try material.plan(request, recipe)
    self.plan = plan
    part = request.shard?.part(of: plan.entries.count) ?? plan.entries.indices
    let data = String(decoding: try JSONText.line(settings), as: UTF8.self)
    var shard = try request.shard.map {
      try ShardRecord(
        $0, of: request, items: plan.entries.count, data: [data],
        except: ["name", "faces", "models", "recipe", "force"], in: workspace)
    }
    if !request.isForced, let reason = try ShardRecord.obstacle(to: shard, in: path) {
      throw WorkflowError.setInTheWay(path: path, reason: reason)
    }
    maker = SampleMaker(
      forger: material.forger, pictures: material.pictures, degradations: recipe.degradations,
      seed: request.seed, side: request.size,
      donors: Dictionary(
        uniqueKeysWithValues: Split.allCases.map { ($0, plan.donors(in: $0)) }),
      clips: material.clips, jitter: recipe.jitter,
      mark: try .synthetic(at: path, in: workspace))
    session = try RunSession(in: path, interruption)
    if request.isForced { try folder.clear() }
    // Written first, so that the command can be rerun after any error or interruption.
    try shard?.write(in: path, isFinished: false)
    self.shard = shard
    try folder.write(request.recorded(in: workspace), settings)
    try folder.make(forClips: request.isClips)
    try folder.write(material.people)
    sources = material.paths
    session.record(
      request, at: path, in: workspace, settings: settings, seed: request.seed,
      sources: material.sources, places: [path], startsOver: request.isForced)
  }

  /// The pictures of a sample, with their origins.
  private func made(_ sample: Sample) -> [Artifact] {
    func word(_ parameter: String) -> String? {
      if case .word(let word) = sample.parameters?[parameter] { word } else { nil }
    }
    return sample.files.map { file in
      Artifact(
        "\(folder.path)/\(file.path)", hash: file.hash, making: sample.method,
        from: ["source", "donor_source"].compactMap(word).compactMap { sources[$0] }.map {
          .file($0)
        }, model: word("model").flatMap { settings.models[$0] }.map { .hash($0) })
    }
  }

  /// The number of samples between manifest updates: some seconds of work.
  private var batch: Int { max(2, 128 / (settings.frames ?? 1)) }

  private func work() throws -> AugmentOutcome {
    let writer = try LabeledDatasetWriter(in: folder.path)
    let listed = Set(writer.earlier.map(\.path))
    let missing = part.filter { !isThere($0, listed) }
    var done = part.count - missing.count
    try AugmentDiskSpace(missing.count * (settings.frames ?? 1), side: request.size)
      .check(in: folder.path)
    report(.started(folder: folder.path, done: done, of: part.count))
    // Results for fewer samples do not apply to more.
    if !missing.isEmpty, FileKind.isThere(folder.audit) { try RunFolder.remove(folder.audit) }
    for first in stride(from: 0, to: missing.count, by: batch) {
      if interruption.isAsked {
        try session.time(done - part.count + missing.count, in: folder.path)
        return outcome(done, rate: nil, audit: nil, sheet: nil)
      }
      let next = missing[first..<min(first + batch, missing.count)]
      let samples = try make(Array(next))
      try writer.append(samples.filter { !listed.contains($0.path) })
      session.note(samples.flatMap(made))
      done += next.count
      report(.made(done, of: part.count))
    }
    try session.time(missing.count, in: folder.path)
    return try finish(rate: missing.isEmpty ? nil : Double(missing.count) / session.seconds)
  }

  /// True if a sample's pictures, boundary and line exist.
  private func isThere(_ number: Int, _ listed: Set<String>) -> Bool {
    let path = settings.frames == nil ? AugmentFolder.picture(number) : AugmentFolder.clip(number)
    let files: [String]
    if let frames = settings.frames {
      files = (0..<frames).map { AugmentFolder.frame($0, of: number) }
    } else {
      files =
        plan.entries[number].method?.keepsBoundary ?? false
        ? [path, AugmentFolder.boundary(number)] : [path]
    }
    return listed.contains(path)
      && files.allSatisfy { FileManager.default.fileExists(atPath: "\(folder.path)/\($0)") }
  }

  /// Makes some pictures, spread over the thread pool; their files are on the disk when it returns.
  private func make(_ numbers: [Int]) throws -> [Sample] {
    let (plan, maker, path) = (plan, maker, folder.path)
    // While one thread waits for the disk, another one computes.
    let samples = ThreadPool.with(threads: 2 * ThreadPool.threads) {
      ThreadPool.map(numbers.count) { index in
        Result {
          let made = try maker.make(plan.entries[numbers[index]], number: numbers[index])
          if made.sample.isClip { try RunFolder.make("\(path)/\(made.sample.path)") }
          for file in made.files { try WholeFile.write(file.bytes, to: "\(path)/\(file.path)") }
          return made.sample
        }
      }
    }
    return try samples.map { try $0.get() }
  }

  private func finish(rate: Double?) throws -> AugmentOutcome {
    if var shard {
      try shard.write(in: folder.path, isFinished: true)
      return outcome(part.count, rate: rate, audit: nil, sheet: nil, shard: shard.shard)
    }
    let (samples, audit) = try folder.finish(
      auditing: request.isAudited ? { report(.auditing) } : nil)
    return outcome(samples, rate: rate, audit: audit, sheet: folder.sheet)
  }

  private func outcome(
    _ done: Int, rate: Double?, audit: AuditReport?, sheet: String?, shard: Shard? = nil
  ) -> AugmentOutcome {
    var methods: [String: [String: Int]] = [:]
    for entry in plan.entries[part] {
      methods[entry.method?.name ?? Sample.real, default: [:]][
        entry.split.rawValue, default: 0] += 1
    }
    return AugmentOutcome(
      folder: folder.path, made: done, pictures: part.count, methods: methods, sheet: sheet,
      shard: shard, audit: audit, picturesPerSecond: rate)
  }
}
