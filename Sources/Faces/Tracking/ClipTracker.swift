import Engine
public import Media

/// Finds and tracks the faces in chunks of a video, in parallel.
///
/// A chunk is divided into segments of a few frames. Each segment is searched in its center frame
/// and tracked to both ends, so a video costs a fraction of a search in every frame, and no error
/// persists for longer than half a segment. Two frames of a chunk are searched for the smallest
/// faces; the others at the scale that the faces there allow, and thoroughly only if fewer are
/// found.
///
/// Where no face is upright, the frames are rotated by 90°, 180° and 270°, and searched for upright
/// faces again; landmarks are always those in the frame as it is.
public struct ClipTracker: Sendable {
  /// The number of consecutive frames in a segment.
  public static let segment = 8
  /// The number of frames in a segment that are far apart, such as every tenth of a video.
  public static let sparseSegment = 4
  /// The minimum score of a face that is not upright.
  ///
  /// Three more searches would otherwise find three times as many faces in walls and trees.
  private static let leastTurnedScore = 0.3

  private let finder: FaceFinder
  private let smallest: Double
  private let extent: SearchExtent

  /// A tracker of faces of at least `smallest` pixels, as in `FaceFinder.find`.
  public init(
    finder: FaceFinder, smallest: Double = FaceFinder.window, extent: SearchExtent = .all
  ) {
    (self.finder, self.smallest, self.extent) = (finder, smallest, extent)
  }

  /// The tracks in a chunk of frames.
  ///
  /// - Parameters:
  ///   - images: the frames.
  ///   - every: the distance between consecutive images in frames of the video.
  ///   - isSparse: whether faces are tracked through images of any distance, in segments of
  ///     `sparseSegment`; otherwise only within `segment` frames of the video.
  ///   - before: the faces in the frame before the first.
  ///   - isThorough: whether two frames are searched for the smallest faces, unless the largest alone
  ///     are wanted; if not, and if there were faces before, those of their size are expected.
  /// - Returns: the tracks through consecutive frames, numbered from 0.
  public func track(
    _ images: [Image], every: Int = 1, isSparse: Bool = false, after before: [TrackedFace] = [],
    isThorough: Bool = true
  ) throws(FacesError) -> [Tracklet] {
    let length = ClipTracker.segment(every: every, isSparse: isSparse)
    let segments = stride(from: 0, to: images.count, by: length).map {
      $0..<min($0 + length, images.count)
    }
    guard !segments.isEmpty else { return [] }
    let before = before.map { (face: $0, turn: QuarterTurn(of: $0.landmarks)) }
    let upright = before.filter { $0.turn == .none }.map(\.face)
    // Where the largest faces are wanted, smaller ones than those before do not matter.
    let isThorough = before.isEmpty || isThorough && extent == .all
    let samples = isThorough ? try samples(of: segments, images) : [:]
    // A video that was not upright a moment ago is probably still so.
    let expected = before.map(\.turn).first { $0 != .none }
    if let expected, samples.allSatisfy(\.value.isEmpty),
      let tracklets = try track(
        images, segments, isSparse, by: [expected], after: before.map(\.face))
    {
      return tracklets
    }
    let tracklets = try track(images, segments, isSparse, samples, after: upright)
    guard tracklets.isEmpty else { return tracklets }
    let others = QuarterTurn.allCases.filter { $0 != .none }
    return try track(images, segments, isSparse, by: others, after: before.map(\.face)) ?? []
  }

  /// The number of images in a segment; parameters as in `track`.
  public static func segment(every: Int, isSparse: Bool = false) -> Int {
    max(isSparse ? sparseSegment : 1, segment / every)
  }

  /// The tracks in rotated frames, as they are in the frames themselves; nil if there is no face.
  ///
  /// - Parameter turns: the rotations of faces that are tried; the one with the surest faces counts.
  private func track(
    _ images: [Image], _ segments: [Range<Int>], _ isSparse: Bool, by turns: [QuarterTurn],
    after before: [TrackedFace]
  ) throws(FacesError) -> [Tracklet]? {
    let anchors = ClipTracker.anchors(of: segments)
    let (finder, smallest, extent) = (finder, smallest, extent)
    let results = ThreadPool.map(anchors.count * turns.count) { index in
      Result { () throws(FacesError) in
        let image = images[anchors[index / turns.count]]
        return try finder.find(
          in: image.turned(turns[index % turns.count].inverse), smallest: smallest,
          threshold: ClipTracker.leastTurnedScore, extent: extent)
      }
    }
    var found: [(turn: QuarterTurn, anchor: Int, faces: [FoundFace])] = []
    for (index, result) in results.enumerated() {
      found.append(
        (turns[index % turns.count], anchors[index / turns.count], try result.get()))
    }
    func score(_ faces: [FoundFace]) -> Double { faces.first?.score ?? 0 }
    guard let best = found.max(by: { score($0.faces) < score($1.faces) }), !best.faces.isEmpty
    else { return nil }
    let back = best.turn.inverse
    let samples = Dictionary(
      found.filter { $0.turn == best.turn }.map { ($0.anchor, $0.faces) }
    ) { first, _ in first }
    let known = zip(before.map { QuarterTurn(of: $0.landmarks) }, before)
      .filter { $0.0 == best.turn }
      .map { $0.1.turned(back, width: images[0].width, height: images[0].height) }
    let turned = ThreadPool.map(images.count) { images[$0].turned(back) }
    return try track(turned, segments, isSparse, samples, after: known).map { tracklet in
      var tracklet = tracklet
      tracklet.faces = tracklet.faces.map {
        $0.turned(best.turn, width: turned[0].width, height: turned[0].height)
      }
      return tracklet
    }
  }

  /// The tracks of upright faces.
  ///
  /// - Parameter samples: the faces in the frames that were searched thoroughly.
  private func track(
    _ images: [Image], _ segments: [Range<Int>], _ isSparse: Bool, _ samples: [Int: [FoundFace]],
    after before: [TrackedFace]
  ) throws(FacesError) -> [Tracklet] {
    let places = samples.isEmpty ? before.map(\.box) : samples.flatMap { $0.value.map(\.box) }
    let expected = samples.isEmpty ? before.count : samples.map(\.value.count).max() ?? 0
    // New faces may be a quarter smaller before a segment is searched again.
    let likely = max(smallest, 0.75 * (places.map(\.width).min() ?? 0))
    let (finder, smallest, extent) = (finder, smallest, extent)
    let results = ThreadPool.map(segments.count) { index in
      Result { () throws(FacesError) in
        let frames = segments[index]
        let anchor = SegmentTracker.anchor(of: frames)
        return try SegmentTracker.track(images[frames], isSparse: isSparse, with: finder) {
          frame, image throws(FacesError) in
          if frame == anchor, let known = samples[frame] { return known }
          if expected > 0 {
            let found = try finder.find(
              in: image, smallest: likely, extent: extent, near: places)
            if found.count >= expected { return found }
          }
          return try finder.find(in: image, smallest: smallest, extent: extent)
        }
      }
    }
    var parts: [[Tracklet]] = []
    for result in results { parts.append(try result.get()) }
    return try prolonged(parts, over: segments, images, isSparse, after: before).flatMap(\.self)
  }

  /// The tracks of faces that appear or vanish between two searches, extended to the first or last
  /// frame where they are found.
  private func prolonged(
    _ parts: [[Tracklet]], over segments: [Range<Int>], _ images: [Image], _ isSparse: Bool,
    after before: [TrackedFace]
  ) throws(FacesError) -> [[Tracklet]] {
    var parts = parts
    var known = before
    for (index, frames) in segments.enumerated() {
      let untilSearch = Array(frames.prefix { $0 < SegmentTracker.anchor(of: frames) })
      parts[index] = try SegmentTracker.prolong(
        known, over: untilSearch, images, isSparse: isSparse, beside: parts[index], with: finder)
      known = parts[index].compactMap { $0[frames.upperBound - 1] }
    }
    for (index, frames) in segments.enumerated().reversed().dropFirst() {
      let untilSearch = frames.reversed().prefix { $0 > SegmentTracker.anchor(of: frames) }
      known = parts[index + 1].compactMap { $0[frames.upperBound] }
      parts[index] = try SegmentTracker.prolong(
        known, over: Array(untilSearch), images, isSparse: isSparse, beside: parts[index],
        with: finder)
    }
    return parts
  }

  /// The frames of a chunk that are searched for the smallest faces: the anchors of the first and
  /// the middle segment.
  private static func anchors(of segments: [Range<Int>]) -> [Int] {
    Set([0, segments.count / 2].map { SegmentTracker.anchor(of: segments[$0]) }).sorted()
  }

  /// The results of thorough searches.
  private func samples(
    of segments: [Range<Int>], _ images: [Image]
  ) throws(FacesError) -> [Int: [FoundFace]] {
    let frames = ClipTracker.anchors(of: segments)
    let (finder, smallest, extent) = (finder, smallest, extent)
    let results = ThreadPool.map(frames.count) { index in
      Result { () throws(FacesError) in
        try finder.find(in: images[frames[index]], smallest: smallest, extent: extent)
      }
    }
    var samples: [Int: [FoundFace]] = [:]
    for (frame, result) in zip(frames, results) { samples[frame] = try result.get() }
    return samples
  }
}
