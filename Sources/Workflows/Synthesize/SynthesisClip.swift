import Engine
import Faces
import Foundation
import Media
import Records
import Synthesis

/// The record of a rendered sequence: the true signals of one person's clip.
struct SynthesisClip: Codable, Equatable {
  /// The person's name, as in the face set.
  let identity: String
  /// The face set with the landmarks and scene of each frame, beside the record.
  let pictures: String
  /// The video, beside the record; nil if only pictures are written.
  let video: String?
  /// Frames per second, and their number.
  let rate, frames: Int
  /// Pixels along a side.
  let size: Int
  let blinks: [Blink]
  /// Nil without a pulse.
  let pulse: SignalTruth.Heartbeats?
  /// The camera and its pattern; nil without a pattern.
  let sensor: Sensor?

  init(_ person: SynthesisPerson, of recipe: SynthesisRecipe) {
    (identity, pictures) = (person.name, person.folderName)
    video = recipe.video ? person.folderName + ".mp4" : nil
    (rate, frames, size) = (recipe.rate, recipe.count, recipe.size)
    let truth = person.source.signals(frames: recipe.count)
    (blinks, pulse, sensor) = (truth.blinks, truth.pulse, truth.sensor)
  }

  /// The record in a folder of a rendering; nil if there is none.
  static func reading(_ name: String, in folder: SynthesisFolder) -> SynthesisClip? {
    FileManager.default.contents(atPath: "\(folder.path)/\(name).json").flatMap {
      try? JSONDecoder().decode(SynthesisClip.self, from: $0)
    }
  }

  /// Writes what is missing, last of all the record.
  ///
  /// - Returns: false if the video was interrupted; it is written as a whole or not at all.
  func write(
    to folder: SynthesisFolder, recipe: SynthesisRecipe, _ interruption: Interruption,
    _ report: (SynthesisEvent) -> Void
  ) throws -> Bool {
    let path = "\(folder.path)/\(pictures).json"
    if let video {
      let isThere = FileManager.default.fileExists(atPath: "\(folder.path)/\(video)")
      // A record of as many frames says that the video has them.
      if !isThere || SynthesisClip.reading(pictures, in: folder)?.frames != frames {
        try? FileManager.default.removeItem(atPath: path)
        report(.encoding(video))
        guard try encode(video, in: folder, recipe, interruption) else { return false }
      }
    }
    try WholeFile.write(try JSONText.pretty(self), to: path)
    return true
  }

  /// Encodes the pictures, on one thread: the same pictures give the same bytes.
  private func encode(
    _ video: String, in folder: SynthesisFolder, _ recipe: SynthesisRecipe,
    _ interruption: Interruption
  ) throws -> Bool {
    let info = VideoInfo(width: size, height: size, frameRate: Rational(rate, 1))
    var encoding = VideoEncoding()
    (encoding.quality, encoding.threads) = (recipe.quality, 1)
    let join = VideoJoin(
      path: "\(folder.path)/\(video)", of: info, source: nil, codec: encoding.codec,
      mark: try .rendered(at: folder.path))
    try join.check()
    let segment = "\(folder.path)/.\(video).segment"
    defer { try? FileManager.default.removeItem(atPath: segment) }
    var writer: VideoSegmentWriter?
    for number in 0..<frames {
      if number.isMultiple(of: 24), interruption.isAsked { return false }
      let picture = try Image(reading: "\(folder.path)/\(pictures)/\(recipe.picture(number))")
      let frame = try VideoFrame(picture, timestamp: number, number: number, of: info)
      if writer == nil {
        writer = try VideoSegmentWriter(
          path: segment, encoding: encoding, like: frame, of: join.path)
      }
      try writer?.write(frame)
    }
    try writer?.finish()
    try join.run(segments: [segment], lastDuration: 1)
    return true
  }
}
