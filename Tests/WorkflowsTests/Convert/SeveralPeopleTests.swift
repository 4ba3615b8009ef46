import Engine
import Faces
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Two people, the second in the frames 21..<43 alone: neither end is near a search.
@Suite(.serialized) struct SeveralPeopleTests {
  private let video: TwoPersonVideo
  private let weights: String
  private let all = Set(0..<64)

  init() throws {
    video = try TwoPersonVideo(frames: 64, second: 21..<43)
    weights = try video.weights()
  }

  private func changes(_ change: (inout ConversionRequest) -> Void) throws -> [Set<Int>] {
    var request = ConversionRequest(
      model: weights, input: video.clip, side: .b, output: video.folder.path("out.mp4"))
    request.encoding.isLossless = true
    change(&request)
    _ = try Conversion.run(request)
    return try video.changes(in: request.output)
  }

  @Test func theLargestAloneIsSwapped() throws {
    #expect(try changes { _ in } == [all, []])
  }

  @Test func everyFaceIsSwappedAsLongAsItIsThere() throws {
    let changed = try changes { $0.face = .all }
    #expect(changed[0] == all)
    // Who comes within a stretch is found to the frame.
    #expect(changed[1] == Set(video.second))
  }

  @Test func theSecondAloneIsSwapped() throws {
    #expect(try changes { $0.face = .number(2) } == [[], Set(video.second)])
  }

  @Test func whoIsLikeAPictureIsSwapped() throws {
    let picture = video.folder.path("second.png")
    try WholeFile.write(try video.portraits[1].encoded(as: .png, mark: nil), to: picture)
    #expect(try changes { $0.reference = picture } == [[], Set(video.second)])
  }

  @Test func aThirdIsNotThere() throws {
    let error = WorkflowError.noFace(path: video.clip)
    #expect(throws: error) { try changes { $0.face = .number(3) } }
  }

  @Test func eachIsASetOfTheirOwnTheLargestFirst() throws {
    var request = ExtractRequest(inputs: [video.clip], out: video.folder.path("set"))
    request.isTracked = true
    let outcome = try ExtractRun.make(request)
    #expect(outcome.people == 2 && outcome.kept == 64 + 22)
    for (person, frames) in [("1", 0..<64), ("2", video.second)] {
      let lines = try FaceSet(reading: video.folder.path("set/\(person)")).lines
      #expect(lines.compactMap(\.frame) == Array(frames))
      #expect(lines.allSatisfy { $0.identity == person })
    }
  }
}
