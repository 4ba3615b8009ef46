import Faces
import Records

/// The shards of an import.
struct ImportJoin: ShardJoin {
  private(set) var files: [JoinedFile] = []
  let folders = ["pictures"]
  private let folder: ImportFolder
  private var all: [Sample] = []
  private let record: ImportFolder.Record
  private let unused: [SkippedFile]

  init(_ shards: ShardSet, into path: String) throws {
    folder = ImportFolder(path: path)
    var records: [ImportFolder.Record] = []
    for shard in shards.members {
      guard let record = try ImportFolder(path: shard.path).record,
        LabeledDataset.isManifested(shard.path)
      else { throw shard.broken("has lost its manifest or settings") }
      records.append(record)
      let lines = try LabeledDatasetWriter(in: shard.path).earlier
      guard lines.count == record.faces,
        record.done == shard.record.shard.part(of: shard.record.items).count
      else { throw shard.broken("has \(lines.count) samples instead of \(record.faces)") }
      for var sample in lines {
        let name = ImportFolder.picture(all.count)
        files.append(shard.joined(sample.path, as: name, hash: sample.hash))
        sample.path = name
        all.append(sample)
      }
    }
    unused = records[0].unused ?? []
    var whole = ImportFolder.Record(settings: records[0].settings)
    for record in records {
      whole.done += record.done
      whole.faces += record.faces
      whole.frames += record.frames
      whole.empty += record.empty
      whole.truncated += record.truncated
      whole.skipped += record.skipped
    }
    record = whole
    guard !all.isEmpty else {
      throw WorkflowError.nothingImported(path: whole.settings.folder, files: whole.done)
    }
    _ = try LabeledDataset(all, in: path)
  }

  var samples: Int { all.count }

  func finish(_ report: (MergeEvent) -> Void) throws -> AuditReport? {
    try folder.write(all)
    var record = record
    _ = try folder.finish(&record, unused: unused)
    try folder.drawSheet()
    return nil
  }
}
