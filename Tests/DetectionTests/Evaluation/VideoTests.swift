import Faces
import Testing

@testable import Detection

@Suite struct VideoTests {
  private let frames = ScoredSamples<Frames>(
    probabilities: [0.2, 0.6, 0.7, 0.9, 0.4], labels: [.real, .real, .real, .fake, .fake],
    groups: ["a", "a", "a", "b", "b"])
  private let videos = ["x", "x", "x", "y", "y"]

  @Test func aVideoHasTheMeanOfItsFrames() throws {
    let perVideo = try frames.perVideo(videos, by: .mean)
    #expect(perVideo.probabilities == [0.5, 0.65])
    #expect(perVideo.labels == [.real, .fake] && perVideo.groups == ["a", "b"])
    #expect(Evaluation(of: perVideo).level == "video")
  }

  @Test func orTheShareOfFramesOverTheThreshold() throws {
    #expect(try frames.perVideo(videos, by: .share(threshold: 0.6)).scores == [2.0 / 3, 0.5])
  }

  @Test func aVideoIsRealOrFakeAndNotBoth() {
    #expect(throws: DetectionError.mixedVideo(video: "x")) {
      _ = try frames.perVideo(["x", "x", "x", "x", "y"], by: .mean)
    }
  }
}
