import Engine
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

private func exported(_ run: String, as name: String = "demo", in folder: TemporaryFolder)
  -> ExportRequest
{
  var request = ExportRequest(run, as: name)
  request.workspace = folder.path
  return request
}

@Suite struct PretrainedModelTests {
  @Test func anExportedModelIsHalfAsLargeAndSwapsAsBefore() throws {
    let folder = try TemporaryFolder()
    let request = try request(in: folder)
    let trained = try SwapRun.train(request)
    let path = try ModelExporter.export(exported("a-b", in: folder))[0]
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    #expect(try size(path) < size(run.best) * 51 / 100)

    var shown = request
    (shown.budget.iterations, shown.pretrained) = (nil, "demo")
    let outcome = try SwapRun.train(shown)
    #expect(
      outcome.run == "a-b-demo" && outcome.stopped == .pretrained && outcome.swaps.swapped == 32)
    let (before, after) = (try #require(trained.best), try #require(outcome.best))
    #expect(after.iteration == before.iteration)
    #expect(abs(after.quality.ssimA - before.quality.ssimA) < 0.01)
    #expect(after.quality != before.quality)
    let made = RunFolder(try RunName("a-b-demo"), in: try Workspace(at: folder.path))
    for file in [made.preview, made.page, made.markdown, made.settings] {
      #expect(FileManager.default.fileExists(atPath: file), "\(file)")
    }
    #expect(!FileManager.default.fileExists(atPath: made.best))
    let report = try String(contentsOfFile: made.markdown, encoding: .utf8)
    #expect(report.contains("--pretrained demo") && report.contains("pretrained model 'demo'"))
  }

  @Test func aFinishedModelIsNotTrainedOn() throws {
    let folder = try TemporaryFolder()
    var request = try request(in: folder)
    _ = try SwapRun.train(request)
    _ = try ModelExporter.export(exported("a-b", in: folder))
    request.name = "demo"
    #expect(throws: WorkflowError.finishedModel(name: "demo")) { try SwapRun.train(request) }
  }

  @Test func aTrainingIsNotWrittenOver() throws {
    let folder = try TemporaryFolder()
    _ = try SwapRun.train(try request(in: folder))
    #expect(throws: WorkflowError.modelInTraining(name: "a-b")) {
      try ModelExporter.export(exported("a-b", as: "a-b", in: folder))
    }
  }

  @Test func aModelThatIsNotThereIsSaidInWords() throws {
    let folder = try TemporaryFolder()
    var request = try request(in: folder)
    request.pretrained = "none"
    let path = "\(Workspace.absolute(folder.path))/Checkpoints/none/best.safetensors"
    #expect(throws: RecordsError.noModel(name: "none", path: path)) { try SwapRun.train(request) }
  }

  @Test func peopleThatAreNotRenderedYetAreSaidInWords() throws {
    let folder = try TemporaryFolder()
    let workspace = try testWorkspace(in: folder)
    let request = try SwapRequest(["pretrained": ["demo"]])
    #expect(throws: WorkflowError.notRendered(name: "demo")) {
      try request.located(in: workspace)
    }
    for person in ["demo/p001", "demo/p002"] { _ = try writeFaces(person, in: folder, seed: 1) }
    let located = try request.located(in: workspace)
    #expect(located.a == "\(workspace.datasets(of: "demo"))/p001")
    #expect(located.b == "\(workspace.datasets(of: "demo"))/p002" && located.pretrained == "demo")
  }

  private func size(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
  }

  private func request(in folder: TemporaryFolder) throws -> SwapRequest {
    _ = try testWorkspace(in: folder)
    var request = SwapRequest(
      a: try writeFaces("a", in: folder, seed: 1), b: try writeFaces("b", in: folder, seed: 2))
    request.workspace = folder.path
    request.batch = 1
    request.budget.iterations = 1
    return request
  }
}
