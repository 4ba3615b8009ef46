import ArgumentParser
import Foundation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows
@testable import dflab

/// A workspace with a tiny swap run, made as a command makes it.
private struct SwappedWorkspace {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace.make(at: folder.path).workspace
    for (name, seed) in [("a", UInt64(1)), ("b", 2), ("c", 3)] {
      let path = workspace.datasets(of: name)
      try RunFolder.make(path)
      for (index, picture) in gradientPictures(16, side: 48, seed: seed).enumerated() {
        try Data(try picture.encoded(as: .png, mark: nil))
          .write(to: URL(filePath: "\(path)/\(index + 10).png"))
      }
    }
  }

  func run(_ words: [String]) async throws {
    let line = words + ["--workspace", workspace.path]
    try await RecordingContext.record(warn: { Issue.record("\($0)") }) {
      var command = try DFLab.parseAsRoot(line)
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
    }
  }
}

@Suite struct RunCommandTests {
  @Test func aRepeatedSwapAgreesToTheBit() async throws {
    let place = try SwappedWorkspace()
    try await place.run([
      "swap", "--a", place.workspace.datasets(of: "a"), "--b", place.workspace.datasets(of: "b"),
      "--name", "ab", "--batch", "1", "--iterations", "2", "--quiet",
    ])
    try await place.run(["runs", "repeat", "ab"])
    let registry = try Registry(workspace: place.workspace.path)
    let (run, again) = (try registry.run(named: "ab"), try registry.run(named: "ab-repeat"))
    #expect(run.state == .done && again.state == .done && run.seed == "1")
    #expect(run.parents == [] && run.sources == ["Datasets/a", "Datasets/b"])
    let same = try RepetitionOutcome(run, again, in: place.workspace)
    // 32 swaps, two files of weights, and the metrics.
    #expect(same.agrees && same.same == 35)
    #expect(RunRepeat.lines(same) == ["'ab-repeat' is identical to 'ab': 35 files."])

    let swap = "\(place.workspace.lab(of: "ab"))/swaps/a2b/10.png"
    let check = try place.workspace.check(file: swap)
    #expect(check.verdict == .unchanged && check.making == "swap, a2b" && check.parents.count == 1)
    #expect(check.model?.file == "Checkpoints/ab/best.safetensors")
    #expect(try Verify.code(of: Verification(of: swap, workspace: nil)) == nil)
    #expect(try Verify.code(of: Verification(of: "ab", workspace: place.workspace.path)) == nil)
    try FileManager.default.removeItem(atPath: "\(place.workspace.lab(of: "ab"))/swaps/b2a/11.png")
    try Data("other".utf8).write(to: URL(filePath: swap))
    #expect(try Verify.code(of: Verification(of: swap, workspace: nil)) == 2)
    #expect(try Verify.code(of: Verification(of: "ab", workspace: place.workspace.path)) == 2)
    let differing = try RepetitionOutcome(run, again, in: place.workspace)
    #expect(differing.different == ["Labs/ab/swaps/a2b/10.png"])
    #expect(differing.missing == ["Labs/ab/swaps/b2a/11.png"] && differing.same == 33)
    let metrics = RunFolder(name: "ab", in: place.workspace).results
    let text = try String(contentsOfFile: metrics, encoding: .utf8)
    let mean = try #require(text.firstMatch(of: /"mean" : 0\.[0-9]+/)).0
    try Data(text.replacing(mean, with: "\"mean\" : 0.5", maxReplacements: 1).utf8)
      .write(to: URL(filePath: metrics))
    #expect(
      try RepetitionOutcome(run, again, in: place.workspace).different
        == ["Labs/ab/results.json", "Labs/ab/swaps/a2b/10.png"])
    let picture = "\(place.workspace.datasets(of: "a"))/10.png"
    #expect(try Verify.code(of: Verification(of: picture, workspace: nil)) == 3)
  }

  @Test func aRepeatedSetAgreesToTheBit() async throws {
    let place = try SwappedWorkspace()
    try await place.run([
      "augment", "--models", "none", "--count", "12", "--size", "64", "--no-audit", "--quiet",
    ])
    try await place.run(["runs", "repeat", "augmented", "--json"])
    let registry = try Registry(workspace: place.workspace.path)
    let again = try registry.run(named: "augmented-repeat")
    #expect(again.home == "Datasets/augmented-repeat")
    let outcome = try RepetitionOutcome(
      try registry.run(named: "Datasets/augmented"), again, in: place.workspace)
    #expect(outcome.agrees && outcome.same >= 13)
  }

  @Test func asJSONNothingButTheAnswerIsPrinted() async throws {
    let place = try SwappedWorkspace()
    try await place.run([
      "augment", "--models", "none", "--count", "12", "--size", "64", "--no-audit", "--json",
    ])
    let process = Process()
    let pipe = Foundation.Pipe()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "dflab")
    process.arguments = [
      "runs", "repeat", "augmented", "--json", "--workspace", place.workspace.path,
    ]
    (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let answer = try JSONSerialization.jsonObject(with: output) as? [String: Any]
    #expect(answer?["repetition"] as? String == "Datasets/augmented-repeat")
  }

  @Test func theNewNameTakesThePlaceOfTheOldOne() async throws {
    let place = try SwappedWorkspace()
    let words = ["faces", "synthesize", "--people", "1", "--count", "1", "--size", "64", "--quiet"]
    try await place.run(words)
    let registry = try Registry(workspace: place.workspace.path)
    let path = "\(place.workspace.path)/Datasets/people-repeat"
    let repetition = try registry.repetition(of: "people")
    let request = try repetition.request(SynthesisRequest.self)
    #expect(request.out == path && request.people == 1 && request.size == 64)
    try RunFolder.make(path)
    #expect(try repetition.request(SynthesisRequest.self).out == path + "-2")
  }

  @Test func aLedgerThatWasTamperedWithHasACodeOfItsOwn() async throws {
    let place = try SwappedWorkspace()
    try await place.run(["faces", "synthesize", "--people", "1", "--count", "1", "--quiet"])
    let path = "\(place.workspace.path)/Datasets/people/ledger.jsonl"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(text.replacing("faces synthesize", with: "faces Synthesize").utf8)
      .write(to: URL(filePath: path))
    let check = try Verification(of: "people", workspace: place.workspace.path)
    #expect(Verify.code(of: check) == 4)
    guard case .run(let run) = check else { throw CancellationError() }
    #expect(Verify.lines(run).contains("Ledger line 1 was modified."))
  }

  @Test(arguments: [
    (["init", "--x"], "Unknown option '--x'"),
    (["runs", "compare", "one"], "Give at least two runs."),
    (["runs", "show"], "Missing expected argument '<name>'"),
    (["models", "export", "x"], "Give --name for a model, or --onnx for a file."),
  ])
  func wrongWordsAreRefused(words: [String], message: String) {
    #expect { try DFLab.parseAsRoot(words) } throws: { DFLab.message(for: $0) == message }
  }

  @Test func statusTellsWhatCouldBeNext() async throws {
    let place = try SwappedWorkspace()
    let status = try Registry(workspace: place.workspace.path).status()
    #expect(status.kinds.map(\.count) == [0, 3, 0, 0, 0])
    let text = Status.text(status)
    #expect(text.contains("dflab swap") && text.contains("dflab augment"))
  }

  @Test func statusTellsStepsOfDuelsFromTheRest() async throws {
    let place = try SwappedWorkspace()
    let parts = ["duel", "duel-s1-d1", "other-s1-d1"]
    for name in parts {
      try await place.run(
        [
          "faces", "synthesize", "--people", "1", "--count", "1", "--quiet", "--out",
          place.workspace.datasets(of: name),
        ])
    }
    let lab = "\(place.workspace.path)/Labs/duel"
    try FileManager.default.createDirectory(atPath: lab, withIntermediateDirectories: true)
    try Data("{}".utf8).write(to: URL(filePath: "\(lab)/duel.json"))
    let sets = try #require(
      try Registry(workspace: place.workspace.path).status().kinds.first { $0.name == "face sets" })
    #expect(sets.count == 6 && sets.ofDuels == 1 && sets.newest != "duel-s1-d1")
  }

  @Test func tablesAreAsWideAsWhatIsInThem() {
    let table = TextTable(["NAME", "SIZE"], [["a", "12"], ["longer", "3"]], right: [1])
    #expect(table.text == "NAME    SIZE\na         12\nlonger     3")
    #expect(size(999) == "1 kB" && size(1_500_000) == "1.5 MB" && size(20_000_000) == "20 MB")
    #expect(date("2026-11-21T21:30:05Z") == "2026-11-21 21:30" && date(nil) == "-")
  }
}
