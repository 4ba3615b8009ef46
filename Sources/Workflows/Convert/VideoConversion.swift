import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// The conversion of a video: decoding and finding, swapping, and encoding run concurrently.
struct VideoConversion {
  let request: ConversionRequest
  let weights: String
  let interruption: Interruption
  let report: (ConversionEvent) -> Void
  private let reenactment: Reenactment?
  private let watch = Stopwatch()

  /// - Parameter reenactment: who drives the faces; nil for swaps.
  init(
    _ request: ConversionRequest, weights: String, drivenBy reenactment: Reenactment? = nil,
    _ interruption: Interruption, _ report: @escaping (ConversionEvent) -> Void
  ) {
    (self.request, self.weights, self.reenactment) = (request, weights, reenactment)
    self.interruption = interruption
    self.report = report
  }

  func run() throws -> ConversionOutcome {
    let start = ContinuousClock.now
    let reader = try VideoReader(reading: request.input)
    let join = VideoJoin(
      path: request.output, of: reader.info,
      source: reenactment.map(\.sound) ?? request.input, codec: request.encoding.codec,
      mark: try .composite(
        at: request.output,
        from: MarkSources(
          parent: request.input, parts: reenactment.map { [$0.source] } ?? [])))
    try join.check()
    let model = try SwapModel(reading: weights)
    let poses = try TrainedPoses.reading(weights)
    let tracker = ClipTracker(finder: try FaceFinder())
    var like = try request.reference.map { try ReferenceFace($0, tracker) }
    try like?.look(into: request.input, tracker)
    let folder = ConversionFolder(for: request.output)
    let lock = try folder.claim()
    defer {
      // Without finished pieces there is nothing to resume.
      if !folder.hasPieces { try? folder.clear() }
      withExtendedLifetime(lock) {}
    }
    var making = ConversionFolder.Making(request, weights: weights)
    making.driver = reenactment?.making
    var pieces = try folder.begin(making)
    var outcome = ConversionOutcome(output: request.output)
    outcome.resumed = pieces.reduce(0) { $0 + $1.frames }
    report(.began(input: request.input, done: outcome.resumed))

    let swapper = FrameChunkSwapper(
      model: model, poses: poses, request: request, reenactment: reenactment, like: like,
      watch: watch,
      after: pieces.last?.warmUp ?? ConversionFolder.WarmUp())
    let (more, notes) = try convert(reader, swapper, tracker, folder, after: pieces)
    pieces += more
    outcome.notes = notes
    outcome.frames = pieces.reduce(0) { $0 + $1.frames }
    outcome.swapped = pieces.reduce(0) { $0 + $1.swapped }
    outcome.facesFound = pieces.reduce(0) { $0 + $1.facesFound }
    outcome.facesSwapped = pieces.reduce(0) { $0 + $1.facesSwapped }
    for piece in pieces {
      outcome.facesLeft.merge(piece.facesLeft, uniquingKeysWith: +)
      outcome.fit.add(piece.fit)
    }
    outcome.shown = pieces.flatMap(\.shown)
    if !interruption.isAsked {
      guard outcome.swapped > 0 else {
        try folder.clear()
        throw reenactment == nil || outcome.facesLeft.isEmpty
          ? WorkflowError.unswapped(request.input, outcome)
          : .nothingReenacted(path: request.input, left: outcome.facesLeft)
      }
      report(.joining)
      try watch.time("join") { () throws(MediaError) in
        try join.run(
          segments: pieces.indices.map(folder.file), lastDuration: pieces.last?.lastDuration ?? 0)
      }
      try folder.clear()
    }
    var flicker = Flicker()
    for piece in pieces { flicker.add(piece.flicker) }
    outcome.flicker = flicker.value
    outcome.stages = watch.seconds
    outcome.seconds = start.duration(to: .now) / .seconds(1)
    return outcome
  }

  /// The time from which on frames are left out.
  private var end: Double { reenactment?.end ?? .infinity }

  /// The number of frames of the result; nil if unknown.
  private func frames(of info: VideoInfo) -> Int? {
    info.frames.map { frames in
      guard let rate = info.frameRate?.value, end.isFinite else { return frames }
      return min(frames, max(1, Int((end * rate).rounded(.up))))
    }
  }

  /// Makes the missing pieces; returns notes for the user.
  private func convert(
    _ reader: VideoReader, _ swapper: FrameChunkSwapper, _ tracker: ClipTracker,
    _ folder: ConversionFolder, after pieces: [ConversionFolder.Piece]
  ) throws -> (pieces: [ConversionFolder.Piece], notes: [String]) {
    var swapper = swapper
    let warmUp = pieces.last?.warmUp
    if let warmUp { try reader.seek(toTimestamp: warmUp.timestamp) }
    let source = BoundedQueue<FrameChunk>(room: 1)
    let finding = FrameChunkReader(
      reader: reader, tracker: tracker, watch: watch, start: warmUp?.start ?? 0,
      before: swapper.linker.faces(before: warmUp?.start ?? 0), end: end)
    source.fill { try finding.send(to: source) }
    defer { source.abandon() }

    let output = BoundedQueue<PieceWriter.FrameChunk>(room: 1)
    let written = BoundedQueue<[ConversionFolder.Piece]>(room: 1)
    let writer = PieceWriter(folder: folder, request: request, watch: watch, first: pieces.count)
    written.fill {
      defer { output.abandon() }
      _ = written.send(try writer.run(output))
    }
    defer { output.finish(.failure(CancellationError())) }

    var done = pieces.reduce(0) { $0 + $1.frames }
    var notes: [String] = []
    var waiting: (known: FrameChunkSwapper.Known, warmUp: ConversionFolder.WarmUp)?
    var isWarm = warmUp == nil
    while true {
      let stretch = try received(source, &notes)
      let (people, likeness) = (swapper.linker, swapper.likeness)
      let known = stretch.map { swapper.know($0) }
      if let waiting {
        let result = try swapper.swap(waiting.known, before: known)
        if isWarm {
          guard output.send(.init(result: result, warmUp: waiting.warmUp)) else { break }
          done += result.frames.count
          report(.converted(done, of: frames(of: reader.info)))
        }
        isWarm = true
      }
      guard let stretch, let known, !interruption.isAsked else { break }
      waiting = (
        known,
        .init(
          start: stretch.start, timestamp: stretch.frames[0].timestamp, linker: people,
          likeness: likeness)
      )
    }
    output.finish(interruption.isAsked ? .failure(CancellationError()) : .success(()))
    if reader.damages > 0 {
      notes.append("The video has \(reader.damages) damaged frames, which may look wrong.")
    }
    return (try written.receive() ?? [], notes)
  }

  /// The next chunk; if the video ends early, that is noted, and the rest is used.
  private func received(_ source: BoundedQueue<FrameChunk>, _ notes: inout [String]) throws
    -> FrameChunk?
  {
    do {
      return try source.receive()
    } catch let error as MediaError {
      guard case .truncatedVideo(_, let frames) = error, frames > 0 else { throw error }
      notes.append(error.description)
      return nil
    }
  }
}
