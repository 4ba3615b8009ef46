import Engine
import Faces
import Media

/// Consecutive frames of a video, with their tracks.
struct FrameChunk: Sendable {
  /// The number of the first frame in the video.
  let start: Int
  let frames: [VideoFrame]
  /// Their pictures.
  let images: [Image]
  /// The tracks through them, numbered from 0.
  let ways: [Tracklet]

  /// The number of frames in a chunk: whole segments of the tracker, fewer for large frames.
  static func length(for info: VideoInfo) -> Int {
    info.width * info.height > 2_000_000 ? ClipTracker.segment : 2 * ClipTracker.segment
  }
}

/// Decodes a video and finds its faces, ahead of the consumer.
struct FrameChunkReader: Sendable {
  let reader: VideoReader
  let tracker: ClipTracker
  let watch: Stopwatch
  /// The number of the reader's first frame.
  let start: Int
  /// The faces in the frame before it.
  let before: [TrackedFace]
  /// The time from which on frames are left out, in seconds.
  var end = Double.infinity

  /// Sends all chunks; throws an error that ends the video early, after the last chunk.
  func send(to pipe: BoundedQueue<FrameChunk>) throws {
    let length = FrameChunk.length(for: reader.info)
    var (start, before) = (start, before)
    while true {
      var frames: [VideoFrame] = []
      var images: [Image] = []
      var problem: MediaError?
      do throws(MediaError) {
        try watch.time("decode") { () throws(MediaError) in
          while frames.count < length, let frame = try reader.next(), frame.time < end {
            images.append(try frame.picture())
            frames.append(frame)
          }
        }
      } catch {
        problem = error
      }
      if !frames.isEmpty {
        // The thread pool is for the swapping; this thread works beside it.
        let ways = try watch.time("detect") { [images, before] in
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
