import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Detection

@Suite struct DetectorRegistryTests {
  private let registry = DetectorRegistry.standard

  @Test func namesAreThoseOfTheField() {
    #expect(
      registry.kinds.map(\.rawValue) == [
        "spectrum", "shallow", "cnn", "cnn-bn", "c5", "meso4", "mesoinception4", "resnet18",
        "resnet50", "efficientnet-lite0", "efficientnet-b0", "efficientnet-b4", "xception", "spsl",
        "capsule", "f3net", "srm", "clip-vit", "resnext50-lstm", "resnext50-lstm-last",
        "densenet121-gru", "i3d", "flow", "blink", "pulse", "prnu", "artifacts", "onnx",
      ])
  }

  @Test func aWordMeansAKindOrTheBeginningOfOneAlone() {
    #expect(registry.kind(matching: "cnn") == .cnn)
    #expect(registry.kind(matching: "EfficientNet-L") == .efficientnetLite0)
    #expect(registry.kind(matching: "eff") == nil)
    #expect(registry.kind(matching: "meso") == nil)
    #expect(registry.kind(matching: "vit") == nil)
  }

  @Test func aGroupNamesItsDetectors() {
    #expect(registry.kinds(ofGroup: "all") == registry.kinds)
    #expect(registry.kinds(ofGroup: "frequency")?.contains(.spectrum) == true)
    #expect(registry.kinds(ofGroup: "frame")?.contains(.xception) == true)
    #expect(registry.kinds(ofGroup: "xception") == nil)
    // No group hides a kind, nor the beginning of one.
    for word in DetectorGroup.words { #expect(registry.kind(matching: word) == nil) }
    let groups = DetectorGroup.allCases.compactMap { registry.kinds(ofGroup: $0.rawValue) }
    #expect(Set(groups.flatMap(\.self)) == Set(registry.kinds))
  }

  @Test func everyDetectorSaysWhatItIs() {
    for definition in registry.definitions {
      #expect(definition.summary.hasSuffix("."), "\(definition.kind.rawValue)")
    }
  }

  @Test func aNetworkIsFoundByItsName() {
    for architecture in NetworkArchitecture.allCases {
      #expect(NetworkArchitecture(rawValue: architecture.rawValue) == architecture)
      #expect(registry[architecture.kind]?.isIterative == true)
    }
    #expect(NetworkArchitecture(rawValue: "spectrum") == nil)
    #expect(registry[.spectrum]?.isIterative == false)
  }
}

@Suite struct DetectorRequirementsTests {
  private func clip(_ count: Int, rate: Double = 25, landmarks: Bool = false) -> FaceClip {
    let frames = gradientPictures(count, side: 8, seed: 1).enumerated().map { number, crop in
      var frame = FaceClip.Frame(crop: crop)
      (frame.number, frame.time) = (number, Double(number) / rate)
      frame.landmarks = landmarks ? [SIMD2<Float>](repeating: .zero, count: 68) : nil
      return frame
    }
    return FaceClip(frames, rate: rate)
  }

  @Test func whatAClipLacksIsSaid() {
    #expect(DetectorRequirements().lack(of: clip(1)) == nil)
    #expect(
      DetectorRequirements(frames: 16).lack(of: clip(5))
        == "the clip has 5 of the 16 consecutive frames needed")
    #expect(DetectorRequirements(frames: 5).lack(of: clip(5)) == nil)
    #expect(
      DetectorRequirements(seconds: 10).lack(of: clip(5))
        == "the clip lasts 0.2 of the 10 seconds needed")
    #expect(DetectorRequirements(seconds: 0.2).lack(of: clip(5)) == nil)
    #expect(
      DetectorRequirements(landmarks: true).lack(of: clip(1))
        == "the landmarks of the face are not known")
    #expect(DetectorRequirements(landmarks: true).lack(of: clip(1, landmarks: true)) == nil)
    var sourced = clip(1)
    #expect(
      DetectorRequirements(sourcePixels: true).lack(of: sourced)
        == "the source frames are not available")
    sourced.source = SourceFrames(gradientPictures(1, side: 8, seed: 1))
    #expect(DetectorRequirements(sourcePixels: true).lack(of: sourced) == nil)
  }

  @Test func aClipIsAsLongAsSecondsAndFramesAsk() {
    #expect(DetectorRequirements().length(atRate: 25) == 1)
    #expect(DetectorRequirements(frames: 16).length(atRate: nil) == 16)
    #expect(DetectorRequirements(frames: 16, seconds: 10).length(atRate: 29.97) == 300)
    let both = DetectorRequirements(frames: 16).union(DetectorRequirements(landmarks: true))
    #expect(both == DetectorRequirements(frames: 16, landmarks: true))
  }

  @Test func clipsThatLackSomethingAreNotScoredAndKeepTheirPlace() {
    struct Counting: Detector {
      let kind = DetectorKind("counting")
      let requirements = DetectorRequirements(frames: 3)
      func scores(ofSufficient clips: [FaceClip]) -> [DetectorScore] {
        clips.map { .clip(Double($0.frames.count)) }
      }
      func checkpoint() -> Checkpoint { Checkpoint(tensors: []) }
    }
    let scores = Counting().scores(of: [clip(3), clip(2), clip(4)])
    #expect(
      scores == [
        .clip(3), .notApplicable("the clip has 2 of the 3 consecutive frames needed"), .clip(4),
      ])
    #expect(scores[0].logits(byFrame: 3) == [3, 3, 3])
    #expect(scores[1].logits(byFrame: 2) == [nil, nil])
    #expect(scores.map(\.logits) == [[3], [], [4]])
  }

  @Test func aFrameDetectorScoresEveryFrameOfEveryClip() {
    struct Brightness: FrameDetector {
      let kind = DetectorKind("brightness")
      func logits(of faces: [Image]) -> [Double] { faces.map { Double($0.pixels[0]) } }
      func checkpoint() -> Checkpoint { Checkpoint(tensors: []) }
    }
    let clips = [clip(2), clip(1), clip(3)]
    let scores = Brightness().scores(of: clips)
    #expect(
      scores == clips.map { clip in .frames(clip.frames.map { Double($0.crop.pixels[0]) }) })
    #expect(scores[2].logits(byFrame: 3).count == 3)
    #expect(scores.allSatisfy { $0.reason == nil })
  }
}

/// Pictures as a detector is given them.
func stills(_ faces: [Image]) -> [FaceClip] { faces.map { FaceClip(still: $0) } }
