import Engine
import Faces
import Media
import Records

extension ExtractRun {
  /// Extracts the faces of one video, batch by batch.
  mutating func extract(video path: String, of count: Int) throws {
    let reader = try VideoReader(reading: path)
    let info = reader.info
    report(
      .began(
        input: path, number: record.state.inputs + 1, of: count, frames: expectedFrames(of: info)))
    var clip = record.state.clip ?? ClipState()
    var images: [Int: Image] = [:]
    let range = range(after: clip)
    let thorough = FrameBatch.size(of: info, segment: range.segment)
    let source = FrameBatch.reading(reader, range)
    defer { source.abandon() }
    let tracker = ClipTracker(finder: finder, smallest: request.smallest)
    var lead = clip.lead
    while let batch = try source.receive() {
      let pictures = try batch.pictures()
      for (frame, picture) in zip(batch.frames, pictures) { images[frame.number] = picture }
      if let note = batch.note { self.note(note) }
      guard lead == 0 else {
        // These frames were processed before the interruption.
        lead = 0
        continue
      }
      let tracklets = try tracker.track(
        pictures, every: request.every, after: clip.linker.faces(before: clip.frames),
        isThorough: clip.frames % ClipState.thoroughness < thorough)
      clip.add(batch.frames, tracklets)
      looked += batch.frames.count
      let waiting = request.isSmooth ? min(LandmarkSmoothing.reach, clip.window.count) : 0
      try emit(&clip, waiting: waiting, images, path)
      guard !interruption.isAsked, !record.state.isFull(request.maxFaces) else { return }
      let wanted = Set(clip.window.suffix(clip.pending).map(\.number))
      images = images.filter { wanted.contains($0.key) }
    }
    try emit(&clip, waiting: 0, images, path)
    record.state.people += clip.linker.people.map(\.presence)
    record.state.clip = nil
    record.state.inputs += 1
    try save()
  }

  /// Writes the faces of all frames but the last ones, and saves the progress.
  private mutating func emit(
    _ clip: inout ClipState, waiting: Int, _ images: [Int: Image], _ path: String
  ) throws {
    let smoothing = request.isSmooth ? LandmarkSmoothing() : nil
    let before = record.state.people.count
    var portions: [FacePortion] = []
    let first = clip.window.count - clip.pending
    let end = max(first, clip.window.count - waiting)
    for index in first..<end {
      let frame = clip.window[index]
      guard let image = images[frame.number] else { continue }
      portions += frame.faces.map { face in
        FacePortion(
          part: PicturePart(image), source: path, frame: frame.number, time: frame.time,
          face: face.face,
          landmarks: clip.landmarks(of: face, at: index, smoothing: smoothing),
          identity: String(before + face.person + 1))
      }
      record.state.empty += frame.faces.isEmpty ? 1 : 0
    }
    record.state.frames += end - first
    try keep(portions)
    clip.forget(waiting: clip.window.count - end)
    record.state.clip = clip
    try save()
    report(.advanced(frames: clip.frames, kept: record.state.kept))
  }

  private func range(after clip: ClipState) -> FrameRange {
    var range = FrameRange(every: request.every, from: request.start, to: request.end)
    range.segment = max(1, ClipTracker.segment / request.every)
    range.lead = clip.lead
    if let next = clip.window.suffix(clip.lead).first {
      range.resumption = (next.timestamp, next.number)
    }
    return range
  }

  private func expectedFrames(of info: VideoInfo) -> Int? {
    guard let frames = info.frames, let duration = info.duration else { return nil }
    let part = min(request.end ?? duration, duration) - min(request.start ?? 0, duration)
    return max(1, Int(Double(frames) * part / duration) / request.every)
  }
}
