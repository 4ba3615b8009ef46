import Engine
import Faces
import Media

/// Some consecutive frames of a video, and the faces in them.
struct FrameChunk: Sendable {
  /// The number of the first frame in the video.
  let start: Int
  let frames: [VideoFrame]
  /// Their pictures.
  let images: [Image]
  /// The faces' ways through them, numbered from 0.
  let ways: [Tracklet]

  /// Frames of a stretch: whole segments of the tracker, fewer where frames are large.
  static func length(for info: VideoInfo) -> Int {
    info.width * info.height > 2_000_000 ? ClipTracker.segment : 2 * ClipTracker.segment
  }
}

/// Decodes a video and finds its faces, ahead of those who need them.
struct FrameChunkReader: Sendable {
  let reader: VideoReader
  let tracker: ClipTracker
  let watch: Stopwatch
  /// The number of the first frame that the reader gives.
  let start: Int
  /// The faces in the frame before it.
  let before: [TrackedFace]

  /// Sends all stretches; throws what ends the video early, after the last of them.
  func send(to pipe: BoundedQueue<FrameChunk>) throws {
    let length = FrameChunk.length(for: reader.info)
    var (start, before) = (start, before)
    while true {
      var frames: [VideoFrame] = []
      var images: [Image] = []
      var problem: MediaError?
      do throws(MediaError) {
        try watch.time("decode") { () throws(MediaError) in
          while frames.count < length, let frame = try reader.next() {
            images.append(try frame.picture())
            frames.append(frame)
          }
        }
      } catch {
        problem = error
      }
      if !frames.isEmpty {
        // The thread pool is for the swapping; this thread works beside it.
        let ways = try watch.time("find") { [images, before] in
          try Computing.alone { try tracker.track(images, after: before) }
        }
        before = ways.compactMap { $0[frames.count - 1] }
        let stretch = FrameChunk(start: start, frames: frames, images: images, ways: ways)
        guard pipe.send(stretch) else { return }
      }
      start += frames.count
      if let problem { throw problem }
      if frames.count < length { return }
    }
  }
}
