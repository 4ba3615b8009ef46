import Foundation
import TestSupport
import Testing

@testable import Faces

@Suite struct LabeledSetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aManifestComesBackAsWritten() throws {
    var fake = sample("b.jpg", .fake, people: ["bob", "eve"], clips: ["bob.mp4", "eve.mp4"])
    fake.parameters = ["color": .word("lab"), "ratio": .number(0.75), "isSharp": .truth(true)]
    fake.degradations = [.jpeg(quality: 60), .blur(deviation: 0.5)]
    fake.landmarks = (0..<68).map { SIMD2(Float($0) + 0.25, 7) }
    fake.boundary = "boundaries/b.png"
    (fake.frame, fake.seed) = (12, .max)
    fake.hash = String(repeating: "0f", count: 32)
    let set = try read([sample("a.jpg", .real), fake])
    #expect(set.samples == [sample("a.jpg", .real), fake])
    #expect(set.skipped.isEmpty)
    #expect(set.path(of: fake) == folder.path("b.jpg"))
  }

  @Test func theSameLineHasTheSameBytesWithItsKeysInOrder() throws {
    let text = String(decoding: try sample("a.jpg", .real).json, as: UTF8.self)
    #expect(
      text == #"{"clips":["alice.mp4"],"identities":["alice"],"label":0,"method":"real","#
        + #""path":"a.jpg","split":"training"}"# + "\n")
  }

  @Test func aMissingPictureIsSkippedByName() throws {
    let set = try read([sample("a.jpg", .real), sample("b.jpg", .fake)], isThere: ["b.jpg"])
    #expect(set.samples.map(\.path) == ["b.jpg"])
    #expect(set.skipped.map(\.description) == ["'a.jpg' is not in the folder"])
  }

  @Test func aPersonInTwoSplitsIsRefusedWithBothPictures() throws {
    let samples = [
      sample("a.jpg", .real, clips: ["1.mp4"]),
      sample("b.jpg", .fake, people: ["bob"], clips: ["2.mp4"], split: .validation),
      sample("c.jpg", .fake, clips: ["3.mp4"], split: .test),
    ]
    let leak = SplitLeak(.person("alice"), samples[0], samples[2])
    #expect(throws: FacesError.leak(path: folder.path, leak)) { try read(samples) }
    let error = FacesError.leak(path: "set", leak).description
    #expect(error.contains("identity 'alice' is in training ('a.jpg') and in test ('c.jpg')"))
  }

  @Test func aDonorInTwoSplitsIsRefused() throws {
    let samples = [
      sample("a.jpg", .real),
      sample("b.jpg", .fake, people: ["bob", "alice"], clips: ["bob.mp4"], split: .test),
    ]
    #expect(
      throws: FacesError.leak(
        path: folder.path, SplitLeak(.person("alice"), samples[0], samples[1]))
    ) {
      try read(samples)
    }
  }

  @Test func aClipInTwoSplitsIsRefused() throws {
    let samples = [
      sample("a.jpg", .real),
      sample("b.jpg", .fake, people: ["bob"], clips: ["alice.mp4"], split: .test),
    ]
    let leak = SplitLeak(.clip("alice.mp4"), samples[0], samples[1])
    #expect(throws: FacesError.leak(path: folder.path, leak)) { try read(samples) }
  }

  @Test func oneClassAloneIsRefused() throws {
    #expect(throws: FacesError.oneClass(path: folder.path, label: .real)) {
      try read([sample("a.jpg", .real), sample("b.jpg", .real)])
    }
    #expect(throws: FacesError.noSamples(path: folder.path)) { try read([]) }
  }

  @Test func samplesOfOnePersonOrClipAreOneGroup() throws {
    let set = try read([
      sample("a.jpg", .real, people: ["alice"], clips: ["1"]),
      sample("b.jpg", .fake, people: ["bob", "alice"], clips: ["2"]),
      sample("c.jpg", .real, people: ["carol"], clips: ["2"]),
      sample("d.jpg", .real, people: ["alice"], clips: ["3"]),
    ])
    #expect(set.groups == [0, 1, 1, 0])
  }

  @Test(arguments: [
    (#""path":"../a.jpg""#, "'path' must be a path inside the folder"),
    (#""path":"/etc/passwd""#, "'path' must be a path inside the folder"),
    (#""boundary":"../a.png""#, "'boundary' must be a path inside the folder"),
    (#""identities":[]"#, "'identities' must not be empty"),
    (#""clips":[]"#, "'clips' must not be empty"),
    (#""label":2"#, "'label' has an invalid value"),
    (#""label":1"#, "'label' 1 contradicts 'method' 'real'"),
    (#""split":"dev""#, "'split' has an invalid value"),
    (#""method":"""#, "'method' must not be empty"),
    (#""landmarks":[[1,2]]"#, "it has 1 landmarks, not 68"),
    (#""hash":"abc""#, "'hash' must be 64 hexadecimal digits"),
  ])
  func whatDoesNotFitIsNamedWithItsLine(field: String, reason: String) throws {
    let key = String(field.prefix { $0 != ":" })
    let usual = [
      #""path":"a.jpg""#, #""label":0"#, #""split":"test""#, #""identities":["x"]"#,
      #""clips":["y"]"#, #""method":"real""#,
    ].filter { !$0.hasPrefix(key) }
    let line = "{\((usual + [field]).joined(separator: ","))}\n"
    try folder.write(
      try sample("b.jpg", .fake).json + Array(line.utf8), as: LabeledDataset.manifestName)
    #expect(
      throws: FacesError.brokenSample(
        path: folder.path(LabeledDataset.manifestName), line: 2, reason: reason)
    ) { try LabeledDataset(reading: folder.path) }
  }

  @Test func twoLinesOnOnePictureAreRefused() throws {
    #expect(
      throws: FacesError.brokenSample(
        path: folder.path(LabeledDataset.manifestName), line: 2,
        reason: "it names the same picture as line 1")
    ) { try read([sample("a.jpg", .real), sample("a.jpg", .fake)]) }
  }

  @Test func aLineThatIsTooLongIsRefused() throws {
    try folder.write(
      [UInt8](repeating: 0x20, count: Sample.longestLine + 1), as: LabeledDataset.manifestName)
    #expect(throws: FacesError.self) { try LabeledDataset(reading: folder.path) }
  }

  @Test func aKilledRunGoesOn() throws {
    let samples = ["a", "b", "c"].map { sample("\($0).jpg", $0 == "a" ? .real : .fake) }
    for sample in samples { try folder.write([1], as: sample.path) }
    try LabeledDatasetWriter(in: folder.path).append([samples[0]])
    let manifest = URL(filePath: folder.path(LabeledDataset.manifestName))
    let whole = try Data(contentsOf: manifest)
    try (whole + Data(try samples[1].json.prefix(40))).write(to: manifest)
    let writer = try LabeledDatasetWriter(in: folder.path)
    #expect(writer.earlier == [samples[0]])
    #expect(try Data(contentsOf: manifest) == whole)
    try writer.append(Array(samples[1...]))
    #expect(try LabeledDataset(reading: folder.path).samples == samples)
  }

  private func sample(
    _ path: String, _ label: Label, people: [String] = ["alice"], clips: [String] = ["alice.mp4"],
    split: Split = .training
  ) -> Sample {
    Sample(
      path: path, label: label, split: split, identities: people, clips: clips,
      method: label == .real ? "real" : "swap")
  }

  @discardableResult
  private func read(_ samples: [Sample], isThere: Set<String>? = nil) throws -> LabeledDataset {
    for sample in samples where isThere?.contains(sample.path) ?? true {
      try folder.write([1], as: sample.path)
    }
    try folder.write(try samples.flatMap { try $0.json }, as: LabeledDataset.manifestName)
    return try LabeledDataset(reading: folder.path)
  }
}
