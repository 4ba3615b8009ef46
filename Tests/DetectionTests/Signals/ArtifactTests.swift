import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

/// A drawn face: the irises of fakes differ in color, and have no reflections.
private func drawnFace(_ seed: Int, isFake: Bool) -> FaceClip {
  let side = 256
  var chance = RandomSource(seed: UInt64(seed))
  let noise = (0..<side * side).map { _ in chance.uniform(-4...4) }
  let mean = MeanFace.aligned.map { SIMD2<Float>($0) }
  var pixels = [UInt8](repeating: 0, count: 3 * side * side)
  for place in noise.indices {
    for (channel, level) in [170.0, 130, 110].enumerated() {
      pixels[3 * place + channel] = UInt8(level + noise[place])
    }
  }
  for (number, first) in [36, 42].enumerated() {
    let center = (mean[first] + mean[first + 3]) / 2
    for y in Int(center.y) - 8...Int(center.y) + 8 {
      for x in Int(center.x) - 14...Int(center.x) + 14 {
        let (dx, dy) = (Double(Float(x) + 0.5 - center.x), Double(Float(y) + 0.5 - center.y))
        guard dx * dx / 150 + dy * dy / 20 < 1 else { continue }
        var color = [215.0, 210, 205]
        if dx * dx + dy * dy < 20 { color = number == 1 && isFake ? [60, 70, 110] : [80, 60, 45] }
        if !isFake, (dx - 1) * (dx - 1) + (dy + 1) * (dy + 1) < 1.5 { color = [250, 250, 250] }
        for channel in 0..<3 {
          pixels[3 * (y * side + x) + channel] = UInt8(
            min(max(color[channel] + noise[y * side + x], 0), 255))
        }
      }
    }
  }
  return FaceClip(still: Image(width: side, height: side, pixels: pixels), landmarks: mean)
}

@Suite struct ArtifactTests {
  private func clips(_ seeds: Range<Int>) -> LabeledClips {
    LabeledClips(
      seeds.flatMap { seed in
        [
          (clip: drawnFace(seed, isFake: false), label: Label.real),
          (clip: drawnFace(seed + 500, isFake: true), label: .fake),
        ]
      })
  }

  @Test func eyesOfDifferentColorWithoutReflectionsAreTold() throws {
    func features(_ clip: FaceClip) throws -> [Double] {
      try #require(ArtifactFeatures.of(clip.frames[0].crop, clip.frames[0].landmarks ?? []))
    }
    let (real, fake) = (
      try features(drawnFace(1, isFake: false)), try features(drawnFace(2, isFake: true))
    )
    #expect(real.count == ArtifactFeatures.names.count && real.allSatisfy(\.isFinite))
    #expect(fake[1] > 0.3 && real[1] < 0.1, "color: \(fake[1]), \(real[1])")
    #expect(real[2] > 0.3 && fake[2] < 0.15, "reflections: \(real[2]), \(fake[2])")
  }

  // >>> x = np.outer(np.arange(9.), np.ones(9)) ** 2
  // >>> e = lambda a, b: abs(convolve2d(x, np.outer(a, b), "valid")).mean()
  // >>> L, E, S = [1,4,6,4,1], [-1,-2,0,2,1], [-1,0,2,0,-1]
  // >>> np.log2((e(L, E) + e(E, L)) / 2 / x[2:7, 2:7].mean() + 1e-3), np.log2((e(L, S) + e(S, L)) / 2 / x[2:7, 2:7].mean() + 1e-3)
  // (4.830126, 1.830481)
  @Test func texturesAreThoseOfSciPy() {
    let values = (0..<81).map { Float(($0 / 9) * ($0 / 9)) }
    var region = Plane(width: 9, height: 9)
    for row in 2..<7 { for column in 2..<7 { region.values[row * 9 + column] = 1 } }
    let energies = LawsTexture(of: Plane(width: 9, height: 9, values: values)).energies(in: region)
    #expect(energies.count == 5)
    #expect(abs(energies[0] - 4.830126) < 1e-4 && abs(energies[2] - 1.830481) < 1e-4)
  }

  @Test func aDetectorLearnsThemAndItsFileScoresTheSame() throws {
    let folder = try TemporaryFolder()
    var trained: (any Detector)?
    let context = DetectorTraining(
      training: clips(0..<8), validation: clips(20..<24), budget: DetectorBudget(iterations: 1),
      latest: folder.path("latest"), program: "test", keep: { trained = $0 })
    try #require(DetectorRegistry.standard[.artifacts]).train(context, nil)
    let detector = try #require(trained)
    let test = clips(40..<44)
    let scores = detector.scores(of: test).flatMap(\.logits)
    for (score, label) in zip(scores, test.labels) { #expect((score > 0) == (label == .fake)) }
    let path = folder.path("artifacts.safetensors")
    try TrainedDetector(detector).write(to: path)
    let read = try TrainedDetector(reading: path, as: .artifacts)
    #expect(read.detector.scores(of: test).flatMap(\.logits) == scores)

    guard case .clip(let evidence)? = try detector.evidence(on: drawnFace(600, isFake: true)).first
    else {
      Issue.record("no evidence")
      return
    }
    let features = try #require(evidence as? FeatureEvidence)
    #expect(features.contributions.max() ?? 0 > 0)
    #expect(evidence.sentence(of: "the face").hasPrefix("Visual artifacts: eyes, mouth, nose and"))
    #expect(try evidence.drawn().width == 900)
  }

  @Test func aNetworkLearnsWhatAPlaneCannot() throws {
    // Exclusive or.
    var chance = RandomSource(seed: 7)
    let rows = (0..<160).map { _ in [chance.normal(), chance.normal()] }
    let labels = rows.map { $0[0] * $0[1] > 0 ? Label.fake : .real }
    let classifier = try FeatureClassifier(
      names: ["a", "b"], rows: rows, labels: labels, validation: rows, validationLabels: labels,
      seed: 1)
    #expect(classifier.metadata["classifier"] == "network")
    let right = zip(rows, labels).count { (classifier.logit(of: $0) > 0) == ($1 == .fake) }
    #expect(right > 140)
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    try Checkpoint(tensors: classifier.tensors, metadata: classifier.metadata).write(to: path)
    #expect(try FeatureClassifier(CheckpointFile(path), features: ["a", "b"]) == classifier)
  }

  @Test func aFaceWithoutEyesHasNoScore() throws {
    let detector = ArtifactDetector(try FeatureClassifierTests.constant(ArtifactFeatures.names))
    let points = [SIMD2<Float>](repeating: SIMD2(100, 100), count: 68)
    let clip = FaceClip(
      still: Image(width: 256, height: 256, filled: Color(9, 9, 9)), landmarks: points)
    #expect(
      detector.scores(of: [clip])
        == [.notApplicable("the eyes are too small, closed or not in the picture")])
  }
}

enum FeatureClassifierTests {
  /// A classifier of any features.
  static func constant(_ names: [String]) throws -> FeatureClassifier {
    let rows = (0..<8).map { row in names.indices.map { Double((row * 7 + $0) % 5) } }
    return try FeatureClassifier(
      names: names, rows: rows, labels: (0..<8).map { $0 % 2 == 0 ? .real : .fake })
  }
}
