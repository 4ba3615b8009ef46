private import CFFmpeg
import Foundation

/// A finished video: encoded frames, and everything else from the source video.
///
/// Sound, subtitles, chapters and metadata are copied unchanged. The file extension selects the
/// container: MP4 and MOV keep frame times exactly, Matroska to the millisecond.
public struct VideoJoin: Sendable {
  /// The path of the finished file.
  public let path: String
  /// The properties that all frames share.
  public let info: VideoInfo
  /// The video whose sound, subtitles, chapters and metadata are kept; nil for none.
  public let source: String?
  /// The codec of the segments.
  public let codec: VideoCodec
  /// The mark of the video's origin; nil leaves it unmarked.
  public let mark: Mark?

  /// A video at `path`, with all streams of `source` except its picture.
  public init(
    path: String, of info: VideoInfo, source: String?, codec: VideoCodec, mark: Mark?
  ) {
    (self.path, self.source) = (path, source)
    self.info = info
    self.codec = codec
    self.mark = mark
  }

  /// Throws in advance if the container cannot hold the streams.
  public func check() throws(MediaError) {
    var isFolder = ObjCBool(false)
    _ = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue {
      throw .unwritableVideo(path: path, reason: "it is a folder; name a file")
    }
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    let status = unsafe cffmpeg_join_check(path, codec.encoder, source, &message)
    guard status == CFFMPEG_OK else {
      throw .unwritableVideo(path: path, reason: sentence(message))
    }
  }

  /// Joins the files of `VideoSegmentWriter`s, in order.
  ///
  /// - Parameters:
  ///   - segments: their paths.
  ///   - lastDuration: how long the last frame is shown, in the video's time base.
  public func run(segments: [String], lastDuration: Int) throws(MediaError) {
    precondition(!segments.isEmpty, "a video of no segments")
    let tags = mark.map(VideoJoin.tags) ?? []
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    var status = CFFMPEG_FAILED
    unsafe withTexts(segments + [path, "\(path).part", source ?? ""]) { texts in
      unsafe withTexts(tags) { tags in
        var joining = unsafe cffmpeg_joining(
          name: texts[segments.count], path: texts[segments.count + 1],
          segments: texts.baseAddress, segment_count: Int32(segments.count),
          source: source == nil ? nil : texts[segments.count + 2],
          orientation: Int32(info.orientation), time_base: info.timeBase.ratio,
          last_duration: Int64(lastDuration),
          tags: tags.baseAddress)
        status = unsafe cffmpeg_join(&joining, &message)
      }
    }
    if status == CFFMPEG_OK, let mark {
      do {
        try mark.seal.seal(videoAt: "\(path).part", named: path, mark)
      } catch {
        unsafe unlink("\(path).part")
        throw error
      }
    }
    if status == CFFMPEG_OK { status = unsafe cffmpeg_publish("\(path).part", path, &message) }
    guard status == CFFMPEG_OK else {
      // A partial file is useless, and takes space on a full disk.
      unsafe unlink("\(path).part")
      throw .unwritableVideo(path: path, reason: sentence(message))
    }
  }

  /// The mark as metadata keys and values of the container.
  private static func tags(of mark: Mark) -> [String] {
    [
      "comment", "\(mark.origin.words), with \(mark.software) (\(mark.sourceType))",
      "digitalSourceType", mark.sourceType, "software", mark.software,
    ]
  }
}

/// Passes a NULL-terminated list of texts to C.
private func withTexts(
  _ texts: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Void
) {
  var pointers: [UnsafePointer<CChar>?] = unsafe []
  func next(_ index: Int) {
    guard index < texts.count else {
      unsafe pointers.append(nil)
      return unsafe pointers.withUnsafeBufferPointer { unsafe body($0) }
    }
    unsafe texts[index].withCString { text in
      unsafe pointers.append(text)
      next(index + 1)
    }
  }
  next(0)
}
