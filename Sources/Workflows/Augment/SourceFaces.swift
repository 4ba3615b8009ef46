import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// The real faces of a labeled dataset, in memory.
struct SourceFaces {
  /// More faces than this (805 MB) are subsampled, from the largest face sets first.
  static let most = 4096

  /// The faces, by face set, in name order.
  private(set) var faces: [RealFace] = []
  /// The picture of each face, as `set/file`.
  private(set) var pictures: [String] = []
  /// The scene of each rendered face; nil for others.
  private(set) var scenes: [Scene?] = []
  /// The path of each of these pictures, by that name.
  private(set) var paths: [String: String] = [:]
  /// The fingerprint of each face set.
  private(set) var hashes: [String: String] = [:]
  /// The clip that each face is the first frame of; nil where they are pictures.
  private(set) var clips: [SourceClip]?
  /// What the user should know.
  var notes = SourceNotes()

  /// Reads the faces of some sets, spread over the thread pool.
  ///
  /// - Parameter people: sets that show the person of another one.
  init(
    _ sets: [SourceSet], people: [String: String] = [:], most: Int = SourceFaces.most
  ) throws(FacesError) {
    let listings = try sets.map { set throws(FacesError) in try FaceListing(of: set.path) }
    let quota = SourceFaces.quota(listings.map(\.names.count), most: most)
    for (set, listing) in zip(sets, listings) {
      let kept = min(quota, listing.names.count)
      let names = (0..<kept).map { listing.names[$0 * listing.names.count / kept] }
      let results = ThreadPool.map(names.count) { index in
        FacePicture.read(name: names[index], in: set.path, line: listing.lines[names[index]])
          .map { ($0, FaceHash.of($0)) }
      }
      var hash = RunningHash()
      var skipped = listing.skipped
      for result in results {
        switch result {
        case .failure(let skip): skipped.append(skip)
        case .success(let (picture, own)):
          hash.update(own)
          let identity = set.identity(of: picture.line)
          faces.append(
            RealFace(
              image: picture.image, landmarks: picture.landmarks,
              identity: people[identity] ?? people[set.name] ?? identity,
              clip: set.clip(of: picture.line), frame: picture.line?.frame))
          scenes.append(picture.line?.scene)
          pictures.append("\(set.name)/\(picture.name)")
          paths["\(set.name)/\(picture.name)"] = picture.path
        }
      }
      hashes[set.name] = hash.digits
      notes.add(unlisted: listing.unlisted, in: set.name)
      notes.add(kept: kept, of: listing.names.count, in: set.name)
      notes.add(skipped, in: set.name)
    }
  }

  /// Adds the first frame of a clip.
  mutating func add(_ face: RealFace, picture: String, at path: String, _ clip: SourceClip) {
    faces.append(face)
    scenes.append(nil)
    pictures.append(picture)
    paths[picture] = path
    clips = clips ?? []
    clips?.append(clip)
  }

  /// Adds the fingerprint of a face set.
  mutating func add(hash: String, of set: String) { hashes[set] = hash }

  /// The maximum number of faces per face set, so that all together have at most `most`.
  static func quota(_ counts: [Int], most: Int) -> Int {
    var (room, left) = (most, counts.count)
    for count in counts.sorted() {
      guard count * left > room else {
        room -= count
        left -= 1
        continue
      }
      return max(1, room / left)
    }
    return max(1, counts.max() ?? 1)
  }
}

extension SourceSet {
  /// The face sets of these folders, each once; those of the workspace if there are no folders.
  static func chosen(_ folders: [String], in workspace: Workspace) throws -> [SourceSet] {
    var sets = try folders.flatMap { path throws -> [SourceSet] in
      let sets = try SourceSet.sets(in: path, workspace)
      guard !sets.isEmpty else { throw WorkflowError.noFaceSet(path: path) }
      return sets
    }
    if folders.isEmpty {
      sets = try SourceSet.all(of: workspace)
      guard !sets.isEmpty else { throw WorkflowError.noFaceSet(path: "\(workspace.path)/Datasets") }
    }
    var seen: Set<String> = []
    return sets.filter { seen.insert($0.path).inserted }
  }
}
