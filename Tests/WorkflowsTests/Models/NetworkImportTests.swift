import Engine
import Foundation
import TestSupport
import Testing

@testable import Detection
@testable import Records
@testable import Workflows

@Suite struct NetworkImportTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../../..")
    .standardizedFileURL.path

  /// The carried weights under timm's names, in a file of the folder.
  private func published(in folder: TemporaryFolder) throws -> String {
    let (carried, path) = (folder.path("carried.safetensors"), folder.path("timm.safetensors"))
    try Data(CarriedModel.imageNetLite0.bytes).write(to: URL(filePath: carried))
    let timm = NetworkArchitecture.efficientnetLite0.published[0]
    let tensors = try Checkpoint(reading: carried).tensors.map { named in
      (try #require(timm.source(of: named.name)?.name), named.tensor)
    }
    try Checkpoint(tensors: tensors).write(to: path)
    return path
  }

  @Test func publishedWeightsBecomeAModelThatTrainingBeginsWith() throws {
    let shop = try StripedWorkshop()
    let file = try published(in: shop.folder)
    let path = try NetworkImport.run(
      file: file, as: .efficientnetLite0, name: "mine", workspace: shop.workspace.path)
    let network = try PretrainedNetwork(reading: path)
    #expect(network.origin == "timm.safetensors" && network.program == Program.name)
    var export = ExportRequest("mine", as: "half")
    export.workspace = shop.workspace.path
    let half = try ModelExporter.export(export)[0]
    // The carried weights have been rounded already.
    #expect(
      try Checkpoint(reading: half).tensors.map(\.tensor)
        == (try Checkpoint(reading: path).tensors.map(\.tensor)))
    var request = shop.request
    (request.detectors, request.iterations, request.batch) = ([.efficientnetLite0], 1, 4)
    (request.size, request.initialModel) = (32, "half")
    _ = try DetectRun.train(request)
    let record = try #require(
      try DetectRecord.read(at: RunFolder(name: "quick", in: shop.workspace).settings))
    #expect(record.initialization?.name == "half")
    #expect(record.initialization?.hash == (try FileHash.ofFile(half)))
  }

  @Test func aRefusedFileLeavesNoModel() throws {
    let folder = try TemporaryFolder()
    let workspace = try testWorkspace(in: folder)
    let file = try published(in: folder)
    #expect(
      throws: DetectionError.noPublishedNetwork(
        path: file, network: "xception", reason: "'conv1.weight' is missing and 225 more")
    ) {
      do {
        _ = try NetworkImport.run(
          file: file, as: .xception, name: "mine", workspace: workspace.path)
      } catch DetectionError.noPublishedNetwork(let path, let network, let reason) {
        // What has another shape or is unexpected is told of in Detection's tests.
        throw DetectionError.noPublishedNetwork(
          path: path, network: network, reason: String(reason.prefix { $0 != ";" }))
      }
    }
    #expect(try Registry(workspace: workspace.path).models() == [])
  }

  @Test(.enabled(if: TestPython.isThere, "no Python"), arguments: ["archive", "stream"])
  func picklesBecomeSafetensors(name: String) throws {
    let folder = try TemporaryFolder()
    let written = folder.path("written.safetensors")
    try convert("\(name).pth", to: written)
    let (mine, theirs) = (
      try CheckpointFile(written), try CheckpointFile(golden("pickled.safetensors"))
    )
    #expect(mine.names.sorted() == theirs.names.sorted())
    for tensor in ["a.weight", "a.half", "b"] {
      #expect(try mine.tensor(tensor) == (try theirs.tensor(tensor)), "\(tensor)")
    }
    #expect(mine.shape(of: "steps") == [])
  }

  @Test(.enabled(if: TestPython.isThere, "no Python"))
  func aPickleOfMoreThanTensorsIsRefused() throws {
    let folder = try TemporaryFolder()
    let written = folder.path("written.safetensors")
    #expect(throws: (any Error).self) { try convert("module.pth", to: written) }
    #expect(!FileManager.default.fileExists(atPath: written))
  }

  private func golden(_ name: String) -> String {
    "\(Self.root)/Tests/DetectionTests/Golden/\(name)"
  }

  private func convert(_ pickle: String, to path: String) throws {
    _ = try TestPython.run(
      "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')",
      ["\(Self.root)/Checkpoints/safetensors_from_pth.py", golden(pickle), path])
  }
}
