import Engine
import Faces
import Foundation
import Generation
import Media

/// The faces of a clip over time, as a swap model encodes them.
struct DrivingClip: Sendable {
  /// The faces by time, in seconds from the video's start.
  let faces: [(time: Double, face: DrivenFace)]
  /// Seconds between two frames.
  private let spacing: Double

  /// The number of faces that are encoded at a time.
  private static let batch = 64

  /// The faces of an extracted video; unreadable pictures are skipped.
  init(of set: FaceSet, by model: SwapModel) {
    let lines = set.lines.filter { $0.time != nil }.sorted { ($0.time ?? 0) < ($1.time ?? 0) }
    var faces: [(time: Double, face: DrivenFace)] = []
    for first in stride(from: 0, to: lines.count, by: DrivingClip.batch) {
      let part = Array(lines[first..<min(first + DrivingClip.batch, lines.count)])
      let images = ThreadPool.map(part.count) {
        try? Image(reading: FolderListing.path(of: part[$0].file, in: set.path))
      }
      let read = zip(part, images).compactMap { line, image in image.map { (line, $0) } }
      guard !read.isEmpty else { continue }
      let encoded = DrivenFace.faces(
        Crop.faces(of: read.map(\.1), side: model.side), landmarks: read.map(\.0.landmarks),
        by: model)
      faces += zip(read, encoded).map { ($0.0.time ?? 0, $1) }
    }
    self.init(faces, spacing: DrivingClip.spacing(of: lines))
  }

  /// Faces in the order of time.
  init(_ faces: [(time: Double, face: DrivenFace)], spacing: Double) {
    (self.faces, self.spacing) = (faces, spacing)
  }

  /// The face at a time, interpolated between two frames; nil where the clip has none.
  func face(at time: Double) -> DrivenFace? {
    // The first face after that time.
    var (low, high) = (0, faces.count)
    while low < high {
      let middle = (low + high) / 2
      if faces[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    let (before, after) = (low > 0 ? faces[low - 1] : nil, low < faces.count ? faces[low] : nil)
    if let before, let after, after.time - before.time < 1.5 * spacing {
      let share = (time - before.time) / (after.time - before.time)
      return before.face.mixed(with: after.face, share: Float(share))
    }
    let nearest = [before, after].compactMap(\.self).min {
      abs($0.time - time) < abs($1.time - time)
    }
    return nearest.flatMap { abs($0.time - time) <= spacing ? $0.face : nil }
  }

  /// The median of the time per frame between successive faces.
  private static func spacing(of lines: [FaceEntry]) -> Double {
    let steps = zip(lines, lines.dropFirst()).compactMap { line, next -> Double? in
      guard let from = line.time, let to = next.time, let start = line.frame, let end = next.frame,
        end > start
      else { return nil }
      return (to - from) / Double(end - start)
    }.sorted()
    return steps.isEmpty ? 0.04 : steps[steps.count / 2]
  }
}
