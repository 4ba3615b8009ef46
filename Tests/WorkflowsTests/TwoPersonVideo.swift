import Engine
import Faces
import Foundation
import Generation
import Media
import Synthesis
import TestSupport

@testable import Records
@testable import Workflows

/// A clip of two rendered people side by side, the second of whom comes and goes.
struct TwoPersonVideo {
  let folder: TemporaryFolder
  /// The clip: 520×280 pixels, without loss.
  let clip: String
  /// The frames that the second person, the smaller one, is in.
  let second: Range<Int>
  /// The pictures of the two.
  let portraits: [Image]

  static let (width, height) = (520, 280)
  /// Where each person's picture lies.
  static let places = [(x: 8, y: 12, side: 256), (x: 300, y: 60, side: 192)]

  init(frames: Int, second: Range<Int>) throws {
    self.second = second
    folder = try TemporaryFolder()
    clip = folder.path("two.mp4")
    portraits = ThreadPool.map(2) { index in
      var scene = Scene()
      scene.identity = Identity(randomness: RandomSource(seed: UInt64(index + 21)))
      return scene.rendered(side: TwoPersonVideo.places[index].side).image
    }
    let info = VideoInfo(
      width: TwoPersonVideo.width, height: TwoPersonVideo.height, frameRate: Rational(25, 1))
    var encoding = VideoEncoding()
    encoding.isLossless = true
    let writer = try VideoWriter(path: clip, encoding: encoding, of: info, mark: nil)
    for number in 0..<frames {
      var picture = Image(
        width: TwoPersonVideo.width, height: TwoPersonVideo.height, filled: Color(gray: 120))
      for (index, place) in TwoPersonVideo.places.enumerated()
      where index == 0 || second.contains(number) {
        picture.paste(portraits[index], x: place.x, y: place.y + number % 4)
      }
      try writer.write(VideoFrame(picture, timestamp: number, of: info))
    }
    try writer.finish()
  }

  /// Weights of a model that has learned nothing.
  func weights() throws -> String {
    let path = folder.path("weights.safetensors")
    let model = SwapModel(.fast, randomness: RandomSource(seed: 5))
    try Checkpoint.write(
      model.parameters.entries, metadata: fastMetadata, to: path)
    return path
  }

  /// The frames in which each person's place differs between the clip and another video.
  func changes(in path: String) throws -> [Set<Int>] {
    var changed: [Set<Int>] = [[], []]
    let (old, new) = (try VideoReader(reading: clip), try VideoReader(reading: path))
    while let before = try old.next(), let after = try new.next() {
      let (before, after, number) = (try before.picture(), try after.picture(), before.number)
      for (index, place) in TwoPersonVideo.places.enumerated() {
        let (x, y, side) = (place.x, place.y, place.side)
        let height = min(side + 4, TwoPersonVideo.height - y)
        let crops = [before, after].map { $0.cropped(x: x, y: y, width: side, height: height) }
        if crops[0] != crops[1] { changed[index].insert(number) }
      }
    }
    return changed
  }
}

/// What the file of a swap model says of it, for files that tests write.
var fastMetadata: [String: String] {
  get throws {
    let settings = try JSONEncoder().encode(SwapSettings(.fast))
    return [
      "kind": "dflab swap", "architecture": "fast",
      "settings": String(decoding: settings, as: UTF8.self),
    ]
  }
}
