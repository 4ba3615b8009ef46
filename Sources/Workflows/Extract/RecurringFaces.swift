import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// The choice of one face of each picture: that of the person who recurs.
struct RecurringFaces {
  let folder: ExtractFolder

  /// The number of pictures that a face is compared with.
  private static let compared = 64

  /// Removes the other faces from the face set, and returns the number of those that remain.
  ///
  /// Of several faces in a picture the one is kept that is most similar to its best match in other
  /// pictures, in the mean; the largest if all are alone. It can be resumed: the manifest changes at
  /// once, and pictures that it does not list are removed afterwards.
  func choose() throws -> Int {
    let lines = try FaceSet(reading: folder.path).lines
    let groups = RecurringFaces.groups(lines)
    if groups.contains(where: { $0.count > 1 }) {
      let looks = try looks(of: lines)
      let kept = groups.map { RecurringFaces.best($0, of: lines, looks: looks, groups: groups) }
      try FaceSet.write(kept.map { lines[$0] }, to: folder.path)
    }
    let listed = Set(try FaceSet(reading: folder.path).lines.flatMap { [$0.file, $0.mask ?? ""] })
    for name in try RunFolder.names(in: folder.path) + masks where !listed.contains(name) {
      guard RecurringFaces.isFace(name) else { continue }
      try RunFolder.remove("\(folder.path)/\(name)")
    }
    return groups.count
  }

  /// The masks, as the manifest names them.
  private var masks: [String] {
    get throws { try RunFolder.names(in: folder.masks).map { "masks/\($0)" } }
  }

  /// True for the file of a numbered face or mask.
  private static func isFace(_ name: String) -> Bool {
    let stem = ((name as NSString).lastPathComponent as NSString).deletingPathExtension
    return stem.count >= 6 && stem.allSatisfy(\.isNumber)
  }

  /// The indices of lines by picture or frame, in their order.
  private static func groups(_ lines: [FaceEntry]) -> [[Int]] {
    var groups: [[Int]] = []
    for (index, line) in lines.enumerated() {
      if let last = groups.last?.last, lines[last].source == line.source,
        lines[last].frame == line.frame
      {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    return groups
  }

  private func looks(of lines: [FaceEntry]) throws -> [Thumbnail] {
    let path = folder.path
    return try ThreadPool.map(lines.count) { index in
      Result { () throws(MediaError) in
        Thumbnail(ofCrop: try Image(reading: "\(path)/\(lines[index].file)"))
      }
    }.map { try $0.get() }
  }

  /// The face to keep of a picture.
  private static func best(
    _ group: [Int], of lines: [FaceEntry], looks: [Thumbnail], groups: [[Int]]
  ) -> Int {
    guard group.count > 1 else { return group[0] }
    let others = groups.filter { $0 != group }.sample(compared)
    func likeness(_ face: Int) -> Double {
      let best = others.map { other in
        other.map { looks[$0].likeness(to: looks[face]) }.max() ?? -1
      }
      return best.reduce(0, +) / Double(max(others.count, 1))
    }
    // Faces of one picture are in the order of their sizes; equal ones keep the first.
    return group.map { (face: $0, value: likeness($0)) }.reduce((group[0], -.infinity)) {
      $1.value > $0.1 ? ($1.face, $1.value) : $0
    }.0
  }
}
