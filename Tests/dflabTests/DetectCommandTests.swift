import ArgumentParser
import Detection
import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows
@testable import dflab

@Suite struct DetectCommandTests {
  @Test func crossValidationTakesATableAndFolds() throws {
    let command = try Detect.parse(["--cross-validate", "x.csv", "--folds", "5", "--json"])
    let request = try command.crossValidationRequest
    #expect(request.table == "x.csv" && request.folds == 5 && command.outputOptions.json)
    #expect(try Detect.parse(["--cross-validate", "x.csv"]).crossValidationRequest.folds == 10)
  }

  @Test(arguments: [
    (["--cross-validate", "x.csv", "--folds", "1"], "--folds must be between 2 and 1000, not 1."),
    (
      [], "Give files, or one of --retrain, --evaluate, --calibrate and --cross-validate."
    ),
    (
      ["x.png", "--retrain"],
      "Give files, or one of --retrain, --evaluate, --calibrate and --cross-validate."
    ),
    (
      ["--retrain", "--detectors", "mesa4"],
      "Unknown detector 'mesa4'. Did you mean 'meso4'? Known detectors: spectrum, shallow, cnn, cnn-bn, "
        + "c5, meso4, mesoinception4, resnet18, resnet50, efficientnet-lite0, efficientnet-b0, "
        + "efficientnet-b4, xception, spsl, capsule, f3net, srm, clip-vit, resnext50-lstm, "
        + "resnext50-lstm-last, densenet121-gru, i3d, flow, blink, pulse, prnu, artifacts."
    ),
    (
      ["--retrain", "--crop-share", "1.5"], "--crop-share must be between 0.2 and 1.0, not 1.5."
    ),
    (["--retrain", "--learning-rate", "0"], "--learning-rate must be above 0.0, not 0.0."),
    (["--evaluate", "--size", "64"], "--size cannot be used with --evaluate. Omit it."),
    (["--retrain", "--detectors", "cnn,cnn"], "Give each detector only once."),
    (
      ["--retrain", "--minutes", "1", "--iterations", "5"],
      "Give --minutes or --iterations, not both."
    ),
    (
      ["--retrain", "--data", "a", "--data", "b"],
      "Give --data only once; only --evaluate takes several datasets."
    ),
    (
      ["--evaluate", "--detectors", "cnn", "--methods", "sbi"],
      "--methods cannot be used with --evaluate. Omit it."
    ),
    (["--evaluate", "--explain"], "--explain cannot be used with --evaluate. Omit it."),
    (
      ["--retrain", "--robustness"], "--robustness cannot be used with --retrain. Omit it."
    ),
    (
      ["x.png", "--robustness"],
      "--robustness cannot be used with scoring files. Omit it."
    ),
    (
      ["x.png", "--name", "x", "--out", "y"],
      "Give --name or --out, not both."
    ),
    (
      ["--cross-validate", "x.csv", "--detectors", "cnn"],
      "--detectors cannot be used with --cross-validate. Omit it."
    ),
  ])
  func whatCannotBeIsRefused(arguments: [String], message: String) {
    do {
      _ = try Detect.parse(arguments)
      Issue.record("accepted \(arguments)")
    } catch {
      #expect(Detect.message(for: error) == message)
    }
  }

  @Test(arguments: [
    [
      "--evaluate", "--detectors", "cnn", "--data", "a", "--data", "b", "--robustness", "--name",
      "x",
    ],
    ["--retrain", "--detectors", "cnn", "--data", "a", "--seed", "3", "--minutes", "2", "--force"],
    [
      "x.png", "--detectors", "cnn", "--every", "2", "--all-faces", "--name", "n", "--explain",
      "--exit-code",
    ],
    ["--cross-validate", "x.csv", "--seed", "3", "--folds", "4", "--name", "x"],
  ])
  func eachModeTakesItsOwnOptions(arguments: [String]) throws { _ = try Detect.parse(arguments) }

  @Test func whatIsNotGivenIsLeftToTheRun() throws {
    let request = try Detect.parse(["--retrain", "--name", "x"]).trainingRequest
    var expected = DetectRequest()
    expected.name = "x"
    #expect(request == expected)
  }

  @Test func whatANetworkIsShownIsTheUsers() throws {
    let request = try Detect.parse([
      "--retrain", "--size", "160", "--crop-share", "0.8", "--learning-rate", "3e-4", "--init",
      "imagenet",
    ]).trainingRequest
    #expect(request.size == 160 && request.cropShare == 0.8 && request.learningRate == 3e-4)
    #expect(request.initialModel == "imagenet")
  }

  @Test func importedWeightsAreOfANetworkOrOfMesoNet() throws {
    for name in [
      "resnet18", "resnet50", "efficientnet-lite0", "efficientnet-b0", "efficientnet-b4",
      "xception", "capsule", "clip-vit", "resnext50-lstm", "resnext50-lstm-last",
      "densenet121-gru", "i3d", "mesonet",
    ] {
      #expect(try ModelImport.parse(["x", "--as", name]).request.kind?.word == name)
    }
    let request = try ModelImport.parse(["x.safetensors", "--as", "efficientnet-lite0"]).request
    #expect(request.kind == .network(.efficientnetLite0) && request.name == nil)
    #expect {
      try ModelImport.parse(["x", "--as", "cnn"])
    } throws: {
      ModelImport.message(for: $0)
        == "--as must be one of resnet18, resnet50, efficientnet-lite0, efficientnet-b0, "
        + "efficientnet-b4, xception, capsule, clip-vit, resnext50-lstm, resnext50-lstm-last, "
        + "densenet121-gru, i3d, mesonet, not 'cnn'."
    }
  }

  @Test func exitCodesTellTheVerdictsWhereTheyAreAskedFor() {
    func codes(_ verdicts: FileVerdict.Verdict...) -> [Int32?] {
      [false, true].map { InferenceProgress.exitCode(of: verdicts, isAsked: $0) }
    }
    #expect(codes(.real) == [nil, nil] && codes(.real, .noFace) == [nil, nil])
    #expect(codes(.fake) == [nil, 2] && codes(.undecided) == [nil, 4])
    #expect(codes(.real, .undecided, .fake) == [nil, 2] && codes(.real, .undecided) == [nil, 4])
    #expect(codes(.noFace) == [3, 3] && codes(.noFace, .notApplicable) == [3, 3])
    #expect(codes() == [3, 3])
  }

  @Test func theReportSaysWhatAConstantAnswerGets() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("table.csv")
    let lines = (0..<40).map { "\($0 % 4 == 0 ? 1 : 0),\($0 % 4 == 0 ? 5 : 1),\($0 % 3)" }
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    var progress = CrossValidationState(table: "", folds: 4, seed: 1)
    let result = try #require(
      try TableCrossValidation(of: FeatureTable(reading: path), at: path, &progress))
    let text = CrossValidationSummary(result: result).text
    #expect(text.hasPrefix("\(path): 30 real and 10 fake samples of 2 features, 4 folds\n"))
    #expect(text.contains("Use the balanced accuracy"))
    #expect(text.contains("linear SVM           1.0000    1.0000 to 1.0000  1.0000"))
    #expect(text.contains("a constant prediction has an accuracy of 0.7500"))
  }

  @Test func theSpectrumBenchmarkCountsPictures() throws {
    let command = try BenchSpectrum.parse(["--count", "3", "--size", "32", "--features", "20"])
    var benchmark = SpectrumBenchmark()
    (benchmark.count, benchmark.side, benchmark.features) = (
      command.count, command.size, command.features
    )
    let result = try benchmark.measure()
    #expect(result.pictures == 3 && result.side == 32 && result.picturesPerSecond > 0)
  }
}
