import Engine
public import Media

/// Finds and tracks the faces in chunks of a video, in parallel.
///
/// A chunk is divided into segments of a few frames. Each segment is searched in its center frame
/// and tracked to both ends, so a video costs a fraction of a search in every frame, and no error
/// persists for longer than half a segment. Two frames of a chunk are searched for the smallest
/// faces; the others at the scale that the faces there allow, and thoroughly only if fewer are
/// found.
public struct ClipTracker: Sendable {
  /// The number of consecutive frames in a segment.
  public static let segment = 8

  private let finder: FaceFinder
  private let smallest: Double

  /// A tracker of faces of at least `smallest` pixels, as in `FaceFinder.find`.
  public init(finder: FaceFinder, smallest: Double = FaceFinder.window) {
    (self.finder, self.smallest) = (finder, smallest)
  }

  /// The tracks in a chunk of frames.
  ///
  /// - Parameters:
  ///   - images: the frames.
  ///   - every: the distance between consecutive images in frames of the video.
  ///   - before: the faces in the frame before the first.
  /// - Returns: the tracks through consecutive frames, numbered from 0.
  public func track(
    _ images: [Image], every: Int = 1, after before: [TrackedFace] = []
  ) throws(FacesError) -> [Tracklet] {
    let length = max(1, ClipTracker.segment / every)
    let segments = stride(from: 0, to: images.count, by: length).map {
      $0..<min($0 + length, images.count)
    }
    guard !segments.isEmpty else { return [] }
    let thorough = try samples(of: segments, images)
    let all = thorough.flatMap(\.value)
    let expected = thorough.map(\.value.count).max() ?? 0
    // New faces may be a quarter smaller before a segment is searched again.
    let likely = max(smallest, 0.75 * (all.map(\.box.width).min() ?? 0))
    let finder = finder
    let smallest = smallest
    let results = ThreadPool.map(segments.count) { index in
      Result { () throws(FacesError) in
        let frames = segments[index]
        return try SegmentTracker.track(images[frames], with: finder) {
          image throws(FacesError) in
          if expected > 0 {
            let found = try finder.find(in: image, smallest: likely)
            if found.count >= expected || likely == smallest { return found }
          }
          return try finder.find(in: image, smallest: smallest)
        }
      }
    }
    var parts: [[Tracklet]] = []
    for result in results { parts.append(try result.get()) }
    return try prolonged(parts, over: segments, images, after: before).flatMap(\.self)
  }

  /// The tracks of faces that appear or vanish between two searches, extended to the first or last
  /// frame where they are found.
  private func prolonged(
    _ parts: [[Tracklet]], over segments: [Range<Int>], _ images: [Image],
    after before: [TrackedFace]
  ) throws(FacesError) -> [[Tracklet]] {
    var parts = parts
    var known = before
    for (index, frames) in segments.enumerated() {
      let untilSearch = Array(frames.prefix { $0 < SegmentTracker.anchor(of: frames) })
      parts[index] = try SegmentTracker.prolong(
        known, over: untilSearch, images, beside: parts[index], with: finder)
      known = parts[index].compactMap { $0[frames.upperBound - 1] }
    }
    for (index, frames) in segments.enumerated().reversed().dropFirst() {
      let untilSearch = frames.reversed().prefix { $0 > SegmentTracker.anchor(of: frames) }
      known = parts[index + 1].compactMap { $0[frames.upperBound] }
      parts[index] = try SegmentTracker.prolong(
        known, over: Array(untilSearch), images, beside: parts[index], with: finder)
    }
    return parts
  }

  /// The results of thorough searches at the anchors of the first and the middle segment.
  private func samples(
    of segments: [Range<Int>], _ images: [Image]
  ) throws(FacesError) -> [Int: [FoundFace]] {
    let frames = Set([0, segments.count / 2].map { SegmentTracker.anchor(of: segments[$0]) })
      .sorted()
    let (finder, smallest) = (finder, smallest)
    let results = ThreadPool.map(frames.count) { index in
      Result { () throws(FacesError) in
        try finder.find(in: images[frames[index]], smallest: smallest)
      }
    }
    var samples: [Int: [FoundFace]] = [:]
    for (frame, result) in zip(frames, results) { samples[frame] = try result.get() }
    return samples
  }
}
