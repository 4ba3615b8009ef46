import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

@Suite struct NetworkDetectorTests {
  private func detector(_ architecture: NetworkArchitecture = .cnn) -> NetworkDetector {
    let input = DetectorInput(
      side: 32, share: 0.8, mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.3, 0.4])
    let network = DetectorNetwork(architecture, side: 32, randomness: RandomSource(seed: 1))
    return NetworkDetector(network, input: input, settings: "{}")
  }

  @Test func aFileBringsBackTheScoresAndWhatIsKnownOfThem() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("best.safetensors")
    let faces = gradientPictures(20, seed: 1)
    let real = ScoredSamples<Frames>(
      probabilities: [0.1, 0.5, 0.6, 0.9], labels: [.real, .real, .fake, .fake],
      groups: ["a", "b", "c", "d"])
    let videos = try ScoredVideos(
      of: real, videos: ["a", "b", "c", "d"], methods: ["real", "real", "sbi", "warp"],
      data: "validation split of 'x'", identities: 4)
    let point = try OperatingPoint(of: real, videos: videos)
    #expect(point.fakeAt == 0.55 && point.rates?.falseAlarms == Proportion(0, of: 2))
    let trained = TrainedDetector(
      detector(), calibration: Calibration(method: .platt, slope: 2, intercept: -0.5),
      operatingPoint: point, distributions: ScoreDistributions(of: videos), program: "test")
    try trained.write(to: path)
    let loaded = try TrainedDetector(reading: path, as: .cnn)
    let scores = loaded.detector.scores(of: stills(faces))
    #expect(scores == trained.detector.scores(of: stills(faces)))
    #expect(scores.flatMap(\.logits) == detector().logits(of: faces))
    #expect(loaded.calibration == trained.calibration)
    #expect(loaded.operatingPoint == point && loaded.program == "test")
    #expect(loaded.distributions == trained.distributions)
    let network = try #require(loaded.detector as? NetworkDetector)
    #expect(network.input == detector().input && network.settings == "{}")
  }

  @Test(arguments: [NetworkArchitecture.efficientnetLite0, .resnet18, .meso4])
  func scoresDoNotDependOnTheNumberOfThreads(architecture: NetworkArchitecture) {
    let faces = gradientPictures(5, seed: 4)
    let detector = detector(architecture)
    let one = ThreadPool.with(threads: 1) { detector.logits(of: faces) }
    for threads in 2...4 {
      #expect(ThreadPool.with(threads: threads) { detector.logits(of: faces) } == one)
    }
  }

  @Test func scoresDoNotDependOnTheirCompany() {
    let faces = gradientPictures(NetworkDetector.batch + 3, seed: 2)
    let detector = detector()
    let together = detector.logits(of: faces)
    let alone = faces.map { detector.logits(of: [$0])[0] }
    #expect(zip(together, alone).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(detector.logits(of: [Image]()).isEmpty)
  }

  @Test func laterTrainingDoesNotTouchADetector() {
    let network = DetectorNetwork(.cnn, side: 32, randomness: RandomSource(seed: 1))
    let detector = NetworkDetector(network, input: DetectorInput(side: 32))
    let faces = gradientPictures(2, seed: 3)
    let before = detector.logits(of: faces)
    for entry in network.parameters { entry.parameter.value.write { $0[0] += 1 } }
    #expect(detector.logits(of: faces) == before)
  }

  @Test func foreignFilesAreRefusedInWords() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    #expect(throws: DetectionError.self) { try TrainedDetector(reading: path) }
    try Checkpoint(tensors: [("w", Tensor(zeros: [2]))], metadata: ["kind": "dflab swap"])
      .write(to: path)
    #expect(throws: DetectionError.noDetector(path: path, reason: "its kind is 'dflab swap'")) {
      try TrainedDetector(reading: path)
    }
    try Checkpoint(
      tensors: [("w", Tensor(zeros: [2]))],
      metadata: ["kind": "dflab detector", "detector": "resnet101"]
    ).write(to: path)
    #expect(
      throws: DetectionError.noDetector(
        path: path, reason: "unknown detector 'resnet101'")
    ) { try TrainedDetector(reading: path) }
  }

  @Test func anotherArchitectureIsRefusedInWords() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    try TrainedDetector(detector()).write(to: path)
    #expect(
      throws: DetectionError.otherDetector(path: path, found: "cnn", wanted: "resnet18")
    ) { try TrainedDetector(reading: path, as: .resnet18) }
    var checkpoint = TrainedDetector(detector()).checkpoint
    checkpoint.metadata["detector"] = "meso4"
    try checkpoint.write(to: path)
    #expect(
      throws: DetectionError.unusableDetector(path: path, reason: "'conv1.weight' is missing")
    ) { try TrainedDetector(reading: path) }
  }

  @Test(arguments: [
    #"{"intercept":0,"method":"platt","slope":1e308}"#,
    #"{"intercept":0,"method":"platt","slope":-1}"#,
    #"{"intercept":0,"method":"platt"}"#, "platt",
  ])
  func aCalibrationThatMakesNoProbabilitiesIsRefused(text: String) throws {
    try refuse("calibration", text, "invalid calibration")
  }

  @Test(arguments: ["2", "-0.1", "nan", "high"])
  func aThresholdThatIsNoProbabilityIsRefused(text: String) throws {
    try refuse("threshold", text, "invalid threshold")
  }

  @Test(arguments: [("2", "0"), ("0.5", "0.6"), ("nan", "0.1"), ("0.5", "-1"), ("0.5", nil)])
  func limitsThatAreNoneAreRefused(fake: String?, real: String?) throws {
    try refuse(["fake_at": fake, "real_below": real], "invalid limits of verdicts")
  }

  @Test(arguments: [
    #"{"data":"x","identities":1,"false_alarms":{"count":1,"total":1}}"#, "high",
    ErrorRateText.rates(falseAlarms: 2, undecided: 2, of: 3),
    ErrorRateText.rates(falseAlarms: 4, undecided: 0, of: 3),
  ])
  func errorRatesThatAreNoSharesAreRefused(text: String) throws {
    try refuse(["error_rates": text], "its error rates are no shares of samples")
  }

  @Test(arguments: [
    #"{"count":2,"scores":[0.1]}"#, #"{"count":2,"scores":[0.2,0.1]}"#,
    #"{"count":1,"scores":[1.5]}"#, #"{"count":0,"scores":[]}"#, "7",
  ])
  func scoresThatAreNoneAreRefused(text: String) throws {
    try refuse(
      [
        "score_distributions":
          #"{"data":"x","real":\#(text),"methods":{"sbi":{"count":1,"scores":[1]}}}"#
      ], "invalid score distributions")
  }

  private func refuse(_ key: String, _ text: String, _ reason: String) throws {
    try refuse([key: text], reason)
  }

  private func refuse(_ metadata: [String: String?], _ reason: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    let trained = TrainedDetector(detector(), operatingPoint: OperatingPoint(threshold: 0.5))
    var checkpoint = trained.checkpoint
    for (key, text) in metadata { checkpoint.metadata[key] = text }
    try checkpoint.write(to: path)
    #expect(throws: DetectionError.unusableDetector(path: path, reason: reason)) {
      try TrainedDetector(reading: path)
    }
  }

  @Test func brokenInputsAndWeightsAreRefusedInWords() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    var checkpoint = TrainedDetector(detector()).checkpoint
    checkpoint.metadata["input"] = "{\"side\":3}"
    try checkpoint.write(to: path)
    #expect(
      throws: DetectionError.unusableDetector(
        path: path, reason: "missing or invalid 'input'")
    ) { try TrainedDetector(reading: path) }
    checkpoint = TrainedDetector(detector()).checkpoint
    checkpoint.metadata["input"] = DetectorText.json(DetectorInput(side: 4))
    try checkpoint.write(to: path)
    #expect(
      throws: DetectionError.unusableDetector(path: path, reason: "invalid 'input'")
    ) { try TrainedDetector(reading: path) }
    checkpoint = TrainedDetector(detector()).checkpoint
    checkpoint.tensors[0].tensor.write { $0[3] = .nan }
    try checkpoint.write(to: path)
    #expect(
      throws: DetectionError.unusableDetector(
        path: path, reason: "'step1.conv.weight' is not finite")
    ) { try TrainedDetector(reading: path) }
  }
}

/// Error rates as files hold them.
private enum ErrorRateText {
  static func rates(falseAlarms: Int, undecided: Int, of total: Int) -> String {
    """
    {"data":"x","identities":1,"misses_by_method":{},\
    "false_alarms":{"count":\(falseAlarms),"total":\(total)},\
    "undecided_real":{"count":\(undecided),"total":\(total)},\
    "misses":{"count":0,"total":1},"undecided_fake":{"count":0,"total":1}}
    """
  }
}
