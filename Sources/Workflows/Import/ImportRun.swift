import Engine
import Faces
import Foundation
public import Records

/// The import of a public dataset's faces, resumable file by file.
///
/// Real and fake samples get the same extraction with the same settings: decoding, finding,
/// aligning, encoding. The dataset's own splits are kept.
public struct ImportRun {
  let folder: ImportFolder
  let settings: ImportSettings
  let items: [PublicItem]
  let source: String
  let interruption: Interruption
  let report: (ImportEvent) -> Void

  private let session: RunSession

  /// Imports as requested, or resumes an earlier session.
  ///
  /// - Parameter report: receives events, on the calling thread.
  public static func make(
    _ request: ImportRequest, interruption: Interruption = Interruption(),
    report: @escaping (ImportEvent) -> Void = { _ in }
  ) throws -> ImportOutcome {
    let run = try ImportRun(request, interruption, report)
    return try run.session.perform { try run.work() }
  }

  private init(
    _ request: ImportRequest, _ interruption: Interruption,
    _ report: @escaping (ImportEvent) -> Void
  ) throws {
    (self.interruption, self.report) = (interruption, report)
    let workspace = try Workspace(named: request.workspace)
    let set = try PublicSet(reading: request.folder, layout: request.layout)
    source = Workspace.absolute(request.folder)
    settings = ImportSettings(
      folder: source, layout: set.layout, split: request.shares, seed: request.seed,
      maxFaces: request.maxFaces, every: request.every)
    let divided = try set.divided(request.shares, seed: request.seed)
    items = divided.items
    if divided.left > 0 {
      report(
        .noted(
          "Skipping \(divided.left) files: their identities are in another split of the dataset's own "
            + "lists, so they would leak."))
    }
    let path = workspace.datasets(of: try RunName(request.name).description)
    folder = ImportFolder(path: path)
    try folder.check(settings)
    session = try RunSession(in: path, interruption)
    try RunFolder.make(folder.pictures)
    let isNew = try folder.record == nil
    if isNew { try folder.write(ImportFolder.Record(settings: settings)) }
    session.record(
      "datasets import", at: path, in: workspace, settings: settings, seed: settings.seed,
      sources: [source], places: [path], startsOver: isNew)
  }

  /// A picture of the dataset, with its source file.
  private func made(_ sample: Sample) -> Artifact {
    var origins: [Artifact.Origin] = []
    if case .word(let file) = sample.parameters?["source"] {
      origins = [.file("\(source)/\(file)")]
    }
    return Artifact(
      "\(folder.path)/\(sample.path)", hash: sample.hash, making: sample.method, from: origins)
  }

  private func work() throws -> ImportOutcome {
    var record = try folder.record ?? ImportFolder.Record(settings: settings)
    let writer = try folder.writer(cutTo: record.faces)
    report(
      .started(
        folder: folder.path, layout: settings.layout.name, done: record.done, of: items.count))
    while record.done < items.count, !interruption.isAsked {
      let part = next(after: record.done)
      let samples = try faces(of: part, from: record.faces)
      guard !interruption.isAsked else { break }
      let seen = Set(samples.map { $0.parameters?["source"] })
      for item in part where !seen.contains(.word(item.path)) {
        report(.noted("No face found in '\(item.path)'."))
      }
      try writer.append(samples)
      session.note(samples.map(made))
      record.done += part.count
      record.faces += samples.count
      try folder.write(record)
      report(.advanced(record.done, of: items.count, faces: record.faces))
    }
    let isFinished = record.done == items.count
    if isFinished {
      guard record.faces > 0 else {
        throw WorkflowError.nothingImported(path: source, files: record.done)
      }
      try LabeledDatasetSheet(LabeledDataset(reading: folder.path)).write(to: folder.sheet)
    }
    return ImportOutcome(
      folder: folder.path, done: record.done, files: items.count, faces: record.faces,
      isFinished: isFinished, sheet: isFinished ? folder.sheet : nil)
  }

  /// The number of pictures processed together.
  private static let batch = 256

  /// The next video, or the next pictures.
  private func next(after done: Int) -> ArraySlice<PublicItem> {
    let rest = items[done...]
    guard let first = rest.first, first.isPicture else { return rest.prefix(1) }
    return rest.prefix(ImportRun.batch).prefix(while: \.isPicture)
  }

  /// The faces of some files, moved into the dataset.
  private func faces(of part: ArraySlice<PublicItem>, from first: Int) throws -> [Sample] {
    try folder.clearWork()
    let names = part.map { "\(source)/\($0.path)" }
    let items = Dictionary(uniqueKeysWithValues: zip(names, part))
    var request = ExtractRequest(inputs: names, out: folder.work)
    if part.first?.isPicture == false {
      (request.every, request.maxFaces) = (settings.every, settings.maxFaces)
    }
    do {
      _ = try RecordingContext.unrecorded {
        try ExtractRun.make(request, interruption: interruption)
      }
    } catch WorkflowError.noFaces {
      return []
    }
    // Of several people in a frame, the first is the largest; only that one is the labeled person.
    var seen: Set<String> = []
    let lines = try FaceSet(reading: folder.work).lines.filter {
      seen.insert("\($0.source ?? "") \($0.frame ?? 0)").inserted
    }
    let samples = try lines.enumerated().compactMap { offset, line -> Sample? in
      guard let item = line.source.flatMap({ items[$0] }) else { return nil }
      let path = ImportFolder.picture(first + offset)
      try folder.take(line.file, as: path)
      return try sample(item, line, path)
    }
    try folder.clearWork()
    return samples
  }

  private func sample(_ item: PublicItem, _ line: FaceEntry, _ path: String) throws -> Sample {
    var sample = item.sample
    sample.path = path
    sample.frame = line.frame
    sample.landmarks = line.landmarks.map { ($0 * 100).rounded(.toNearestOrEven) / 100 }
    sample.parameters = ["source": .word(item.path)]
    let bytes = try Data(contentsOf: URL(filePath: "\(folder.path)/\(path)"))
    sample.hash = FileHash.of(bytes)
    return sample
  }
}
