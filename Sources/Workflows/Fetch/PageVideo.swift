import Foundation
import Media
import Records

/// The video of a web page, found and downloaded by yt-dlp.
struct PageVideo {
  let finder: ChildProgram
  /// The maximum size in bytes.
  let most: Int
  /// The maximum time.
  let seconds: Double
  /// Whether pages and videos may lie on this machine and its networks.
  let allowsLocal: Bool

  /// Downloads the video of a page.
  ///
  /// - Parameters:
  ///   - place: a folder, made for it.
  ///   - isStopped: asked often; ends the download if true.
  /// - Returns: its path; nil if it was stopped.
  func download(
    _ address: WebAddress, into place: String, isStopped: () -> Bool
  ) throws -> String? {
    try RunFolder.make(place)
    let guardian = allowsLocal ? nil : try PageGuard(in: "\(place)/.guard")
    let arguments =
      [
        "--ignore-config", "--no-cache-dir", "--no-warnings", "--quiet",
        "--no-playlist", "--playlist-items", "1", "--proxy", "", "--max-filesize", "\(most)",
        "--socket-timeout", "20", "--retries", "2",
        // Sound is not scored.
        "--format", "bv[height<=1080]/b[height<=1080]/bv/b", "--output", "video.%(ext)s",
      ] + (guardian?.arguments ?? []) + ["--", "\(address)"]
    let end = try finder.run(
      arguments, mostBytes: most, seconds: seconds, in: place, isStopped: isStopped)
    guard !isStopped() else { return nil }
    if let guardian {
      guard guardian.isLoaded else { throw FetchError.unguarded }
      guard end.code == 0 || !guardian.hasRefused else {
        throw FetchError.localVideo("\(address)")
      }
    }
    guard !end.isTooLarge else { throw FetchError.tooLarge("\(address)", most: most >> 20) }
    let found = try RunFolder.names(in: place).map { "\(place)/\($0)" }.first {
      (try? MediaKind(of: $0)) == .video
    }
    guard end.code == 0, let found else {
      throw FetchError.failed(
        "\(address)", reason: end.code == 0 ? "no video was found" : Fetch.reason(end.message))
    }
    return found
  }
}
