import Engine
import Faces
import Foundation
public import Records

/// The import of a public dataset's faces, resumable file by file.
///
/// Real and fake samples get the same extraction with the same settings: decoding, finding,
/// aligning, encoding. The dataset's own splits are kept. Files are read in parallel and written in
/// order.
public struct ImportRun {
  let folder: ImportFolder
  let settings: ImportSettings
  let items: [PublicItem]
  /// The files that are no items.
  let unused: [SkippedFile]
  let importer: FaceImporter
  let interruption: Interruption
  let report: (ImportEvent) -> Void

  private let session: RunSession
  /// What the items are a part of; nil for a whole dataset.
  private let shard: ShardRecord?
  /// The videos that are read before their faces are written.
  private let batch: Int

  /// A video takes as long as so many pictures.
  private static let picturesOfVideo = 32
  /// The number of files that are named for a reason.
  private static let mostNamed = 20

  /// Imports as requested, or resumes an earlier session.
  ///
  /// - Parameter report: receives events, on the calling thread.
  public static func make(
    _ request: ImportRequest, interruption: Interruption = Interruption(),
    report: @escaping (ImportEvent) -> Void = { _ in }
  ) throws -> ImportOutcome {
    try make(request, batch: 4 * ThreadPool.threads, interruption: interruption, report: report)
  }

  /// - Parameter batch: the number of videos that are read before their faces are written.
  static func make(
    _ request: ImportRequest, batch: Int, interruption: Interruption = Interruption(),
    report: @escaping (ImportEvent) -> Void = { _ in }
  ) throws -> ImportOutcome {
    let run = try ImportRun(request, batch, interruption, report)
    return try run.session.perform { try run.work() }
  }

  private init(
    _ request: ImportRequest, _ batch: Int, _ interruption: Interruption,
    _ report: @escaping (ImportEvent) -> Void
  ) throws {
    (self.batch, self.interruption, self.report) = (batch, interruption, report)
    let workspace = try Workspace(named: request.workspace)
    let set = try PublicSet(
      reading: request.folder, layout: request.layout, identities: request.identities)
    settings = ImportSettings(request, of: set)
    let divided = try set.divided(request.shares, seed: request.seed)
    let all = divided.items
    items = Array(all[request.shard?.part(of: all.count) ?? all.indices])
    unused = set.skipped + divided.left.map { SkippedFile($0.path, .leaking) }
    let path = workspace.datasets(of: try RunName(request.folderName).description)
    importer = FaceImporter(
      finder: try FaceFinder(), source: settings.folder, settings: settings, folder: path)
    folder = ImportFolder(path: path)
    try folder.check(settings)
    let (source, unused) = (settings.folder, self.unused)
    var shard = try request.shard.map {
      try ShardRecord(
        $0, of: request, items: all.count, data: try ImportRun.data(all, unused, in: source),
        except: ["folder", "identities", "name"], in: workspace)
    }
    if let reason = try ShardRecord.obstacle(to: shard, in: path) {
      throw WorkflowError.importInTheWay(path: path, reason: reason)
    }
    session = try RunSession(in: path, interruption)
    try shard?.write(in: path, isFinished: false)
    self.shard = shard
    try RunFolder.make(folder.pictures)
    let isNew = try folder.record == nil
    if isNew { try folder.write(ImportFolder.Record(settings: settings)) }
    var sources = [settings.folder]
    if case .list = request.identities { sources.append(settings.identities) }
    session.record(
      request, at: path, in: workspace, settings: settings, seed: settings.seed,
      sources: sources, places: [path], startsOver: isNew)
    if set.unlisted > 0 {
      report(
        .noted(
          "\(set.unlisted) of \(set.items.count) files are not in '\(settings.identities)'; their "
            + "identities are those of the layout."))
    }
    for sentence in ImportRun.sentences(about: unused) { report(.noted(sentence)) }
  }

  /// What the user should know about files that are no items, for each reason.
  private static func sentences(about files: [SkippedFile]) -> [String] {
    SkippedFile.Reason.allCases.compactMap { reason in
      let own = files.filter { $0.reason == reason }
      guard let first = own.first else { return nil }
      return own.count == 1
        ? "Skipping '\(first.path)': \(reason.description)."
        : "Skipping \(own.count) files: \(reason.description), such as '\(first.path)'."
    }
  }

  private func work() throws -> ImportOutcome {
    var record = try folder.record ?? ImportFolder.Record(settings: settings)
    let writer = try folder.writer(cutTo: record.faces)
    let before = record.faces
    report(
      .started(
        folder: folder.path, layout: settings.layout.name, done: record.done, of: items.count))
    while record.done < items.count, !interruption.isAsked {
      let results = try results(of: next(after: record.done))
      guard !results.isEmpty else { break }
      try add(results, to: &record, writer)
      try folder.write(record)
      report(.advanced(record.done, of: items.count, faces: record.faces))
    }
    try session.time(record.faces - before, in: folder.path)
    guard record.done == items.count else { return outcome(record, unused) }
    if var shard {
      record.unused = unused
      try folder.write(record)
      try shard.write(in: folder.path, isFinished: true)
      return outcome(record, unused)
    }
    let skipped = try folder.finish(&record, unused: unused)
    try check(writer, record)
    try folder.drawSheet()
    return outcome(record, skipped)
  }

  /// Refuses an import without a face, or with those of one class.
  private func check(_ writer: LabeledDatasetWriter, _ record: ImportFolder.Record) throws {
    guard record.faces > 0 else {
      throw WorkflowError.nothingImported(path: settings.folder, files: record.done)
    }
    let empty = Set(record.skipped.map(\.path))
    for label in Label.allCases {
      let own = items.filter { $0.label == label }
      guard own.contains(where: { !empty.contains($0.path) }) else {
        throw WorkflowError.oneClassImported(
          path: settings.folder, missing: "\(label)", files: own.count, list: folder.list)
      }
    }
  }

  private func outcome(_ record: ImportFolder.Record, _ skipped: [SkippedFile]) -> ImportOutcome {
    let isFinished = record.done == items.count
    let isWhole = isFinished && shard == nil
    return ImportOutcome(
      folder: folder.path, done: record.done, files: items.count, faces: record.faces,
      frames: record.frames, withoutFaces: record.empty, truncated: record.truncated.count,
      skipped: Dictionary(grouping: isWhole ? skipped : unused + record.skipped) {
        $0.reason.rawValue
      }.mapValues(\.count),
      list: isWhole && !skipped.isEmpty ? folder.list : nil, isFinished: isFinished,
      sheet: isWhole ? folder.sheet : nil, shard: shard?.shard)
  }
}

extension ImportRun {
  /// What a source is known by, on all machines: its items, with the sizes of their files, and the rest.
  private static func data(
    _ items: [PublicItem], _ unused: [SkippedFile], in folder: String
  ) throws -> [String] {
    try items.map { item in
      let size = RunRecorder.size(of: "\(folder)/\(item.path)") ?? 0
      return String(decoding: try item.sample.json, as: UTF8.self)
        + "\(item.mask ?? "") \(item.frames.isEmpty ? size : item.frames.count)"
    } + unused.map { "\($0.reason.rawValue) \($0.path)" }
  }

  /// The next items that are read together.
  private func next(after done: Int) -> ArraySlice<PublicItem> {
    var room = batch * ImportRun.picturesOfVideo
    return items[done...].prefix { item in
      defer { room -= item.isPicture(in: settings.folder) ? 1 : ImportRun.picturesOfVideo }
      return room > 0
    }
  }

  /// What the items give; after an interruption that of the first ones.
  private func results(
    of part: ArraySlice<PublicItem>
  ) throws -> [(item: PublicItem, result: ImportedItem)] {
    let (importer, interruption, part) = (importer, interruption, Array(part))
    let results = ThreadPool.map(part.count) { index in
      Result { try interruption.isAsked ? nil : importer.faces(of: part[index]) }
    }
    var done: [(item: PublicItem, result: ImportedItem)] = []
    for (item, result) in zip(part, results) {
      guard let result = try result.get() else { break }
      done.append((item, result))
    }
    return done
  }

  /// Writes the faces of some items, and counts what was found.
  private func add(
    _ results: [(item: PublicItem, result: ImportedItem)], to record: inout ImportFolder.Record,
    _ writer: LabeledDatasetWriter
  ) throws {
    var samples: [Sample] = []
    var files: [(name: String, bytes: [UInt8])] = []
    for (item, result) in results {
      for face in result.faces {
        let path = ImportFolder.picture(record.faces + samples.count)
        files.append(((path as NSString).lastPathComponent, face.bytes))
        samples.append(sample(of: item, face, at: path))
      }
      note(item, result, &record)
    }
    try WholeFile.write(files, in: folder.pictures)
    // What the manifest lists exists.
    try writer.append(samples)
    session.note(samples.map(made))
    record.done += results.count
    record.faces += samples.count
  }

  private func note(
    _ item: PublicItem, _ result: ImportedItem, _ record: inout ImportFolder.Record
  ) {
    record.frames += result.frames
    record.empty += result.empty
    if let reason = result.reason {
      let earlier = record.skipped.count { $0.reason == reason }
      record.skipped.append(SkippedFile(item.path, reason))
      if earlier < ImportRun.mostNamed {
        report(.noted("Skipping '\(item.path)': \(reason.description)."))
      } else if earlier == ImportRun.mostNamed {
        report(.noted("Further files \(reason.description) are only counted."))
      }
    } else if result.isTruncated {
      record.truncated.append(item.path)
      report(.noted("'\(item.path)' is truncated; using the frames before its end."))
    }
    if result.unreadable > 0, result.problem == nil {
      report(.noted("\(result.unreadable) frames of '\(item.path)' cannot be read."))
    }
  }

  private func sample(of item: PublicItem, _ face: ImportedItem.Face, at path: String) -> Sample {
    var sample = item.sample
    sample.path = path
    sample.frame = face.frame
    sample.landmarks = face.landmarks.map { ($0 * 100).rounded(.toNearestOrEven) / 100 }
    sample.parameters = ["source": .word(face.source)]
    sample.hash = FileHash.of(face.bytes)
    return sample
  }

  /// A picture of the dataset, with its source file.
  private func made(_ sample: Sample) -> Artifact {
    var origins: [Artifact.Origin] = []
    if case .word(let file) = sample.parameters?["source"] {
      origins = [.file("\(settings.folder)/\(file)")]
    }
    return Artifact(
      "\(folder.path)/\(sample.path)", hash: sample.hash, making: sample.method, from: origins)
  }
}
