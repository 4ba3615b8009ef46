import Engine
import Faces
import Foundation
import Records

/// The shards of an extraction.
struct ExtractJoin: ShardJoin {
  private(set) var files: [JoinedFile] = []
  private(set) var folders: [String] = []
  private let folder: ExtractFolder
  /// The manifest's lines as they are written.
  ///
  /// They are not encoded anew: the inverses in them follow from matrices that were not yet rounded.
  private var all: [[UInt8]] = []
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
      let text = try RunFolder.contents(of: FaceSet.manifestPath(of: shard.path)) ?? Data()
      for (line, entry) in zip(text.split(separator: 0x0A), set.lines) {
        try add(line, entry, of: shard, after: state.people.count)
      }
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

  /// - Parameters:
  ///   - bytes: the line as it is written.
  ///   - people: the number of people of earlier shards.
  private mutating func add(
    _ bytes: Data, _ entry: FaceEntry, of shard: ShardSet.Member, after people: Int
  ) throws {
    guard case .object(var line) = try JSONDecoder().decode(JSONTree.self, from: bytes) else {
      throw shard.broken("has a damaged manifest")
    }
    let name = NumberText.padded(all.count + 1, to: 6)
    files.append(shard.joined(entry.file, as: "\(name).jpg", hash: nil))
    line["file"] = .word("\(name).jpg")
    if let mask = entry.mask {
      files.append(shard.joined(mask, as: "masks/\(name).png", hash: nil))
      line["mask"] = .word("masks/\(name).png")
    }
    if let person = entry.identity.flatMap(Int.init) {
      line["identity"] = .word("\(person + people)")
    }
    all.append(try JSONText.line(JSONTree.object(line)) + [0x0A])
  }

  var samples: Int { all.count }

  func finish(_ report: (MergeEvent) -> Void) throws -> AuditReport? {
    try WholeFile.write(all, to: FaceSet.manifestPath(of: folder.path))
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
