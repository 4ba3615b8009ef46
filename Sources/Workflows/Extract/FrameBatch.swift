import Engine
import Foundation
import Media

/// Some frames of a video that are looked at together.
struct FrameBatch: Sendable {
  /// One frame.
  struct Frame: Sendable {
    /// Its number in the video, from 0.
    let number: Int
    /// When it is shown, in the video's time base.
    let timestamp: Int
    /// The same in seconds.
    let time: Double
    let image: Image
  }

  var frames: [Frame] = []
  /// What the user should know about the video; a sentence.
  var note: String?

  /// Frames of a batch at most, and the bytes that their pixels may take.
  private static let mostFrames = 64
  private static let mostBytes = 256 << 20

  /// How many frames a batch of a video holds: whole segments, whatever their size.
  static func size(of info: VideoInfo, segment: Int) -> Int {
    let fitting = min(mostFrames, mostBytes / max(1, info.width * info.height * 3))
    return max(segment, fitting / segment * segment)
  }
}

/// Which frames of a video are read.
struct FrameRange: Sendable {
  var every = 1
  /// Seconds.
  var from, to: Double?
  /// The frame to go on with: its time stamp and its number.
  var resumption: (timestamp: Int, number: Int)?
  /// How many frames are to come first, in a batch of their own.
  var lead = 0
  /// The frames of a segment.
  var segment = 1
}

extension FrameBatch {
  /// Reads a video in batches, one ahead of who uses them.
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
