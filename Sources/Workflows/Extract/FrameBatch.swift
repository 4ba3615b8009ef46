import Engine
import Foundation
import Media

/// A batch of video frames.
struct FrameBatch: Sendable {
  /// One frame.
  struct Frame: Sendable {
    /// The frame's number in the video, from 0.
    let number: Int
    /// The presentation time, in the video's time base.
    let timestamp: Int
    /// The presentation time in seconds.
    let time: Double
    let image: Image
  }

  var frames: [Frame] = []
  /// A note for the user about the video; a sentence.
  var note: String?

  /// The maximum number of frames in a batch, and the maximum size of their pixels in bytes.
  private static let mostFrames = 64
  private static let mostBytes = 256 << 20

  /// The number of frames per batch of a video: whole segments.
  static func size(of info: VideoInfo, segment: Int) -> Int {
    let fitting = min(mostFrames, mostBytes / max(1, info.width * info.height * 3))
    return max(segment, fitting / segment * segment)
  }
}

/// The frames of a video to read.
struct FrameRange: Sendable {
  var every = 1
  /// Seconds.
  var from, to: Double?
  /// The frame to resume at: its time stamp and number.
  var resumption: (timestamp: Int, number: Int)?
  /// The number of leading frames in a batch of their own.
  var lead = 0
  /// The number of frames in a segment.
  var segment = 1
}

extension FrameBatch {
  /// Reads a video in batches, one ahead of the consumer.
  static func reading(_ path: String, _ range: FrameRange) -> BoundedQueue<FrameBatch> {
    let pipe = BoundedQueue<FrameBatch>(room: 1)
    pipe.fill {
      let reader = try VideoReader(reading: path)
      if let resumption = range.resumption {
        try reader.seek(toTimestamp: resumption.timestamp)
      } else if let from = range.from {
        try reader.seek(to: from)
      }
      let size = FrameBatch.size(of: reader.info, segment: range.segment)
      var batch = FrameBatch()
      var room = range.lead > 0 ? range.lead : size
      var (seen, shift) = (0, 0)
      do {
        while let frame = try reader.next() {
          if let to = range.to, frame.time >= to { break }
          if seen == 0 { shift = (range.resumption?.number ?? frame.number) - frame.number }
          seen += 1
          guard (seen - 1).isMultiple(of: range.every) else { continue }
          batch.frames.append(
            Frame(
              number: frame.number + shift, timestamp: frame.timestamp, time: frame.time,
              image: try frame.picture()))
          guard batch.frames.count == room else { continue }
          guard pipe.send(batch) else { return }
          (batch, room) = (FrameBatch(), size)
        }
      } catch MediaError.truncatedVideo(let name, let frames) {
        batch.note = MediaError.truncatedVideo(name: name, frames: frames).description
      }
      _ = pipe.send(batch)
    }
    return pipe
  }
}
