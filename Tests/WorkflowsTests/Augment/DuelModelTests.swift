import Detection
import Engine
import Foundation
import Generation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct DuelModelTests {
  @Test func modelsOfDuelsAreTakenOnlyByTheirNames() throws {
    let folder = try TemporaryFolder()
    let workspace = try testWorkspace(in: folder)
    let (a, b) = (
      try writeFaces("a", in: folder, seed: 1), try writeFaces("b", in: folder, seed: 2)
    )
    for name in ["own", "small-s1-g1-test1", "small-s1-c2-test1", "other-s1-g1-test1"] {
      var request = SwapRequest(a: a, b: b)
      (request.name, request.workspace, request.batch) = (name, workspace.path, 1)
      request.budget.iterations = 1
      request.sessionOptions.skipsSwaps = true
      _ = try SwapRun.train(request)
    }
    let shallow = NetworkArchitecture.shallow
    let detector = RunFolder(name: "d-shallow", in: workspace)
    try RunFolder.make(detector.checkpoints)
    try TrainedDetector(
      NetworkDetector(
        DetectorNetwork(shallow, side: shallow.input.side, randomness: RandomSource(seed: 1)),
        input: shallow.input), operatingPoint: OperatingPoint(threshold: 0.5),
      program: Program.name
    ).write(to: detector.best)
    func usual() throws -> SourceModels {
      try SourceModels(nil, in: workspace, people: ["a", "b"], alike: [:])
    }
    #expect(try usual().models.count == 4, "where there is no duel, names say nothing")
    for duel in ["small", "other"] {
      try RunFolder.make(workspace.lab(of: duel))
      try Data("{}".utf8).write(to: URL(filePath: RunFolder(name: duel, in: workspace).duel))
    }
    let models = try usual()
    #expect(models.models.map(\.name) == ["own"])
    #expect(
      models.notes == [
        "Ignoring a model of the duel 'other'. Use --models to select it.",
        "Ignoring 2 models of the duel 'small'. Use --models to select them.",
      ])
    let named = try SourceModels(
      ["small-s1-c2-test1"], in: workspace, people: ["a"], alike: [:])
    #expect(named.models.map(\.name) == ["small-s1-c2-test1"] && named.notes == [])
  }
}
