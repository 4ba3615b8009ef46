import Engine
import Faces
import Foundation
import Media

/// Finds and tracks the faces in the batches of a video, in reduced pictures where that suffices.
///
/// A large face is found, and its landmarks are placed, in a picture of half the size, too, which has a
/// quarter of the pixels. Where a frame shows no such face, the batch is searched at its own
/// size, and so are the next ones until faces are large again.
struct BatchTracker {
  private let finder: FaceFinder
  private let smallest: Double
  private let extent: SearchExtent
  private let watch: Stopwatch
  /// The sides of a frame over those of the reduced picture; 1 for videos that are not reduced.
  private let divisor: Int
  /// The size of the frames, and of the reduced pictures.
  private let size, reduced: SIMD2<Double>
  private var isReduced: Bool

  /// A picture of at most this many pixels is not reduced.
  private static let mostPixels = 600_000.0
  /// A reduced picture is searched at up to so many pixels.
  private static let searchedPixels = 150_000.0
  /// The narrowest face, in pixels of the reduced picture, that is tracked there.
  private static let leastWidth = 100.0

  /// A tracker for the frames of a video; `smallest` and `extent` as in `FaceFinder.find`.
  init(
    of info: VideoInfo, by finder: FaceFinder, smallest: Double, extent: SearchExtent,
    watch: Stopwatch
  ) {
    (self.finder, self.smallest, self.extent, self.watch) = (finder, smallest, extent, watch)
    size = SIMD2(Double(info.width), Double(info.height))
    var divisor = 1
    while size.x * size.y / Double(divisor * divisor) > BatchTracker.mostPixels { divisor *= 2 }
    self.divisor = divisor
    reduced = SIMD2(
      Double(max(1, info.width / divisor)), Double(max(1, info.height / divisor)))
    isReduced = divisor > 1 && extent == .largest
  }

  /// Whether faces are tracked through frames that are far apart.
  private static func isSparse(every: Int) -> Bool { every > 1 }

  /// The number of frames in a segment.
  static func segment(every: Int) -> Int {
    ClipTracker.segment(every: every, isSparse: isSparse(every: every))
  }

  /// The narrowest face of a frame that is tracked in reduced pictures.
  private var leastReduced: Double {
    let searched = (BatchTracker.searchedPixels / (reduced.x * reduced.y)).squareRoot()
    return max(BatchTracker.leastWidth, FaceFinder.window / min(1, searched))
  }

  /// The tracks in the first `count` frames of a batch; the other parameters as in
  /// `ClipTracker.track`.
  mutating func track(
    _ batch: FrameBatch, count: Int, every: Int, after before: [TrackedFace], isThorough: Bool
  ) throws -> [Tracklet] {
    if isReduced {
      let factors = size / reduced
      let tracklets = try track(
        batch, count, divisor, ClipTracker(finder: finder, smallest: leastReduced, extent: extent),
        every, after: before.map { $0.scaled(by: SIMD2<Float>(1 / factors)) }, isThorough)
      if (0..<count).allSatisfy({ frame in tracklets.contains { $0[frame] != nil } }) {
        return tracklets.map { $0.scaled(by: SIMD2<Float>(factors)) }
      }
    }
    let tracklets = try track(
      batch, count, 1, ClipTracker(finder: finder, smallest: smallest, extent: extent), every,
      after: before, isThorough)
    let widths = tracklets.flatMap(\.faces).map(\.box.width)
    isReduced =
      divisor > 1 && extent == .largest
      && widths.min() ?? 0 > 1.1 * leastReduced * Double(divisor)
    return tracklets
  }

  private func track(
    _ batch: FrameBatch, _ count: Int, _ divisor: Int, _ tracker: ClipTracker, _ every: Int,
    after before: [TrackedFace], _ isThorough: Bool
  ) throws -> [Tracklet] {
    let pictures = try watch.time("convert") { () throws(MediaError) in
      try batch.pictures(count, reducedBy: divisor)
    }
    return try watch.time("find") { () throws(FacesError) in
      try tracker.track(
        pictures, every: every, isSparse: BatchTracker.isSparse(every: every), after: before,
        isThorough: isThorough)
    }
  }
}
