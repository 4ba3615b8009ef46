import Engine
import Faces
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct AugmentClipsTests {
  private let shop: AugmentWorkshop

  init() throws { shop = try AugmentWorkshop() }

  private func request(_ count: Int = 12) -> AugmentRequest {
    var request = shop.request(count)
    (request.isClips, request.frames) = (true, 16)
    return request
  }

  @Test func consecutiveFramesBecomeClips() throws {
    try shop.sequences(6, frames: 40)
    var events: [AugmentEvent] = []
    let outcome = try AugmentRun.make(request(24)) { events.append($0) }
    #expect(
      events.contains(
        .read(
          faces: 12 * 16, clips: 12, people: 6, sets: (1...6).map { "clip\($0)" }, models: [])))
    let set = try LabeledDataset(reading: outcome.folder)
    #expect(set.samples.count == 24 && set.skipped.isEmpty)
    #expect(Set(set.samples.map(\.split)) == Set(Split.allCases))
    for sample in set.samples {
      let frames = try #require(sample.frames)
      #expect(frames.count == 16 && sample.rate.map { abs($0 - 25) < 1e-6 } == true)
      #expect(sample.degradations?.contains { [.h264, .transcode].contains($0.kind) } == true)
      #expect(sample.degradations?.contains { $0.kind == .jpeg } == false)
      for (first, next) in zip(frames, frames.dropFirst()) {
        #expect(next.frame == first.frame.map { $0 + 1 } && next.time > first.time)
      }
      for frame in frames {
        let bytes = try Data(contentsOf: URL(filePath: "\(set.path)/\(frame.path)"))
        #expect(frame.hash == FileHash.of(bytes) && frame.landmarks?.count == 68)
        let image = try Image(decoding: [UInt8](bytes), name: frame.path)
        #expect(image.width == 64 && image.height == 64)
      }
    }
    try expectReport(in: outcome.folder)
  }

  @Test func everyFakeHasARealTwinOfTheSameClip() throws {
    try shop.sequences(6, frames: 20)
    _ = try AugmentRun.make(request())
    let samples = try LabeledDataset(reading: shop.set()).samples
    for pair in stride(from: 0, to: samples.count, by: 2) {
      let (one, other) = (samples[pair], samples[pair + 1])
      #expect(one.label != other.label && one.split == other.split)
      #expect(one.parameters?["source"] == other.parameters?["source"])
      #expect(one.degradations == other.degradations)
      #expect(one.frames?.map(\.frame) == other.frames?.map(\.frame))
    }
  }

  @Test func threadsAndInterruptionsChangeNoBit() throws {
    try shop.sequences(4, frames: 20)
    _ = try AugmentRun.make(request())
    let whole = try shop.contents()
    try FileManager.default.removeItem(atPath: shop.set())
    let interruption = Interruption()
    let half = try ThreadPool.with(threads: 1) {
      try AugmentRun.make(request(), interruption: interruption) { event in
        if case .made = event { interruption.press() }
      }
    }
    #expect(half.made == 8 && half.sheet == nil)
    // What a kill leaves of a clip is made whole.
    try FileManager.default.removeItem(atPath: shop.set() + "/clips/000002/07.jpg")
    _ = try AugmentRun.make(request())
    #expect(try shop.contents() == whole)
  }

  @Test func aDonorIsAClipOfTheSameSplit() throws {
    try shop.sequences(9, frames: 16)
    var request = request(36)
    request.mixture = AugmentRecipe()
    request.mixture?.methods = [.xray: 1]
    request.shares = try #require(SplitRatios("40/30/30"))
    _ = try AugmentRun.make(request)
    let samples = try LabeledDataset(reading: shop.set()).samples
    let fakes = samples.filter { $0.label == .fake }
    #expect(fakes.allSatisfy { $0.method == "xray" && $0.identities.count == 2 })
    let places = Dictionary(grouping: samples, by: { $0.identities[0] }).mapValues { $0[0].split }
    for fake in fakes { #expect(places[fake.identities[1]] ?? fake.split == fake.split) }
  }

  @Test func theMouthOfAnotherTimeMakesAFakeWithARealTwin() throws {
    try shop.sequences(4, frames: 16)
    var request = request(8)
    request.mixture = AugmentRecipe()
    request.mixture?.methods = [.mouth: 1]
    _ = try AugmentRun.make(request)
    let whole = try shop.contents()
    let samples = try LabeledDataset(reading: shop.set()).samples
    let fakes = samples.filter { $0.label == .fake }
    #expect(fakes.count == 4 && fakes.allSatisfy { $0.identities.count == 1 })
    #expect(fakes.allSatisfy { $0.parameters?["expression"] == .word("frame") })
    for pair in stride(from: 0, to: samples.count, by: 2) {
      let (one, other) = (samples[pair], samples[pair + 1])
      #expect(one.label != other.label && one.degradations == other.degradations)
      #expect(one.parameters?["source"] == other.parameters?["source"])
    }
    try FileManager.default.removeItem(atPath: shop.set())
    _ = try ThreadPool.with(threads: 1) { try AugmentRun.make(request) }
    #expect(try shop.contents() == whole)
  }

  @Test func aGapEndsAClip() throws {
    try shop.sequences(3, frames: 40, gap: 20)
    var events: [AugmentEvent] = []
    _ = try AugmentRun.make(request(6)) { events.append($0) }
    // Of 20 frames before and 20 after the gap one clip each, instead of two of 40.
    #expect(
      events.contains { if case .read(_, 6, 3, _, _) = $0 { true } else { false } }, "\(events)")
  }

  @Test func aClipWhoseFirstFrameCannotBeDecodedIsSkippedWithANote() throws {
    try shop.sequences(4, frames: 16)
    let broken = shop.workspace.datasets(of: "clip2") + "/000001.jpg"
    try Data(repeating: 7, count: 100).write(to: URL(filePath: broken))
    var events: [AugmentEvent] = []
    _ = try AugmentRun.make(request(6)) { events.append($0) }
    #expect(
      events.contains { if case .read(_, 3, 3, _, _) = $0 { true } else { false } }, "\(events)")
    let notes = events.compactMap { if case .noted(let note) = $0 { note } else { nil } }
    #expect(notes.contains("'clip2': '000001.jpg' is not a picture of a supported format."))
  }

  @Test func setsWithoutConsecutiveFramesAreNamed() throws {
    try shop.people(4)
    #expect(
      throws: WorkflowError.noClips(path: shop.set("people/p001"), sets: 4, frames: 16)
    ) { try AugmentRun.make(request()) }
    try shop.sequences(3, frames: 16)
    var notes: [String] = []
    _ = try AugmentRun.make(request(6)) { if case .noted(let note) = $0 { notes.append(note) } }
    #expect(
      notes.contains(
        "Skipping 4 face sets without enough consecutive frames for a clip, such as 'people/p001'.")
    )
  }

  @Test func picturesAndClipsDoNotMix() throws {
    try shop.sequences(4, frames: 16)
    _ = try AugmentRun.make(request(8))
    #expect(
      throws: WorkflowError.setInTheWay(path: shop.set(), reason: "its samples are clips")
    ) { try AugmentRun.make(shop.request(8)) }
  }

  @Test func theAuditLooksAtWhatVideosTell() throws {
    try shop.sequences(6, frames: 32)
    var request = request(24)
    request.isAudited = true
    let outcome = try AugmentRun.make(request)
    let audit = try #require(outcome.audit)
    #expect(
      Set(audit.baselines.map(\.name)).isSuperset(of: [
        "frame count", "bit rate", "keyframe pattern", "frame difference", "border pixels",
        "file size",
      ]))
  }
}
