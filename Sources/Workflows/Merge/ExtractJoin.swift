import Engine
import Faces
import Foundation
import Records

/// The shards of an extraction.
struct ExtractJoin: ShardJoin {
  private(set) var files: [JoinedFile] = []
  private(set) var folders: [String] = []
  private let folder: ExtractFolder
  private var all: [FaceEntry] = []
  private var record = ExtractFolder.Record(request: ExtractRequest())

  init(_ shards: ShardSet, into path: String) throws {
    folder = ExtractFolder(path: path)
    var (request, state) = (ExtractRequest(), ExtractState())
    for (index, shard) in shards.members.enumerated() {
      guard let data = try RunFolder.contents(of: ExtractFolder(path: shard.path).note),
        let record = try? JSONDecoder().decode(ExtractFolder.Record.self, from: data),
        FaceSet.isManifested(shard.path)
      else { throw shard.broken("has lost its manifest or settings") }
      if index == 0 { request = record.request }
      let set = try FaceSet(reading: shard.path)
      guard record.state.isDone, set.lines.count == record.state.kept else {
        throw shard.broken("has \(set.lines.count) faces instead of \(record.state.kept)")
      }
      for line in set.lines { add(line, of: shard, after: state.people.count) }
      state.append(record.state)
    }
    (state.inputs, request.shard) = (shards.members[0].record.items, nil)
    request.out = Workspace.of(path)?.relative(path) ?? path
    folders = request.hasMasks ? ["masks"] : []
    record = ExtractFolder.Record(request: request, state: state)
    guard state.kept > 0 else {
      throw WorkflowError.noFaces(inputs: request.inputs, frames: state.frames, found: state.found)
    }
  }

  /// - Parameter people: the number of people of earlier shards.
  private mutating func add(_ line: FaceEntry, of shard: ShardSet.Member, after people: Int) {
    var line = line
    let name = NumberText.padded(all.count + 1, to: 6)
    files.append(shard.joined(line.file, as: "\(name).jpg", hash: nil))
    line.file = "\(name).jpg"
    if let mask = line.mask {
      files.append(shard.joined(mask, as: "masks/\(name).png", hash: nil))
      line.mask = "masks/\(name).png"
    }
    line.identity = line.identity.flatMap(Int.init).map { String($0 + people) }
    all.append(line)
  }

  var samples: Int { all.count }

  func finish(_ report: (MergeEvent) -> Void) throws -> AuditReport? {
    try FaceSet.write(all, to: folder.path)
    var record = record
    try folder.finish(&record, from: record.request.inputs)
    return nil
  }
}

extension ExtractState {
  /// Adds the state of the shard behind.
  fileprivate mutating func append(_ next: ExtractState) {
    for (person, face) in next.last {
      last[Int(person).map { String($0 + people.count) } ?? person] = face
    }
    frames += next.frames
    empty += next.empty
    found += next.found
    kept += next.kept
    rejected.merge(next.rejected, uniquingKeysWith: +)
    people += next.people
    notes += next.notes
  }
}
