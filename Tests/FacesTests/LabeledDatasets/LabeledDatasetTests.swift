import Foundation
import TestSupport
import Testing

@testable import Faces

@Suite struct LabeledSetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aManifestComesBackAsWritten() throws {
    var fake = sample("b.jpg", .fake, people: ["bob", "eve"], clips: ["bob.mp4", "eve.mp4"])
    fake.parameters = ["color": .word("lab"), "ratio": .number(0.75), "isSharp": .boolean(true)]
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

  @Test func aClipComesBackAsWrittenBesideStills() throws {
    let samples = [sample("a.jpg", .real), try clip("clips/1", .fake, frames: 3)]
    let set = try read(samples)
    #expect(set.samples == samples && set.skipped.isEmpty)
    #expect(set.path(of: samples[1]) == folder.path("clips/1/0.jpg"))
    #expect(samples[1].files.map(\.path) == ["clips/1/0.jpg", "clips/1/1.jpg", "clips/1/2.jpg"])
    let stills = samples[1].stills
    #expect(stills.map(\.path) == samples[1].files.map(\.path))
    #expect(stills.map(\.frame) == [10, 11, 12] && stills.allSatisfy { !$0.isClip })
    #expect(stills.allSatisfy { $0.label == .fake && $0.landmarks?.count == 68 })
    #expect(samples[0].stills == [samples[0]])
  }

  @Test func lengthsOfAClipAreRoundedAndOthersExact() throws {
    var sample = try clip("clips/1", .fake, frames: 1)
    sample.frames?[0].landmarks = [SIMD2<Float>](repeating: SIMD2(1.23456, 2), count: 68)
    let text = String(decoding: try sample.json, as: UTF8.self)
    #expect(text.contains("[1.23,2]") && text.contains(#""rate":25"#))
    #expect(text.contains(#""box":[10,20,30,40]"#) && text.contains(#""time":0.4"#))
  }

  @Test func aClipOfWhichAFrameIsMissingIsSkippedByThatFrame() throws {
    let samples = [
      sample("a.jpg", .real), sample("b.jpg", .fake), try clip("clips/1", .fake, frames: 2),
    ]
    let set = try read(samples, isThere: ["a.jpg", "b.jpg", "clips/1/0.jpg"])
    #expect(set.samples == Array(samples[..<2]))
    #expect(set.skipped.map(\.description) == ["'clips/1/1.jpg' is not in the folder"])
  }

  @Test func aClipsIdentityInTwoSplitsIsRefused() throws {
    let still = sample("a.jpg", .real, split: .test)
    let moving = try clip("clips/1", .fake, frames: 2)
    #expect(
      throws: FacesError.leak(path: folder.path, SplitLeak(.person("alice"), still, moving))
    ) { try read([still, moving]) }
  }

  @Test func whatDoesNotFitInAClipIsNamed() throws {
    func fault(_ change: (inout Sample) -> Void) throws -> String? {
      var sample = try clip("clips/1", .fake, frames: 2)
      change(&sample)
      return sample.fault
    }
    #expect(try fault { _ in } == nil)
    #expect(try fault { $0.rate = nil } == "'rate' of a clip must be above 0")
    #expect(try fault { $0.rate = 0 } == "'rate' of a clip must be above 0")
    #expect(try fault { $0.frames = nil } == "'rate' is given, and there are no 'frames'")
    #expect(try fault { $0.frames = [] } == "'frames' must hold 1 to 600, not 0")
    #expect(
      try fault { $0.hash = String(repeating: "0", count: 64) }
        == "'hash' of a clip must stand with its frames")
    #expect(
      try fault { $0.frames?[1].time = 0.4 } == "'frames' must be in the order of their 'time'")
    #expect(
      try fault { $0.frames?[1].path = "clips/1/0.jpg" } == "'frames' names a picture twice")
    #expect(
      try fault { $0.frames?[1].path = "../1.jpg" }
        == "'path' of a frame must be a file below the folder")
    #expect(
      try fault { $0.frames?[0].landmarks = [.zero] } == "a frame has 1 landmarks, not 68")
    #expect(
      try fault { $0.frames?[0].hash = "abc" } == "'hash' must be 64 hexadecimal digits")
  }

  @Test func aRenamedClipKeepsItsFramesInOneFolder() throws {
    var sample = try clip("clips/1", .fake, frames: 2)
    sample.rename(to: "pictures/000007.jpg")
    #expect(sample.path == "pictures/000007")
    #expect(sample.files.map(\.path) == ["pictures/000007/1.jpg", "pictures/000007/2.jpg"])
    #expect(sample.fault == nil)
  }

  @Test func theLongestClipFitsALine() throws {
    var sample = try clip("clips/000001", .fake, frames: Sample.mostFrames)
    for frame in 0..<Sample.mostFrames {
      sample.frames?[frame].landmarks = (0..<68).map { SIMD2(123.45 + Float($0), 234.56) }
      sample.frames?[frame].hash = String(repeating: "f", count: 64)
    }
    #expect(sample.fault == nil)
    #expect(try sample.json.count < Sample.longestLine)
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

  /// A clip whose numbers stand rounding.
  private func clip(_ path: String, _ label: Label, frames: Int) throws -> Sample {
    var clip = sample(path, label)
    clip.rate = 25
    clip.frames = (0..<frames).map { number in
      var frame = SampleFrame(path: "\(path)/\(number).jpg", time: Double(10 + number) / 25)
      frame.frame = 10 + number
      frame.landmarks = (0..<68).map { SIMD2(Float($0) + 0.25, 7) }
      frame.box = FaceBox(x: 10, y: 20, width: 30, height: 40)
      frame.matrix = AffineMap(row: [1, 0, -10, 0, 1, -20])
      frame.hash = String(repeating: "0f", count: 32)
      return frame
    }
    return clip
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
    for file in samples.flatMap(\.files) where isThere?.contains(file.path) ?? true {
      try folder.write([1], as: file.path)
    }
    try folder.write(try samples.flatMap { try $0.json }, as: LabeledDataset.manifestName)
    return try LabeledDataset(reading: folder.path)
  }
}
