import Detection
import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// A network that looks at clips goes from a dataset to verdicts as those of stills do.
@Suite struct ClipNetworkTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  private func request(_ kind: DetectorKind) -> DetectRequest {
    var request = shop.request
    (request.detectors, request.iterations, request.size) = ([kind], 2, 32)
    return request
  }

  @Test(arguments: [DetectorKind.flow, .i3d])
  func aNetworkOfClipsIsTrainedAndScoresVideosClipByClip(_ kind: DetectorKind) throws {
    try shop.addClips(frames: 16)
    var (notes, samples) = ([String](), 0)
    let outcome = try DetectRun.train(request(kind)) { event in
      if case .noted(let sentence) = event { notes.append(sentence) }
      if case .read(_, let training, let validation, let test) = event {
        samples = training + validation + test
      }
    }
    #expect(samples == (try LabeledDataset(reading: shop.path)).samples.count, "a clip is one")
    let reason = "the clip has 1 of the 16 consecutive frames needed"
    let results = try #require(outcome.results?.detectors.first)
    #expect(results.clips?.balance.count == 4 && results.notApplicable == [reason: 12])
    let omitted = notes.filter { $0.hasPrefix("'\(kind.rawValue)' omits ") }
    #expect(omitted.count == 2, "of training and validation: \(notes)")

    let path = shop.folder.path("face.mp4")
    let info = VideoInfo(width: 256, height: 256, frameRate: Rational(25, 1))
    let writer = try VideoWriter(
      path: path, encoding: VideoEncoding(), of: info, mark: .rendered(by: "test"))
    for number in 0..<20 {
      try writer.write(VideoFrame(shop.portrait, timestamp: number, of: info))
    }
    try writer.finish()
    var request = InferenceRequest(inputs: [path])
    (request.workspace, request.detectors) = (shop.workspace.path, [kind.rawValue])
    var verdicts: [FileVerdict] = []
    try FileInference.run(request) {
      if case .scored(let verdict, _, _) = $0 { verdicts.append(verdict) }
    }
    let person = try #require(verdicts.first?.people.first)
    // The last four frames make no clip.
    #expect(person.scores.map(\.frame) == Array(0..<16), "clips need every frame")
    #expect(Set(person.scores.map { $0.each[0] }).count == 1, "one score for the clip")
  }

  @Test func aSetOfShortClipsIsRefusedInWords() throws {
    try shop.addClips(frames: 4)
    #expect(
      throws: DetectionError.shortClips(detector: "i3d", frames: 16, purpose: "training")
    ) { _ = try DetectRun.train(request(.i3d)) }
  }
}
