import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

/// Faces of one color, a level brighter from frame to frame, so that a crop tells its frame.
private func brightening(from level: UInt8, _ frames: Int) -> FaceClip {
  FaceClip(
    (0..<frames).map { frame in
      let pixels = [UInt8](repeating: level + UInt8(frame), count: 256 * 256 * 3)
      return FaceClip.Frame(crop: Image(width: 256, height: 256, pixels: pixels))
    }, rate: 25)
}

/// Clips of which the fake ones flicker: each frame is brighter or darker than the one before.
private func flickering(_ count: Int, frames: Int = 16, seed: UInt64) -> LabeledClips {
  let faces = gradientPictures(count, seed: seed)
  return LabeledClips(
    faces.enumerated().map { index, face in
      let isFake = index % 2 == 1
      let own = (0..<frames).map { frame in
        let change: UInt8 = isFake && frame % 2 == 1 ? 40 : 0
        return FaceClip.Frame(
          crop: Image(width: 256, height: 256, pixels: face.pixels.map { max($0, 40) - change }))
      }
      return (clip: FaceClip(own, rate: 25), label: isFake ? .fake : .real)
    })
}

@Suite struct FrameWindowsTests {
  @Test(arguments: [1, 5, 16]) func windowsCoverAllFramesEvenly(frames: Int) {
    for count in frames...100 {
      let starts = FrameWindows.starts(covering: count, by: frames)
      #expect(starts.count == (count + frames - 1) / frames)
      #expect(starts.first == 0 && starts.last == count - frames)
      #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 && $1 <= $0 + frames })
    }
  }

  @Test func aClipOfTwiceTheFramesHasTwoWindows() {
    #expect(FrameWindows.starts(covering: 32, by: 16) == [0, 16])
    #expect(FrameWindows.starts(covering: 40, by: 16) == [0, 12, 24])
    #expect(FrameWindows.starts(covering: 3, by: 1) == [0, 1, 2])
  }
}

@Suite struct ClipBatchesTests {
  private let input = DetectorInput(side: 8)

  /// A real clip of 20 frames and its twin, one of 16, and one that is too short.
  private var clips: LabeledClips {
    let clips = [
      brightening(from: 10, 20), brightening(from: 110, 20), brightening(from: 60, 16),
      brightening(from: 200, 15),
    ]
    let (labels, lengths) = ([Label.real, .fake, .real, .fake], [20, 20, 16, 15])
    let crops = clips.flatMap { $0.frames.map(\.crop) }
    let faces = DetectorFaces(
      labels: zip(labels, lengths).flatMap { [Label](repeating: $0, count: $1) },
      units: (0..<20).map { [$0, 20 + $0] } + (40..<71).map { [$0] }
    ) { crops[$0] }
    return LabeledClips(
      labels: labels, lengths: lengths, groups: ["a", "a", "b", "c"], faces: faces
    ) { clips[$0] }
  }

  private func batches(
    shifts: DetectorShifts = .none, degrading: DetectorBatches.Degrading? = nil
  ) -> DetectorBatches {
    var settings = DetectorSettings(.i3d)
    (settings.input, settings.batch, settings.shifts) = (input, 3, shifts)
    return DetectorBatches(
      of: NetworkSamples(of: clips, frames: 16), settings, degrading: degrading,
      randomness: RandomSource(seed: 3))
  }

  /// The gray level of each frame's first pixel.
  private func levels(_ clip: Int, of batch: DetectorBatch) -> [Int] {
    let values = batch.input.samples(clip..<clip + 1).values
    let size = values.count / 16
    return (0..<16).map { Int((values[$0 * size] * 255).rounded()) }
  }

  @Test func shortClipsAreLeftOutAndTwinsStayTogether() {
    let samples = NetworkSamples(of: clips, frames: 16)
    #expect(samples.count == 3 && samples.labels == [.real, .fake, .real])
    #expect(samples.units == [[0, 1], [2]])
    let faces = NetworkSamples(of: clips, frames: 1)
    #expect(faces.count == 71 && faces.units.count == 51)
    let settings = DetectorSettings(.i3d)
    #expect(settings.batch == 8 && DetectorSettings(.resnet18).batch == 32)
  }

  @Test func aBatchHoldsConsecutiveFramesOfEachClip() {
    var starts: Set<Int> = []
    for iteration in 0..<30 {
      let batch = batches().batch(iteration: iteration)
      #expect(batch.input.shape == [3, 16, 8, 8, 3])
      var byBase: [Int: Int] = [:]
      for clip in 0..<3 {
        let levels = levels(clip, of: batch)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 == $0 + 1 }, "\(levels)")
        let base = levels[0] < 50 ? 10 : levels[0] < 100 ? 60 : 110
        byBase[base] = levels[0] - base
      }
      // The twins begin with the same frame, and the clip of 16 frames with its first.
      #expect(byBase[10] == byBase[110] && byBase[60] == 0)
      starts.insert(byBase[10] ?? -1)
      #expect(batch.twins.compactMap { $0 }.count == 1)
    }
    #expect(starts == [0, 1, 2, 3, 4])
  }

  @Test func framesAndTwinsAreDegradedAlikeButForTheirNoise() {
    let batch = batches { source in
      let strength = UInt8(source.uniform(0...40))
      return { image, frame in
        // The same of each frame; one level more where noise would differ.
        Image(
          width: 256, height: 256,
          pixels: image.pixels.map { $0 + strength + UInt8(frame % 2) })
      }
    }.batch(iteration: 0)
    var added: [Int: Int] = [:]
    for clip in 0..<3 {
      let levels = levels(clip, of: batch)
      let even = stride(from: 0, to: 16, by: 2).map { levels[$0] - $0 }
      let odd = stride(from: 1, to: 16, by: 2).map { levels[$0] - $0 - 1 }
      #expect(Set(even).count == 1 && even == odd, "\(levels)")
      if let twin = batch.twins[clip] { added[twin] = even[0] - 110 }
    }
    for (twin, strength) in added { #expect(levels(twin, of: batch)[0] - 10 == strength) }
  }

  @Test func allFramesOfAClipAreMovedAlike() {
    let picture = gradientPictures(1, seed: 2)[0]
    let still = FaceClip([FaceClip.Frame](repeating: FaceClip.Frame(crop: picture), count: 16))
    var settings = DetectorSettings(.i3d)
    (settings.input, settings.batch) = (input, 2)
    let batch = DetectorBatches(
      of: NetworkSamples(of: LabeledClips([(still, .real), (still, .fake)]), frames: 16), settings,
      randomness: RandomSource(seed: 3)
    ).batch(iteration: 0)
    let frames = batch.input.reshaped(to: [32, 8, 8, 3])
    func frame(_ index: Int) -> [Float] { frames.samples(index..<index + 1).values }
    for index in 1..<16 {
      #expect(frame(index) == frame(0))
      #expect(frame(16 + index) == frame(16))
    }
    #expect(frame(0) != frame(16), "two units are moved differently")
  }
}

@Suite struct ClipDetectorTests {
  private let network = DetectorNetwork(.i3d, side: 32, randomness: RandomSource(seed: 1))

  private var detector: NetworkDetector {
    var input = NetworkArchitecture.i3d.input
    input.side = 32
    return NetworkDetector(network, input: input)
  }

  private func clip(_ frames: Range<Int>) -> FaceClip {
    let faces = gradientPictures(frames.upperBound, seed: 7)
    return FaceClip(frames.map { FaceClip.Frame(crop: faces[$0]) }, rate: 25)
  }

  @Test func aClipHasOneScoreAndALongOneTheMeanOfItsWindows() throws {
    let detector = detector
    let scores = detector.scores(of: [clip(0..<16), clip(16..<32), clip(0..<32), clip(0..<15)])
    let logits = scores.prefix(3).flatMap(\.logits)
    #expect(logits.count == 3)
    #expect(scores[2] == .clip((logits[0] + logits[1]) / 2))
    #expect(scores[3] == .notApplicable("the clip has 15 of the 16 consecutive frames needed"))
    #expect(
      detector.scores(of: stills(gradientPictures(1, seed: 1)))
        == [.notApplicable("the clip has 1 of the 16 consecutive frames needed")])
    #expect(detector.differentiable == nil, "no adversary of single pictures")
  }

  @Test func aFileBringsBackTheScores() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("best.safetensors")
    try TrainedDetector(detector).write(to: path)
    let loaded = try TrainedDetector(reading: path, as: .i3d).detector
    #expect(loaded.requirements == DetectorRequirements(frames: 16))
    #expect(loaded.scores(of: [clip(0..<16)]) == detector.scores(of: [clip(0..<16)]))
    #expect(
      throws: DetectionError.otherDetector(path: path, found: "i3d", wanted: "resnext50-lstm")
    ) { try TrainedDetector(reading: path, as: .resnext50LSTM) }
  }
}

/// From labeled clips through training, saving and resuming to scores.
@Suite struct ClipTrainingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Trains a network, and returns the last detector that was kept and the notes for the user.
  private func trained(
    _ architecture: NetworkArchitecture, on training: LabeledClips, iterations: Int,
    stoppingAfter: Int? = nil
  ) throws -> (detector: NetworkDetector?, notes: [String]) {
    var (kept, notes, steps) = ((any Detector)?.none, [String](), 0)
    let context = DetectorTraining(
      training: training, validation: flickering(2, seed: 2), batch: 2, size: 32,
      budget: DetectorBudget(iterations: iterations),
      latest: folder.path("latest.safetensors"), program: "test",
      isInterrupted: { stoppingAfter.map { steps >= $0 } ?? false }, keep: { kept = $0 },
      report: { event in
        if case .noted(let sentence) = event { notes.append(sentence) }
        if case .stepped = event { steps += 1 }
      })
    try DetectorDefinition.network(architecture).train(context, nil)
    return (kept as? NetworkDetector, notes)
  }

  @Test func trainingOnClipsResumesWhereItWasInterrupted() throws {
    let clips = flickering(6, seed: 1)
    let whole = try #require(try trained(.i3d, on: clips, iterations: 3).detector)
    try FileManager.default.removeItem(atPath: folder.path("latest.safetensors"))
    // A later session keeps a detector only if it is better.
    let first = try trained(.i3d, on: clips, iterations: 3, stoppingAfter: 2).detector
    let second = try trained(.i3d, on: clips, iterations: 3).detector
    let resumed = try #require(second ?? first)
    let unseen = flickering(2, frames: 20, seed: 5)
    let scores = whole.scores(of: unseen)
    #expect(scores == resumed.scores(of: unseen))
    let samples = NetworkSamples(of: unseen, frames: 16)
    #expect(scores.flatMap(\.logits) == whole.logits(of: samples))
  }

  @Test func shortClipsAreOmittedWithANote() throws {
    let long = flickering(4, seed: 1)
    let short = flickering(2, frames: 5, seed: 3)
    let all =
      (0..<4).map { (clip: long[$0], label: long.labels[$0]) }
      + (0..<2).map { (clip: short[$0], label: short.labels[$0]) }
    let (detector, notes) = try trained(.i3d, on: LabeledClips(all), iterations: 1)
    #expect(detector != nil)
    #expect(
      notes == [
        "'i3d' omits 2 of 6 training samples, which have fewer than 16 consecutive frames."
      ])
  }

  @Test func dataWithoutClipsAreRefusedInWords() throws {
    let error = #expect(throws: DetectionError.self) {
      _ = try trained(.i3d, on: flickering(4, frames: 5, seed: 1), iterations: 1)
    }
    #expect(
      error?.description == """
        'i3d' needs real and fake clips of at least 16 consecutive frames, and the training split lacks \
        one class of them. Create a dataset of clips with 'dflab augment --clips'.
        """)
  }
}
