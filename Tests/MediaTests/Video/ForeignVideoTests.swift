import Foundation
import Media
import TestSupport
import Testing

/// Videos that the `ffmpeg` program made, where it is installed.
struct ForeignVideoTests {
  /// Makes a video of FFmpeg's test picture; nil where there is no FFmpeg.
  private func clip(_ name: String, _ options: [String], sound: Bool = false) throws -> String? {
    let path = try Clips.place(name)
    let noise = sound ? ["-f", "lavfi", "-i", "sine=440:duration=1"] : []
    let made = try Clips.output(
      of: "ffmpeg",
      ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=96x64:rate=25:duration=1"] + noise
        + options + [path])
    return made == nil ? nil : path
  }

  /// The frames as FFmpeg itself turns them into RGB.
  private func pictures(_ path: String, width: Int, height: Int) throws -> [Image] {
    let data = try Clips.output(
      of: "ffmpeg",
      [
        "-v", "error", "-i", path, "-vf",
        "scale=flags=bilinear+accurate_rnd+full_chroma_int+full_chroma_inp", "-fps_mode",
        "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "-",
      ])
    let bytes = data.map(Array.init) ?? []
    let size = width * height * 3
    return (0..<bytes.count / size).map {
      Image(width: width, height: height, pixels: Array(bytes[$0 * size..<($0 + 1) * size]))
    }
  }

  @Test(arguments: [
    ("h264.mp4", ["-c:v", "libx264", "-pix_fmt", "yuv420p"]),
    (
      "ten.mp4",
      [
        "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt",
        "yuv420p10le",
      ]
    ),
    ("wide.mov", ["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le"]),
    ("full.mkv", ["-c:v", "libx264", "-pix_fmt", "yuvj420p"]),
    ("hd.mp4", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-colorspace", "bt709"]),
    ("vp9.webm", ["-c:v", "libvpx-vp9", "-deadline", "realtime"]),
    ("film.avi", ["-c:v", "mpeg4", "-bf", "2"]), ("film.gif", []), ("film.ts", []),
    ("turned.mp4", ["-c:v", "libx264", "-vf", "crop=95:63,format=yuv444p"]),
  ])
  func everyFrameIsRead(name: String, options: [String]) throws {
    guard let path = try clip(name, options) else { return }
    defer { Clips.remove(path) }
    let frames = try Clips.frames(path)
    let info = try #require(frames.first).info
    let expected = try pictures(path, width: info.width, height: info.height)
    #expect(frames.count == expected.count && frames.count >= 24)
    var worst = 0.0
    for (frame, expected) in zip(frames, expected) {
      // Places of chroma are the file's here and not with the program, so single pixels differ.
      worst = max(worst, try meanDifference(frame.picture(), expected))
    }
    #expect(worst < 2, "\(worst) levels")
    for (frame, next) in zip(frames, frames.dropFirst()) {
      #expect(frame.timestamp < next.timestamp)
      #expect(abs(next.time - frame.time - 0.04) < 0.011)
    }
  }

  @Test(arguments: ["mp4", "mkv", "mov"])
  func soundAndMetadataAreKept(ending: String) throws {
    let options = [
      "-c:v", "libx264", "-bf", "3", "-c:a", "aac", "-metadata", "title=A test", "-metadata",
      "comment=Hello",
    ]
    guard let path = try clip("in.mp4", options, sound: true) else { return }
    defer { Clips.remove(path) }
    let result = try Clips.place("out.\(ending)")
    defer { Clips.remove(result) }
    let reader = try VideoReader(reading: path)
    let writer = try VideoWriter(
      path: result, encoding: VideoEncoding(), of: reader.info, source: path,
      mark: .synthetic(by: "dflab 0"))
    while let frame = try reader.next() { try writer.write(frame) }
    try writer.finish()
    let sound = ["-v", "error", "-i"]
    let copied = ["-map", "0:a", "-c", "copy", "-f", "adts", "-"]
    #expect(
      try Clips.output(of: "ffmpeg", sound + [path] + copied)
        == Clips.output(of: "ffmpeg", sound + [result] + copied))
    let times = "packet=pts_time"
    let (before, after) = (
      try Clips.probe(path, times, stream: "v"), try Clips.probe(result, times, stream: "v")
    )
    let (asked, given) = (
      before.map { $0.compactMap(Double.init).sorted() }, after.map { $0.compactMap(Double.init) }
    )
    let first = try #require(given?.first)
    // Matroska knows no time below 0, where the sound starts: all is a little later there.
    #expect(ending == "mkv" ? first < 0.03 : first == 0)
    for (asked, given) in zip(asked ?? [], given ?? []) {
      #expect(abs(given - asked - first) < 1e-6)
    }
    #expect(
      try Clips.probe(path, times, stream: "a")?.first.flatMap(Double.init).map { abs($0) < 0.03 }
        == true)
    let tags = try #require(try Clips.probe(result, "format_tags"))
    #expect(tags.contains("A test"))
    #expect(tags.contains { $0.contains("trainedAlgorithmicMedia") })
  }

  @Test func soundThatMP4CannotHoldIsRefusedWithAWayOut() throws {
    let options = ["-c:v", "libx264", "-c:a", "pcm_s16le"]
    guard let path = try clip("in.mkv", options, sound: true) else { return }
    defer { Clips.remove(path) }
    let reader = try VideoReader(reading: path)
    let error = MediaError.unwritableVideo(
      path: "/tmp/x.mp4",
      reason: "its kind of file (mp4) cannot hold the sound of the input, 'pcm_s16le'; "
        + "take a name in .mkv, which holds all of it")
    #expect(throws: error) {
      try VideoWriter(
        path: "/tmp/x.mp4", encoding: VideoEncoding(), of: reader.info, source: path, mark: nil)
    }
  }

  /// What a container takes besides the picture: sound (FFmpeg's name), subtitles ("" for none).
  @Test(arguments: [
    ("flac", "", "mkv", "mp4", "kept"), ("libopus", "", "mkv", "mp4", "kept"),
    ("pcm_s16le", "", "mkv", "mov", "kept"), ("aac", "mov_text", "mp4", "mov", "kept"),
    ("aac", "srt", "mkv", "mkv", "kept"),
    ("flac", "srt", "mkv", "mp4", "take a name in .mkv, which holds all of it"),
    ("flac", "", "mkv", "mov", "take a name in .mkv, which holds all of it"),
    ("aac", "mov_text", "mp4", "mkv", "take a name in .mov, which holds all of it"),
  ])
  func containersKeepAllOrSayWhatDoes(
    sound: String, subtitles: String, from: String, to: String, outcome: String
  ) throws {
    let words = try Clips.place("words.srt")
    defer { Clips.remove(words) }
    try Data("1\n00:00:00,200 --> 00:00:00,900\nHello\n".utf8).write(to: URL(filePath: words))
    let text = subtitles.isEmpty ? [] : ["-i", words, "-c:s", subtitles]
    let codecs = ["-c:v", "libx264", "-c:a", sound, "-shortest"]
    guard let path = try clip("in.\(from)", text + codecs, sound: true) else { return }
    defer { Clips.remove(path) }
    let result = try Clips.place("out.\(to)")
    defer { Clips.remove(result) }
    do throws(MediaError) {
      let reader = try VideoReader(reading: path)
      let writer = try VideoWriter(
        path: result, encoding: VideoEncoding(), of: reader.info, source: path, mark: nil)
      while let frame = try reader.next() { try writer.write(frame) }
      try writer.finish()
      #expect(outcome == "kept")
    } catch {
      #expect(outcome != "kept")
      #expect(error.description.contains(outcome))
      return
    }
    for stream in subtitles.isEmpty ? ["a"] : ["a", "s"] {
      let hash = ["-map", "0:\(stream)", "-c", "copy", "-f", "streamhash", "-"]
      let (before, after) = (
        try Clips.output(of: "ffmpeg", ["-v", "error", "-i", path] + hash),
        try Clips.output(of: "ffmpeg", ["-v", "error", "-i", result] + hash)
      )
      #expect(before != nil && before == after, "\(stream)")
    }
  }

  @Test func chaptersAreKept() throws {
    let plan = try Clips.place("plan.txt")
    defer { Clips.remove(plan) }
    let chapters = [("First", 0, 400), ("Second", 400, 1000)].map {
      "[CHAPTER]\nTIMEBASE=1/1000\nSTART=\($0.1)\nEND=\($0.2)\ntitle=\($0.0)\n"
    }
    try Data((";FFMETADATA1\n" + chapters.joined()).utf8).write(to: URL(filePath: plan))
    let options = ["-i", plan, "-map", "0:v", "-map_metadata", "1", "-c:v", "libx264"]
    guard let path = try clip("in.mp4", options) else { return }
    defer { Clips.remove(path) }
    for ending in ["mp4", "mkv"] {
      let result = try Clips.place("out.\(ending)")
      defer { Clips.remove(result) }
      let reader = try VideoReader(reading: path)
      let writer = try VideoWriter(
        path: result, encoding: VideoEncoding(), of: reader.info, source: path, mark: nil)
      while let frame = try reader.next() { try writer.write(frame) }
      try writer.finish()
      let found = try Clips.probe(result, "chapter=start_time,end_time:chapter_tags=title")
      #expect(
        found == ["0.000000", "0.400000", "First", "0.400000", "1.000000", "Second"])
    }
  }

  @Test(arguments: [
    ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "3"],
    ["-c:v", "libx264", "-pix_fmt", "yuv422p10le"],
    [
      "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt",
      "yuv420p10le",
    ],
    ["-c:v", "libx264", "-pix_fmt", "yuvj420p", "-colorspace", "bt709"],
  ])
  func withoutLossTheDecodedBitsAreTheSame(options: [String]) throws {
    guard let path = try clip("in.mp4", options) else { return }
    defer { Clips.remove(path) }
    let result = try Clips.place("out.mp4")
    defer { Clips.remove(result) }
    var encoding = VideoEncoding()
    encoding.isLossless = true
    let reader = try VideoReader(reading: path)
    let writer = try VideoWriter(
      path: result, encoding: encoding, of: reader.info, source: path, mark: nil)
    while let frame = try reader.next() { try writer.write(frame) }
    try writer.finish()
    let hash = ["-fps_mode", "passthrough", "-f", "framemd5", "-"]
    func lines(_ path: String) throws -> [Substring] {
      let data = try #require(try Clips.output(of: "ffmpeg", ["-v", "error", "-i", path] + hash))
      return String(decoding: data, as: UTF8.self).split(separator: "\n")
        .filter { !$0.hasPrefix("#") }
    }
    #expect(try lines(path) == lines(result))
    // H.264 says nothing of the range that is usual.
    func colors(_ path: String) throws -> [String]? {
      try Clips.probe(path, "stream=pix_fmt,color_range,color_space")?
        .map { $0 == "tv" ? "unknown" : $0 }
    }
    #expect(try colors(path) == colors(result))
  }

  /// The largest difference of the mean red, green and blue, in levels.
  private func meanDifference(_ left: Image, _ right: Image) -> Double {
    guard left.pixels.count == right.pixels.count else { return 256 }
    var sums = [0, 0, 0]
    for index in left.pixels.indices {
      sums[index % 3] += Int(left.pixels[index]) - Int(right.pixels[index])
    }
    return sums.map { abs(Double($0)) * 3 / Double(left.pixels.count) }.max() ?? 256
  }
}
