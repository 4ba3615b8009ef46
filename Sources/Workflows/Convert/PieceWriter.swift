import Engine
import Faces
import Generation
import Media

/// Encodes swapped chunks into pieces, on its own thread.
struct PieceWriter: Sendable {
  let folder: ConversionFolder
  let request: ConversionRequest
  let watch: Stopwatch
  /// The number of the first piece.
  let first: Int

  /// Chunks per piece: about ten seconds.
  static let length = 16

  /// A finished chunk, with what its piece must record.
  struct FrameChunk: Sendable {
    var result: FrameChunkSwapper.Swapped
    var warmUp: ConversionFolder.WarmUp
  }

  /// Writes chunks until the end or cancellation; returns the finished pieces.
  func run(_ pipe: BoundedQueue<FrameChunk>) throws -> [ConversionFolder.Piece] {
    var pieces: [ConversionFolder.Piece] = []
    var piece = ConversionFolder.Piece()
    var writer: VideoSegmentWriter?
    var stretches = 0
    func finish() throws {
      guard let done = writer else { return }
      try watch.time("encode") { () throws(MediaError) in try done.finish() }
      try folder.add(piece, number: first + pieces.count)
      pieces.append(piece)
      (piece, writer, stretches) = (ConversionFolder.Piece(), nil, 0)
    }
    do {
      while let stretch = try pipe.receive() {
        try watch.time("encode") { () throws(MediaError) in
          for frame in stretch.result.frames {
            if writer == nil {
              writer = try VideoSegmentWriter(
                path: folder.file(first + pieces.count), encoding: request.encoding, like: frame,
                of: request.output)
            }
            try writer?.write(frame)
            piece.lastDuration = frame.duration
          }
        }
        piece.frames += stretch.result.frames.count
        piece.swapped += stretch.result.swapped
        piece.facesFound += stretch.result.facesFound
        piece.facesSwapped += stretch.result.facesSwapped
        piece.facesLeft.merge(stretch.result.facesLeft, uniquingKeysWith: +)
        piece.fit.add(stretch.result.fit)
        piece.shown += stretch.result.shown
        piece.flicker.add(stretch.result.flicker)
        piece.warmUp = stretch.warmUp
        stretches += 1
        if stretches == PieceWriter.length { try finish() }
      }
    } catch is CancellationError {
      // An incomplete piece is useless: its boundary would be elsewhere.
      return pieces
    }
    try finish()
    return pieces
  }
}
