import Engine
import Faces
import Generation
import Media
import Records

extension SampleMaker {
  /// Makes a sample that is a clip: forged or not, then processed alike, as one video.
  func make(
    _ entry: AugmentPlan.Entry, _ number: Int, of clips: [SourceClip], _ chance: RandomSource
  ) throws -> Made {
    let clip = clips[entry.face]
    let frames = try clip.frames()
    let forged = try entry.method.flatMap { method in
      try forgery(method, entry, frames, of: clips, randomness: chance.split(1))
    }
    // A real sample and its fake have the same random degradations.
    let drawn = degradations.drawnForClip(randomness: chance.split(2))
    func degraded(_ images: [Image]) throws(MediaError) -> [Image] {
      let shown = images.map { $0.resized(width: side, height: side, filter: .area) }
      return try drawn.applied(to: shown, randomness: chance.split(3))
    }
    let twin = try degraded(frames.map(\.image))
    let own = try forged.map { try degraded($0.forgery.frames) } ?? twin
    var sample = line(
      entry, at: AugmentFolder.clip(number),
      forged.map { ($0.forgery.parameters, $0.donor, $0.forgery.identity) })
    sample.frame = clip.entries[0].frame
    sample.rate = clip.rate
    sample.degradations = drawn
    var (files, lines) = ([(path: String, bytes: [UInt8])](), [SampleFrame]())
    for (index, image) in own.enumerated() {
      let path = AugmentFolder.frame(index, of: number)
      let bytes = try SampleMaker.file(
        forged == nil ? nil : image, real: twin[index], chance: chance, mark: mark)
      lines.append(line(of: clip.entries[index], frames[index], at: path, bytes))
      files.append((path, bytes))
    }
    sample.frames = lines
    return Made(files: files, sample: sample)
  }

  /// A forged clip, and the donor's clip.
  private func forgery(
    _ method: ForgeryMethod, _ entry: AugmentPlan.Entry, _ frames: [RealFace],
    of clips: [SourceClip], randomness: RandomSource
  ) throws -> (forgery: ClipForgery, donor: Int?)? {
    var donor: Int?
    if method.needs.contains(.donor) {
      // The donor is chosen by the first frame.
      donor =
        forger.forgery(
          method, of: entry.face, donors: donors[entry.split] ?? [], randomness: randomness)?.donor
      guard donor != nil else { return nil }
    }
    return ClipForger(forger, jitter: jitter).forgery(
      method, of: frames, donor: try donor.map { try clips[$0].frames() }, randomness: randomness
    ).map { ($0, donor) }
  }

  private func line(
    of entry: FaceEntry, _ face: RealFace, at path: String, _ bytes: [UInt8]
  ) -> SampleFrame {
    var frame = SampleFrame(path: path, time: entry.time ?? 0)
    (frame.frame, frame.box) = (entry.frame, entry.box)
    let scale = Double(side) / Double(Crop.pictureSide)
    frame.matrix = entry.matrix.map { $0.scaled(by: scale) }
    frame.landmarks = placed(face.landmarks)
    frame.hash = FileHash.of(bytes)
    return frame
  }
}
