import Foundation
import Media
import Testing

/// Damaged videos must be refused or read, never crash.
///
/// `DFLAB_FUZZ_SECONDS` lets it go on for longer, with a new seed each time round.
struct VideoMutationTests {
  @Test(arguments: ["clip.mp4", "clip.mkv"])
  func damagedVideosNeverCrash(name: String) throws {
    let path = try Clips.place(name)
    defer { Clips.remove(path) }
    let info = VideoInfo(width: 32, height: 32, frameRate: Rational(25, 1))
    try Clips.write(path, frames: 8, of: info)
    let original = try Array(Data(contentsOf: URL(filePath: path)))
    let seconds = ProcessInfo.processInfo.environment["DFLAB_FUZZ_SECONDS"].flatMap(Double.init)
    let end = Date().addingTimeInterval(seconds ?? 2)
    var chance = Chance(state: seconds == nil ? 0x5EED : UInt64(Date().timeIntervalSince1970))
    var (read, refused) = (0, 0)
    repeat {
      var bytes = original
      for _ in 0..<chance.below(6) + 1 { chance.damage(&bytes) }
      try Data(bytes).write(to: URL(filePath: path))
      do throws(MediaError) {
        let reader = try VideoReader(reading: path)
        while let frame = try reader.next() {
          let picture = try frame.picture()
          #expect(picture.width == reader.info.width && picture.height == reader.info.height)
        }
        read += 1
      } catch {
        refused += 1
      }
    } while Date() < end && (seconds != nil || read + refused < 200)
    // Both ways were walked: the damage is neither too gentle nor too rough to test anything.
    #expect(read > 0 && refused > 0, "\(read) read, \(refused) refused")
  }
}
