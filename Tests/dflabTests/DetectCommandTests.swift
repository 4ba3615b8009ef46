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
    #expect(command.crossValidation.crossValidate == "x.csv")
    #expect(command.crossValidation.folds == 5 && command.telling.json)
    #expect(try Detect.parse(["--cross-validate", "x.csv"]).crossValidation.folds == nil)
  }

  @Test(arguments: [
    (["--cross-validate", "x.csv", "--folds", "1"], "--folds must be between 2 and 1000, not 1."),
    (
      [], "Name files to judge, or give one of --retrain, --evaluate and --cross-validate."
    ),
    (
      ["x.png", "--retrain"],
      "Name files to judge, or give one of --retrain, --evaluate and --cross-validate."
    ),
    (
      ["--retrain", "--with", "mesa4"],
      "There is no detector 'mesa4'. Did you mean 'meso4'? Known are spectrum, shallow, cnn, cnn-bn, "
        + "c5, meso4, mesoinception4, resnet18, efficientnet-b0, xception."
    ),
    (["--retrain", "--with", "cnn,cnn"], "Name each detector once."),
    (
      ["--retrain", "--minutes", "1", "--iterations", "5"],
      "Give --minutes or --iterations, not both."
    ),
    (
      ["--retrain", "--data", "a", "--data", "b"],
      "Give --data once; only --evaluate takes several sets."
    ),
    (
      ["--evaluate", "--with", "cnn", "--methods", "sbi"],
      "--methods says nothing to --evaluate: leave it away."
    ),
    (["--evaluate", "--explain"], "--explain says nothing to --evaluate: leave it away."),
    (
      ["--retrain", "--robustness"], "--robustness says nothing to --retrain: leave it away."
    ),
    (
      ["x.png", "--report-name", "x"],
      "--report-name says nothing to the judging of files: leave it away."
    ),
    (
      ["--cross-validate", "x.csv", "--with", "cnn"],
      "--with says nothing to --cross-validate: leave it away."
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
      "--evaluate", "--with", "cnn", "--data", "a", "--data", "b", "--robustness", "--report-name",
      "x",
    ],
    ["--retrain", "--with", "cnn", "--data", "a", "--seed", "3", "--minutes", "2", "--force"],
    ["x.png", "--with", "cnn", "--every", "2", "--track", "--explain", "--exit-code"],
    ["--cross-validate", "x.csv", "--seed", "3", "--folds", "4", "--report-name", "x"],
  ])
  func eachModeTakesItsOwnOptions(arguments: [String]) throws { _ = try Detect.parse(arguments) }

  @Test func whatIsNotGivenIsLeftToTheRun() throws {
    let request = try Detect.parse(["--retrain", "--name", "x"]).trainingRequest()
    var expected = DetectRequest()
    expected.name = "x"
    #expect(request == expected)
  }

  @Test func theReportSaysWhatAConstantAnswerGets() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("table.csv")
    let lines = (0..<40).map { "\($0 % 4 == 0 ? 1 : 0),\($0 % 4 == 0 ? 5 : 1),\($0 % 3)" }
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    let result = try TableCrossValidation(
      of: FeatureTable(reading: path), at: path, folds: 4, seed: 1)
    let text = CrossValidationSummary(result: result).text
    #expect(text.hasPrefix("\(path): 30 real and 10 fake samples of 2 features, 4 folds\n"))
    #expect(text.contains("read the balanced accuracy before the accuracy"))
    #expect(text.contains("linear SVM           1.0000    1.0000 to 1.0000  1.0000"))
    #expect(text.contains("a constant answer gets an accuracy of 0.7500"))
  }

  @Test func theSpectrumBenchmarkCountsPictures() throws {
    let command = try BenchSpectrum.parse(["--count", "3", "--side", "32", "--features", "20"])
    var benchmark = SpectrumBenchmark()
    (benchmark.count, benchmark.side, benchmark.features) = (
      command.count, command.side, command.features
    )
    let result = try benchmark.measure()
    #expect(result.pictures == 3 && result.side == 32 && result.picturesPerSecond > 0)
  }
}
