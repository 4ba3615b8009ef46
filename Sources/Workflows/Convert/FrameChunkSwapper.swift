import Engine
import Faces
import Foundation
import Generation
import Media

/// Swaps the faces of consecutive chunks, smoothly across their boundaries.
struct FrameChunkSwapper {
  let model: SwapModel
  /// Those of the model's training faces; nil if unknown.
  let poses: TrainedPoses?
  let request: ConversionRequest
  /// Who drives the faces; nil for swaps.
  let reenactment: Reenactment?
  /// The only face to swap.
  let like: ReferenceFace?
  let watch: Stopwatch
  /// The people so far.
  var linker: TrackLinker
  /// The highest similarity of each of them to the reference.
  var likeness: [Int: Double]

  /// The chosen faces by person, in the last frames before the current chunk.
  private var past: [Int: [[SIMD2<Float>]?]] = [:]
  private var pastMatches: [Int: [InsertionMatch?]] = [:]
  private var pastPatches: [Int: VideoPatch] = [:]

  init(
    model: SwapModel, poses: TrainedPoses?, request: ConversionRequest,
    reenactment: Reenactment?, like: ReferenceFace?, watch: Stopwatch,
    after warmUp: ConversionFolder.WarmUp
  ) {
    self.reenactment = reenactment
    (self.model, self.poses) = (model, poses)
    self.request = request
    self.like = like
    self.watch = watch
    (linker, likeness) = (warmUp.linker, warmUp.likeness)
  }

  /// A chunk with identified people.
  struct Known {
    let stretch: FrameChunk
    /// The landmarks in each frame, by person.
    let landmarks: [Int: [[SIMD2<Float>]?]]
  }

  /// Identifies the chosen faces of the next chunk.
  mutating func know(_ stretch: FrameChunk) -> Known {
    let people = linker.link(stretch.ways, from: stretch.start)
    if let like {
      for (way, person) in zip(stretch.ways, people) {
        likeness[person] = max(likeness[person] ?? -1, like.likeness(of: way))
      }
    }
    let alike = like == nil ? nil : people.map { likeness[$0] ?? -1 }
    var landmarks: [Int: [[SIMD2<Float>]?]] = [:]
    for frame in stretch.frames.indices {
      let chosen = request.face.chosen(
        of: stretch.ways, people: people, at: frame, likeness: alike, least: like?.least ?? 0)
      for way in chosen {
        let person = people[way]
        landmarks[
          person, default: Array(repeating: nil, count: stretch.frames.count)][frame] =
          stretch.ways[way][frame]?.landmarks
      }
    }
    return Known(stretch: stretch, landmarks: landmarks)
  }

  /// The result for a chunk.
  struct Swapped: Sendable {
    var frames: [VideoFrame]
    var swapped = 0
    var facesFound = 0, facesSwapped = 0
    /// The numbers of faces that were left as they were, by reason.
    var facesLeft: [SwapObstacle: Int] = [:]
    var fit = InsertionFit()
    /// The positions of some swapped faces.
    var shown: [ShownFace] = []
    var flicker = Flicker()

    init(_ stretch: FrameChunk) {
      frames = stretch.frames
      facesFound = stretch.ways.reduce(0) { $0 + $1.faces.count }
    }
  }

  /// Swaps the faces of a chunk.
  ///
  /// - Parameter next: the following chunk, for smoothing the last frames.
  mutating func swap(_ known: Known, before next: Known?) throws -> Swapped {
    let images = known.stretch.images
    let found = spots(of: known, before: next)
    let times = known.stretch.frames.map(\.time)
    let obstacles = found.map { place in
      place.spot.obstacle(in: images[place.frame], poses: poses)
        ?? reenactment?.obstacle(to: place.spot, at: times[place.frame])
    }
    let spots = zip(found, obstacles).filter { $1 == nil }.map(\.0)
    let left = Dictionary(obstacles.compactMap(\.self).map { ($0, 1) }, uniquingKeysWith: +)
    defer { remember(known) }
    guard !spots.isEmpty else {
      pastMatches = [:]
      pastPatches = [:]
      var result = Swapped(known.stretch)
      result.facesLeft = left
      return result
    }
    let pictures = watch.time("align") {
      ThreadPool.map(spots.count) {
        spots[$0].spot.alignment.picture(from: images[spots[$0].frame])
      }
    }
    let crops = Crop.faces(of: pictures, side: model.side)
    let made = watch.time("swap") {
      reenactment?.faces(of: pictures, at: spots.map { ($0.spot, times[$0.frame]) })
        ?? model.swapped(crops, to: request.side)
    }
    let faces = made.faces
    let (insertion, side) = (request.insertion, model.side)
    let patches = watch.time("blend") {
      let weights = ThreadPool.map(spots.count) {
        insertion.mask.weights(at: spots[$0].spot, side: side, learned: made.masks, index: $0)
      }.enumerated().map { index, weights in
        reenactment?.weights(
          weights, insertion.mask, at: (spots[index].spot, times[spots[index].frame])) ?? weights
      }
      let raw = ThreadPool.map(spots.count) {
        insertion.match(
          faces, originals: crops, at: $0, spot: spots[$0].spot, weights: weights[$0],
          in: images[spots[$0].frame])
      }
      let matches = steady(raw, spots, frames: images.count)
      return ThreadPool.map(spots.count) {
        insertion.patch(
          faces, originals: crops, at: $0, spot: spots[$0].spot, weights: weights[$0],
          match: matches[$0], into: images[spots[$0].frame])
      }
    }
    var result = try watch.time("insert") { try patched(known.stretch, spots, patches) }
    result.facesLeft = left
    result.fit = watch.time("measure") { FrameChunkSwapper.fit(of: patches.compactMap(\.self)) }
    return result
  }

  /// How well the faces of a chunk fit, from some of them.
  private static func fit(of patches: [VideoPatch]) -> InsertionFit {
    let some = stride(from: 0, to: patches.count, by: 4).map { patches[$0] }
    var fit = InsertionFit()
    let each = ThreadPool.map(some.count) { index in
      var fit = InsertionFit()
      fit.note(some[index])
      return fit
    }
    for own in each { fit.add(own) }
    return fit
  }

  /// A face to swap in a chunk.
  private struct Place: Sendable {
    let frame, person: Int
    let spot: FaceSpot
  }

  /// The smoothed positions of all faces in a chunk, frame by frame.
  private func spots(of known: Known, before next: Known?) -> [Place] {
    let smoothing = LandmarkSmoothing()
    var places: [Place] = []
    for (person, landmarks) in known.landmarks.sorted(by: { $0.key < $1.key }) {
      let before = past[person] ?? []
      let track = before + landmarks + (next?.landmarks[person] ?? [])
      for frame in landmarks.indices {
        guard let smooth = smoothing(track, at: before.count + frame) else { continue }
        places.append(Place(frame: frame, person: person, spot: FaceSpot(landmarks: smooth)))
      }
    }
    return places.sorted { ($0.frame, $0.person) < ($1.frame, $1.person) }
  }

  /// Stores what smoothing the next chunk's first frames needs.
  private mutating func remember(_ known: Known) {
    past = known.landmarks.mapValues { Array($0.suffix(LandmarkSmoothing.reach)) }
  }

  /// Matches averaged over neighboring frames, without those of the next chunk.
  private mutating func steady(
    _ raw: [InsertionMatch], _ places: [Place], frames: Int
  ) -> [InsertionMatch] {
    var byPerson: [Int: [InsertionMatch?]] = [:]
    for (place, match) in zip(places, raw) {
      byPerson[place.person, default: Array(repeating: nil, count: frames)][place.frame] = match
    }
    let reach = LandmarkSmoothing.reach
    let result = places.map { place in
      let before = pastMatches[place.person] ?? []
      let track = before + (byPerson[place.person] ?? [])
      let here = before.count + place.frame
      var weighed: [(match: InsertionMatch, weight: Double)] = []
      for direction in [-1, 1] {
        for step in (direction < 0 ? 0 : 1)...reach {
          let at = here + direction * step
          guard track.indices.contains(at), let match = track[at] else { break }
          weighed.append((match, exp(-Double(step * step) / 8)))
        }
      }
      return InsertionMatch.mean(weighed)
    }
    pastMatches = byPerson.mapValues { Array($0.suffix(reach)) }
    return result
  }

  /// The frames with their faces swapped.
  private mutating func patched(
    _ stretch: FrameChunk, _ places: [Place], _ patches: [VideoPatch?]
  ) throws -> Swapped {
    var result = Swapped(stretch)
    var byFrame = [[VideoPatch]](repeating: [], count: stretch.frames.count)
    for frame in stretch.frames.indices {
      var here: [Int: VideoPatch] = [:]
      for (place, patch) in zip(places, patches) where place.frame == frame {
        guard let patch else { continue }
        byFrame[frame].append(patch)
        if let before = pastPatches[place.person] { result.flicker.note(before, patch) }
        here[place.person] = patch
      }
      pastPatches = here
    }
    let frames = stretch.frames
    let changed = ThreadPool.map(frames.count) { [byFrame] index in
      Result { () throws(MediaError) in
        var frame = frames[index]
        for patch in byFrame[index] { frame = try frame.patched(with: patch) }
        return frame
      }
    }
    result.frames = try changed.map { try $0.get() }
    result.swapped = byFrame.count { !$0.isEmpty }
    result.facesSwapped = byFrame.reduce(0) { $0 + $1.count }
    let faces = zip(frames, byFrame).compactMap { frame, patches in
      patches.max { $0.before.width < $1.before.width }.map {
        ShownFace(
          time: frame.time, x: $0.x, y: $0.y, width: $0.before.width, height: $0.before.height)
      }
    }
    result.shown = ShownFace.spread(faces, most: 4)
    return result
  }
}
