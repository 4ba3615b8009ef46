import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// Consecutive frames of one identity in a face set, read when they are needed.
struct SourceClip: Sendable {
  /// The face set.
  let set: SourceSet
  /// The line of each frame, in the order of time.
  let entries: [FaceEntry]
  /// The identity and the clip, as in `RealFace`.
  let identity, clip: String

  /// The range of frames of a clip; the longest are for detectors that need several seconds.
  static let lengths = 16...600

  /// Frames a second.
  var rate: Double? {
    guard let first = entries.first?.time, let last = entries.last?.time, last > first else {
      return nil
    }
    return Double(entries.count - 1) / (last - first)
  }

  /// The path of a frame's picture.
  func path(_ index: Int) -> String { FolderListing.path(of: entries[index].file, in: set.path) }

  /// The frames, decoded.
  func frames() throws -> [RealFace] {
    try entries.map { entry in
      switch face(entry) {
      case .failure(let skipped):
        throw WorkflowError.unusableFrame(
          path: FolderListing.path(of: entry.file, in: set.path), reason: skipped.reason)
      case .success(let face): return face
      }
    }
  }

  /// A frame, decoded, or why it cannot be.
  private func face(_ entry: FaceEntry) -> Result<RealFace, SkippedPicture> {
    FacePicture.read(name: entry.file, in: set.path, line: entry).map { picture in
      RealFace(
        image: picture.image, landmarks: picture.landmarks, identity: identity, clip: clip,
        frame: entry.frame)
    }
  }

  /// The first frame, and the hash of all; a clip whose first frame cannot be decoded is skipped.
  func opening() throws -> Result<(face: RealFace, hash: [UInt8]), SkippedPicture> {
    switch face(entries[0]) {
    case .failure(let skipped): .failure(skipped)
    case .success(let face): .success((face, try hash()))
    }
  }

  /// The hash of all frames: their files and landmarks.
  func hash() throws -> [UInt8] {
    var hash = RunningHash()
    for (index, entry) in entries.enumerated() {
      hash.update(Array(try FileHash.ofFile(path(index)).utf8))
      for point in entry.landmarks { hash.update(Array("\(point.x) \(point.y)".utf8)) }
    }
    return hash.bytes
  }
}

extension SourceClip {
  /// The clips of a face set: runs of consecutive frames of one video and identity, cut into pieces.
  ///
  /// - Parameters:
  ///   - length: frames of a clip.
  ///   - people: sets and identities that show the person of another one.
  static func clips(
    of set: SourceSet, _ listing: FaceListing, length: Int, people: [String: String]
  ) -> [SourceClip] {
    let lines = listing.names.compactMap { listing.lines[$0] }
      .filter { $0.frame != nil && $0.time != nil }
    let tracks = Dictionary(grouping: lines) { [$0.source ?? "", $0.identity ?? ""] }
    return tracks.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { _, lines in
      runs(of: lines).flatMap { run in
        (0..<run.count / length).map { piece in
          let entries = Array(run[piece * length..<(piece + 1) * length])
          let identity = set.identity(of: entries[0])
          return SourceClip(
            set: set, entries: entries,
            identity: people[identity] ?? people[set.name] ?? identity,
            clip: set.clip(of: entries[0]))
        }
      }
    }
  }

  /// Lines whose frames follow one another.
  private static func runs(of lines: [FaceEntry]) -> [[FaceEntry]] {
    var runs: [[FaceEntry]] = []
    for line in lines.sorted(by: { ($0.frame ?? 0, $0.file) < ($1.frame ?? 0, $1.file) }) {
      if let last = runs.last?.last?.frame, last + 1 == line.frame {
        runs[runs.count - 1].append(line)
      } else {
        runs.append([line])
      }
    }
    return runs
  }
}

extension SourceFaces {
  /// Reads the clips of some sets: of each the first frame as its face, the others when they are
  /// needed.
  ///
  /// - Parameters:
  ///   - length: frames of a clip.
  ///   - people: sets that show the person of another one.
  init(
    clips length: Int, of sets: [SourceSet], people: [String: String] = [:],
    most: Int = SourceFaces.most
  ) throws {
    let listings = try sets.map { set throws(FacesError) in try FaceListing(of: set.path) }
    let found = zip(sets, listings).map {
      SourceClip.clips(of: $0, $1, length: length, people: people)
    }
    guard found.contains(where: { !$0.isEmpty }) else {
      throw WorkflowError.noClips(path: sets[0].path, sets: sets.count, frames: length)
    }
    notes.unit = "clips"
    let quota = SourceFaces.quota(found.map(\.count).filter { $0 > 0 }, most: most)
    for ((set, listing), all) in zip(zip(sets, listings), found) {
      notes.add(unlisted: listing.unlisted, in: set.name)
      guard !all.isEmpty else {
        notes.add(listing.skipped, in: set.name)
        notes.addClipless(set.name)
        continue
      }
      let kept = min(quota, all.count)
      let chosen = (0..<kept).map { all[$0 * all.count / kept] }
      let read = try ThreadPool.map(kept) { index in Result { try chosen[index].opening() } }
        .map { try $0.get() }
      var hash = RunningHash()
      var skipped = listing.skipped
      for (clip, opening) in zip(chosen, read) {
        switch opening {
        case .failure(let skip): skipped.append(skip)
        case .success(let (face, own)):
          hash.update(own)
          let picture = "\(set.name)/\(clip.entries[0].file)"
          add(face, picture: picture, at: clip.path(0), clip)
        }
      }
      notes.add(skipped, in: set.name)
      add(hash: hash.digits, of: set.name)
      notes.add(kept: kept, of: all.count, in: set.name)
    }
  }
}
