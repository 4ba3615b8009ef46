import Engine
import Faces
import Media

extension ExtractRun {
  /// Checks faces against the limits, and writes those that pass.
  mutating func keep(_ portions: [FacePortion]) throws {
    let aligned = ThreadPool.map(portions.count) { AlignedFace(portions[$0]) }
    var kept: [AlignedFace] = []
    for face in aligned where !isFull(with: kept.count) {
      record.state.found += 1
      let person = face.portion.identity ?? ""
      let reason = request.limits.reason(
        against: face.portion.face, pose: face.pose, quality: face.quality,
        last: record.state.last[person])
      if let reason {
        record.state.rejected[reason, default: 0] += 1
      } else {
        kept.append(face)
        if face.portion.identity != nil { record.state.last[person] = face.portion.face.thumbnail }
      }
    }
    let first = record.state.kept + 1
    let (folder, hasMask) = (folder, request.hasMasks)
    let lines = ThreadPool.map(kept.count) { [kept] index in
      Result { try kept[index].write(first + index, in: folder, hasMask: hasMask) }
    }
    // What the manifest lists exists.
    try writer.append(try lines.map { try $0.get() })
    record.state.kept += kept.count
  }

  private func isFull(with more: Int) -> Bool {
    request.maxFaces.map { record.state.kept + more >= $0 } ?? false
  }
}
