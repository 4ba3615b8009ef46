import Faces
import Foundation
import Records

/// Divides a face set by person, the largest first.
struct PersonSets {
  let folder: ExtractFolder
  /// The presence of each person, in the order of their numbers.
  let people: [Double]

  /// Moves the pictures into `1`, `2`…, each with its manifest.
  ///
  /// It can be resumed: the manifest of the whole face set is removed last.
  func divide() throws {
    guard FaceSet.isManifested(folder.path) else { return }
    let lines = try FaceSetWriter(in: folder.path).earlier
    let seen = Set(lines.compactMap(\.identity))
    let ranking = people.indices.filter { seen.contains(String($0 + 1)) }.sorted {
      people[$0] != people[$1] ? people[$0] > people[$1] : $0 < $1
    }
    for (rank, person) in ranking.enumerated() {
      let target = folder.person(rank)
      let own = lines.filter { $0.identity == String(person + 1) }
      try RunFolder.make(own.contains { $0.mask != nil } ? "\(target)/masks" : target)
      for line in own {
        for file in [line.file, line.mask].compactMap(\.self) { try move(file, to: target) }
      }
      try FaceSet.write(
        own.map { line in
          var line = line
          line.identity = String(rank + 1)
          return line
        }, to: target)
    }
    for left in [folder.masks, FaceSet.manifestPath(of: folder.path)] {
      try? FileManager.default.removeItem(atPath: left)
    }
  }

  private func move(_ file: String, to target: String) throws {
    let (old, new) = ("\(folder.path)/\(file)", "\(target)/\(file)")
    guard FileManager.default.fileExists(atPath: old) else { return }
    do {
      try FileManager.default.moveItem(atPath: old, toPath: new)
    } catch {
      throw RecordsError.unwritable(path: new, reason: RunFolder.reason(of: error))
    }
  }
}
