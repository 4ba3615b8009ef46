import Engine
import Faces
import Foundation
import Media
import Records
import TestSupport
import Testing

@testable import Workflows

/// What happens to the pictures of a clip without any forgery.
private enum QualityChange: String, CaseIterable {
  case sharpened, downscaled
  case rate23 = "H.264 rate 23"
  case rate35 = "H.264 rate 35"

  /// The mean absolute change of a video's score that is allowed.
  var limit: Double { 0.15 }

  func picture(_ image: Image) throws -> Image {
    switch self {
    case .sharpened:
      try Degradation.sharpen(amount: 0.7).applied(to: image, randomness: RandomSource(seed: 1))
    case .downscaled:
      image.resized(width: image.width / 4 * 2, height: image.height / 4 * 2, filter: .area)
    case .rate23, .rate35: image
    }
  }

  var encoding: VideoEncoding {
    var encoding = VideoEncoding()
    switch self {
    case .sharpened, .downscaled: encoding.quality = 12
    case .rate23: encoding.quality = 23
    case .rate35: encoding.quality = 35
    }
    return encoding
  }
}

/// The same genuine clip in another quality should keep its score: a detector that sees quality
/// takes compression for forgery.
@Suite(.enabled(if: RealData.isThere, "DFLAB_REAL_DATA names no folder"))
struct QualityInvarianceTests {
  private static let clips = ["hdtf_AOC", "hdtf_RD_Radio10", "latentsync_demo1", "ffpp_000"]

  @Test func theShippedDetectorKeepsTheScoreOfAClipInAnotherQuality() throws {
    let folder = try TemporaryFolder()
    _ = try Workspace.make(at: folder.path("lab"))
    var changes: [QualityChange: [Double]] = [:]
    for clip in QualityInvarianceTests.clips {
      let pictures = try pictures(of: clip)
      let own = try score(pictures, VideoEncoding(isLossless: true), in: folder)
      for change in QualityChange.allCases {
        let other = try score(pictures.map(change.picture), change.encoding, in: folder)
        changes[change, default: []].append(other - own)
      }
    }
    for change in QualityChange.allCases {
      let own = try #require(changes[change])
      let mean = own.reduce(0) { $0 + abs($1) } / Double(own.count)
      let list = zip(QualityInvarianceTests.clips, own).map { "\($0) \(NumberText.fixed($1, 3))" }
      #expect(
        mean <= change.limit,
        """
        \(change.rawValue): the scores change by \(NumberText.fixed(mean, 3)) on average \
        (\(list.joined(separator: ", ")))
        """)
    }
  }

  /// A second of a clip, with even sides.
  private func pictures(of clip: String) throws -> [Image] {
    let folder = try #require(RealData.folder)
    let reader = try VideoReader(reading: "\(folder)/dev/real/\(clip).mp4")
    var pictures: [Image] = []
    while pictures.count < 24, let frame = try reader.next() {
      let picture = try frame.picture()
      pictures.append(
        picture.cropped(
          x: 0, y: 0, width: picture.width / 2 * 2, height: picture.height / 2 * 2))
    }
    return pictures
  }

  /// The score of pictures as a video.
  private func score(
    _ pictures: [Image], _ encoding: VideoEncoding, in folder: TemporaryFolder
  ) throws -> Double {
    let path = folder.path("clip.mp4")
    let info = VideoInfo(
      width: pictures[0].width, height: pictures[0].height, frameRate: Rational(25, 1))
    let writer = try VideoWriter(path: path, encoding: encoding, of: info, mark: nil)
    for (number, picture) in pictures.enumerated() {
      try writer.write(VideoFrame(picture, timestamp: number, of: info))
    }
    try writer.finish()
    var request = InferenceRequest(inputs: [path])
    (request.workspace, request.out) = (folder.path("lab"), folder.path("verdict"))
    request.detectors = [CarriedModel.detector.rawValue]
    var verdicts: [FileVerdict] = []
    try FileInference.run(request) { event in
      if case .scored(let verdict, _, _) = event { verdicts.append(verdict) }
    }
    return try #require(verdicts.first?.people.first?.score)
  }
}

extension VideoEncoding {
  fileprivate init(isLossless: Bool) {
    self.init()
    self.isLossless = isLossless
  }
}
