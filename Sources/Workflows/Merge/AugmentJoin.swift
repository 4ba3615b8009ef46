import Faces
import Foundation
import Records

/// The shards of an augmentation.
struct AugmentJoin: ShardJoin {
  private(set) var files: [JoinedFile] = []
  let folders: [String]
  private let folder: AugmentFolder
  private var all: [Sample] = []
  private var record: AugmentFolder.Record
  /// What is known of the rendered people, the same in all shards; nil without any.
  private let people: PeopleTable?

  init(_ shards: ShardSet, into path: String) throws {
    folder = AugmentFolder(path: path)
    var records: [AugmentFolder.Record] = []
    for shard in shards.members {
      guard let record = AugmentFolder(path: shard.path).record,
        LabeledDataset.isManifested(shard.path)
      else { throw shard.broken("has lost its manifest or settings") }
      records.append(record)
      let lines = try LabeledDatasetWriter(in: shard.path).earlier
      let own = Dictionary(lines.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
      let part = shard.record.shard.part(of: shard.record.items)
      guard own.count == part.count else {
        throw shard.broken("has \(own.count) samples instead of \(part.count)")
      }
      for number in part {
        let place =
          record.settings.frames == nil
          ? AugmentFolder.picture(number) : AugmentFolder.clip(number)
        guard let sample = own[place] else { throw shard.broken("lacks the sample '\(place)'") }
        all.append(sample)
        files += sample.files.map { shard.joined($0.path, hash: $0.hash) }
        if let boundary = sample.boundary { files.append(shard.joined(boundary, hash: nil)) }
      }
    }
    record = records[0]
    people = try PeopleTable(of: shards.members[0].path)
    record.request.shard = nil
    record.request.name = (path as NSString).lastPathComponent
    folders =
      record.settings.frames == nil
      ? ["pictures", "boundaries"] : ["clips"] + all.map(\.path)
    _ = try LabeledDataset(all, in: path)
  }

  var samples: Int { all.count }

  func finish(_ report: (MergeEvent) -> Void) throws -> AuditReport? {
    try folder.write(all)
    try folder.write(record.request, record.settings)
    if let people { try folder.write(people) }
    if record.request.isAudited { report(.auditing) }
    return try folder.finish(auditing: record.request.isAudited ? {} : nil).audit
  }
}
