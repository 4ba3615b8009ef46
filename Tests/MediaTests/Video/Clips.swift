import Foundation
import Media
import TestSupport

/// Videos that the tests make themselves.
enum Clips {
  /// A smooth pattern that moves: every frame differs from every other.
  static func picture(_ number: Int, width: Int, height: Int) -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = (Double(x + 3 * number) / 17, Double(y - 2 * number) / 23)
        pixels.append(UInt8(128 + 70 * sin(u)))
        pixels.append(UInt8(128 + 70 * sin(v + 1)))
        pixels.append(UInt8(128 + 70 * sin((u + v) / 2 + 2)))
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// A path below a new folder.
  static func place(_ name: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "dflab-clips-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: name).path(percentEncoded: false)
  }

  /// Takes away what `place` made.
  static func remove(_ path: String) {
    let folder = URL(filePath: path).deletingLastPathComponent()
    guard folder.lastPathComponent.hasPrefix("dflab-clips-") else { return }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Writes a clip of the moving pattern.
  static func write(
    _ path: String, frames: Int = 12, of info: VideoInfo, lossless: Bool = false,
    codec: VideoCodec = .h264, times: (Int) -> Int = { $0 }, mark: Mark? = nil
  ) throws {
    var encoding = VideoEncoding()
    encoding.codec = codec
    encoding.isLossless = lossless
    let writer = try VideoWriter(path: path, encoding: encoding, of: info, mark: mark)
    for number in 0..<frames {
      let picture = picture(number, width: info.width, height: info.height)
      try writer.write(
        VideoFrame(
          picture, timestamp: times(number), duration: times(number + 1) - times(number),
          of: info))
    }
    try writer.finish()
  }

  /// All frames of a video.
  static func frames(_ path: String) throws -> [VideoFrame] {
    let reader = try VideoReader(reading: path)
    var frames: [VideoFrame] = []
    while let frame = try reader.next() { frames.append(frame) }
    return frames
  }

  /// The path of a program, if it is installed.
  static func program(_ name: String) -> String? {
    ["/usr/bin/\(name)", "/usr/local/bin/\(name)"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// What a program prints; nil if it is missing or fails.
  static func output(of name: String, _ arguments: [String]) throws -> Data? {
    guard let path = program(name) else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
  }

  /// What ffprobe says, word by word; nil where it is not installed.
  static func probe(
    _ path: String, _ entries: String, stream: String = "v"
  ) throws -> [String]? {
    try output(
      of: "ffprobe",
      [
        "-v", "error", "-select_streams", stream, "-show_entries", entries, "-of",
        "default=nw=1:nk=1", path,
      ]
    ).map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
  }
}
