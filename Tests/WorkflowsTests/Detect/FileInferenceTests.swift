import Detection
import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Scores files, and tells of each verdict.
private func infer(
  _ request: InferenceRequest, knowing registry: DetectorRegistry = .standard,
  _ body: (FileVerdict, Explanation?) throws -> Void
) throws {
  try FileInference.run(request, knowing: registry) {
    if case .scored(let verdict, let explanation, _) = $0 { try body(verdict, explanation) }
  }
}

@Suite struct FileInferenceTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  @Test func aFaceIsScoredAndExplainedAndAnEmptyPictureIsNot() throws {
    _ = try DetectRun.train(shop.request)
    let face = shop.folder.path("face.png")
    let empty = shop.folder.path("empty.png")
    let mark = Mark.rendered(by: "test")
    try WholeFile.write(
      try Scene().rendered(side: 256).image.encoded(as: .png, mark: mark), to: face)
    try WholeFile.write(
      try Image(width: 200, height: 200, filled: Color(gray: 90)).encoded(as: .png, mark: mark),
      to: empty)
    var request = InferenceRequest(inputs: [face])
    request.workspace = shop.workspace.path
    (request.out, request.isExplained) = (shop.folder.path("scored"), true)
    var verdicts: [FileVerdict] = []
    var reasons: [Explanation] = []
    try infer(request) { verdict, explanation in
      verdicts.append(verdict)
      if let explanation { reasons.append(explanation) }
    }
    let person = try #require(verdicts.first?.people.first)
    #expect(
      person.faces == 1
        && person.detectors.map(\.model).sorted() == ["quick-shallow", "quick-spectrum"])
    #expect((0...1).contains(person.score))
    // Both detectors are of one run, which has measured their mean on its validation split: one real
    // video, and one of each forgery.
    #expect(person.operatingPoint.rates?.falseAlarms.total == 1)
    #expect(person.operatingPoint.rates?.missesByMethod.keys.sorted() == ["lines", "stripes"])
    #expect(person.context?.fakeVideos == 2)
    #expect(person.verdict == person.operatingPoint.verdict(on: person.score))
    #expect(person.text == person.operatingPoint.statement(of: person.score))
    let sentences = try #require(reasons.first?.sentences)
    #expect(sentences[0] == "The face: \(person.text).")
    #expect(person.text.hasPrefix("\(person.verdict.rawValue): score "))
    #expect(sentences.contains { $0.hasPrefix("Of 1 real video of the validation split of ") })
    #expect(sentences.contains { $0.hasPrefix("Spectrum of the face: the band from ") })
    try expectReport(in: shop.folder.path("scored"))
    let file = try Data(contentsOf: URL(filePath: shop.folder.path("scored/verdict.json")))
    let object = try #require(try JSONSerialization.jsonObject(with: file) as? [String: Any])
    #expect(object["verdict"] as? String == verdicts.first?.verdict.rawValue)
    // The reliability diagram is that of these detectors, and of no others.
    #expect(
      sentences.contains {
        $0.contains("validation samples with a score") || $0.hasPrefix("No validation")
      })
    (request.ensemble, reasons) = (.vote, [])
    try infer(request) { _, explanation in
      if let explanation { reasons.append(explanation) }
    }
    let votes = try #require(reasons.first?.sentences)
    #expect(votes[0].contains(" 0.500 (error rates not measured)"))
    #expect(votes[1].contains("the verdict is that of half of the detectors"))
    #expect(!votes.contains { $0.contains("validation samples with") })
    request.isExplained = false
    try infer(request) { _, _ in }
    #expect(
      throws: RecordsError.nothingToReport(
        name: "scored",
        reason: "its verdict has no explanation. Run 'dflab detect FILE --explain'")
    ) { try RunReport(in: shop.folder.path("scored")) }
    (request.inputs, request.isExplained) = ([empty], true)
    try infer(request) { verdict, _ in
      #expect(verdict.verdict == .noFace && verdict.people.isEmpty)
    }
  }

  @Test func aFilmOfOneFaceAtATimeIsOnePersons() throws {
    _ = try DetectRun.train(shop.request)
    let portraits = [21, 22].map { (seed: UInt64) in
      var scene = Scene()
      scene.identity = Identity(randomness: RandomSource(seed: seed))
      return scene.rendered(side: 256).image
    }
    // Two looks that nothing joins: other faces in other places.
    func film(_ name: String, together: Bool) throws -> String {
      let path = shop.folder.path(name)
      let info = VideoInfo(width: 520, height: 280, frameRate: Rational(25, 1))
      let writer = try VideoWriter(
        path: path, encoding: VideoEncoding(), of: info, mark: .rendered(by: "test"))
      for number in 0..<16 {
        var picture = Image(width: 520, height: 280, filled: Color(gray: 120))
        for (index, portrait) in portraits.enumerated()
        where together || index == number / 8 {
          picture.paste(portrait, x: 4 + 256 * index, y: 12)
        }
        try writer.write(VideoFrame(picture, timestamp: number, of: info))
      }
      try writer.finish()
      return path
    }
    func people(_ path: String, tracked: Bool) throws -> [Int] {
      var request = InferenceRequest(inputs: [path])
      (request.workspace, request.findsAllFaces) = (shop.workspace.path, tracked)
      (request.detectors, request.every) = (["quick-shallow"], 1)
      var faces: [Int] = []
      try infer(request) { verdict, _ in faces = verdict.people.map(\.faces) }
      return faces
    }
    #expect(
      [63, 125, 64, 32, 5, 0].map { VideoFaceReader.stride(frames: $0, most: 32) } == [
        2, 4, 2, 1, 1, 1,
      ])
    let alone = try film("alone.mp4", together: false)
    #expect(try people(alone, tracked: false) == [16])
    #expect(try people(alone, tracked: true).sorted() == [8, 8])
    // Matroska whose length is made a gap: it is counted, and looked at to its end.
    let silent = try film("silent.mkv", together: false)
    var bytes = try Data(contentsOf: URL(filePath: silent))
    let length = try #require(bytes.range(of: Data([0x44, 0x89, 0x88])))
    bytes[length.lowerBound] = 0xEC
    try bytes.write(to: URL(filePath: silent))
    #expect(try VideoReader(reading: silent).info.frames == nil)
    var request = InferenceRequest(inputs: [silent])
    (request.workspace, request.detectors) = (shop.workspace.path, ["quick-shallow"])
    request.maxFrames = 5
    try infer(request) { verdict, _ in
      #expect(verdict.people.first?.scores.map(\.frame) == [0, 4, 8, 12])
    }
    let both = try film("both.mp4", together: true)
    #expect(try people(both, tracked: true).sorted() == [16, 16])
    // Two faces of one frame are kept apart in the evidence, though one detector scores them.
    (request.inputs, request.findsAllFaces, request.isExplained) = ([both], true, true)
    try infer(request) { verdict, explanation in
      #expect(verdict.people.map(\.person) == [1, 2])
      #expect(explanation?.evidence.map(\.person) == [1, 2])
    }
  }
}
