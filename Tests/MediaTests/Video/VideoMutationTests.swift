import Foundation
import Media
import TestSupport
import Testing

/// Damaged videos must be refused or read, never crash.
struct VideoMutationTests {
  /// Made by ourselves, or by the `ffmpeg` program with these options, where it is installed.
  private static let kinds: [(name: String, options: [String]?)] = [
    ("clip.mp4", nil), ("clip.mkv", nil),
    ("sound.mp4", ["-c:v", "libx264", "-bf", "2", "-c:a", "aac"]),
    ("sound.mkv", ["-c:v", "mpeg4", "-c:a", "libopus"]),
    ("film.avi", ["-c:v", "mpeg4", "-c:a", "mp3"]), ("film.ts", ["-c:a", "mp2"]),
    ("page.webm", ["-c:v", "libvpx", "-c:a", "libvorbis"]), ("page.gif", ["-an"]),
    ("cut.mov", ["-c:v", "prores_ks", "-c:a", "pcm_s16le"]),
    ("flash.flv", ["-c:v", "flv1", "-c:a", "mp3", "-ar", "44100"]),
  ]

  @Test(arguments: kinds)
  func damagedVideosNeverCrash(name: String, options: [String]?) throws {
    let path = try Clips.place(name)
    defer { Clips.remove(path) }
    guard try make(path, options) else { return }
    let original = try Array(Data(contentsOf: URL(filePath: path)))
    var fuzzing = Fuzzing(rounds: 60)
    var (read, refused) = (0, 0)
    while fuzzing.goesOn() {
      var bytes = original
      for _ in 0..<fuzzing.chance.below(6) + 1 { fuzzing.chance.damage(&bytes) }
      try Data(bytes).write(to: URL(filePath: path))
      do throws(MediaError) {
        try readAll(of: path, isWritten: fuzzing.chance.below(6) == 0)
        read += 1
      } catch {
        refused += 1
      }
    }
    // Both ways were walked: the damage is neither too gentle nor too rough to test anything.
    #expect(read > 0 && read + refused >= 60, "\(read) read, \(refused) refused")
  }

  private func make(_ path: String, _ options: [String]?) throws -> Bool {
    guard let options else {
      let info = VideoInfo(width: 32, height: 32, frameRate: Rational(25, 1))
      try Clips.write(path, frames: 8, of: info)
      return true
    }
    let picture = ["-f", "lavfi", "-i", "testsrc2=size=48x32:rate=25:duration=0.4"]
    let sound = ["-f", "lavfi", "-i", "sine=440:duration=0.4"]
    return try Clips.output(of: "ffmpeg", ["-v", "error"] + picture + sound + options + [path])
      != nil
  }

  /// Reads all frames; `isWritten` makes a video of them, with the sound of the damaged one.
  private func readAll(of path: String, isWritten: Bool) throws(MediaError) {
    let reader = try VideoReader(reading: path)
    let isSmall = reader.info.width * reader.info.height <= 65_536
    let writer =
      isWritten && isSmall
      ? try VideoWriter(
        path: "\(path).mkv", encoding: VideoEncoding(), of: reader.info, source: path, mark: nil)
      : nil
    while let frame = try reader.next() {
      let picture = try frame.picture()
      #expect(picture.width == reader.info.width && picture.height == reader.info.height)
      try writer?.write(frame)
    }
    try writer?.finish()
  }
}
