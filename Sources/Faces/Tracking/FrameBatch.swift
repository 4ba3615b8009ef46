public import Engine
import Foundation
public import Media

/// A batch of video frames.
public struct FrameBatch: Sendable {
  /// The frames as they were decoded, which is smaller than their pictures.
  public var frames: [Frame] = []
  /// A note for the user about the video; a sentence.
  public var note: String?

  /// One frame.
  public struct Frame: Sendable {
    /// The frame's number in the video, from 0.
    public let number: Int
    fileprivate let frame: VideoFrame

    /// The presentation time, in the video's time base.
    public var timestamp: Int { frame.timestamp }
    /// The presentation time in seconds.
    public var time: Double { frame.time }

    /// The picture.
    public func picture() throws(MediaError) -> Image { try frame.picture() }

    /// A part of the picture that holds a rectangle of it.
    public func part(columns: Range<Int>, rows: Range<Int>) throws(MediaError) -> PicturePart {
      try frame.part(columns: columns, rows: rows)
    }
  }

  /// The maximum number of frames in a batch, and the maximum size of their pictures in bytes.
  private static let mostFrames = 64
  private static let mostBytes = 64 << 20

  /// The number of frames per batch of a video: whole segments.
  public static func size(of info: VideoInfo, segment: Int) -> Int {
    let fitting = min(mostFrames, mostBytes / max(1, info.width * info.height * 3))
    return max(segment, fitting / segment * segment)
  }

  /// The pictures of the first `count` frames, converted in parallel.
  ///
  /// - Parameter divisor: a factor by which their sides are reduced.
  public func pictures(
    _ count: Int? = nil, reducedBy divisor: Int = 1
  ) throws(MediaError) -> [Image] {
    let results = ThreadPool.map(min(count ?? frames.count, frames.count)) { index in
      Result { () throws(MediaError) in
        let frame = frames[index].frame
        return divisor == 1 ? try frame.picture() : try frame.picture(reducedBy: divisor)
      }
    }
    var pictures: [Image] = []
    for result in results { pictures.append(try result.get()) }
    return pictures
  }
}

/// The frames of a video to read.
public struct FrameRange: Sendable {
  public var every = 1
  /// Seconds.
  public var from, to: Double?
  /// The frame to resume at: its time stamp and number.
  public var resumption: (timestamp: Int, number: Int)?
  /// The number of leading frames in a batch of their own.
  public var lead = 0
  /// The number of frames in a segment.
  public var segment = 1

  /// - Parameters:
  ///   - from: in seconds, as `to`; nil for the beginning, and for the end.
  public init(every: Int = 1, from: Double? = nil, to: Double? = nil) {
    (self.every, self.from, self.to) = (every, from, to)
  }
}

extension FrameBatch {
  /// Reads a video in batches, one ahead of the consumer, from a reader that nobody else uses.
  ///
  /// Of decoded frames, which take most of the memory, there are those of two batches at most.
  ///
  /// Frames between those of the range are decoded only if necessary.
  public static func reading(_ reader: VideoReader, _ range: FrameRange) -> BoundedQueue<FrameBatch>
  {
    let pipe = BoundedQueue<FrameBatch>(room: 1)
    pipe.fill {
      if let resumption = range.resumption {
        try reader.seek(toTimestamp: resumption.timestamp)
      } else if let from = range.from {
        try reader.seek(to: from)
      }
      let size = FrameBatch.size(of: reader.info, segment: range.segment)
      let step = FrameStep(every: range.every, of: reader.info)
      var batch = FrameBatch()
      var room = range.lead > 0 ? range.lead : size
      var (seen, shift) = (0, 0)
      do {
        while let frame = try reader.next() {
          if let to = range.to, frame.time >= to { break }
          if seen == 0 { shift = (range.resumption?.number ?? frame.number) - frame.number }
          seen += 1
          if let step {
            try reader.seek(toTimestamp: frame.timestamp + step.gap, gap: step.gap)
          } else if !(seen - 1).isMultiple(of: range.every) {
            continue
          }
          batch.frames.append(Frame(number: frame.number + shift, frame: frame))
          guard batch.frames.count == room else { continue }
          let isTaken = pipe.send(batch)
          // The queue must not hold them twice.
          (batch, room) = (FrameBatch(), size)
          guard isTaken, pipe.awaitRoom() else { return }
        }
      } catch MediaError.truncatedVideo(let name, let frames) {
        batch.note = MediaError.truncatedVideo(name: name, frames: frames).description
      }
      _ = pipe.send(batch)
    }
    return pipe
  }
}

/// The time between every Nth frame of a video.
private struct FrameStep {
  /// In the video's time base: half a frame less than N frames, so that rounded times still count.
  let gap: Int

  /// Nil if all frames are read, or if the video does not say how many there are in a second; then
  /// frames are counted.
  init?(every: Int, of info: VideoInfo) {
    guard every > 1, let rate = info.frameRate else { return nil }
    let ticks = (Double(every) - 0.5) / rate.value / info.timeBase.value
    guard ticks >= 1 else { return nil }
    gap = Int(min(ticks, 1e15).rounded(.up))
  }
}
