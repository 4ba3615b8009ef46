import Engine
import Foundation
import TestSupport
import Testing

/// Checkpoints against files that Python's safetensors wrote; see Golden/checkpoints.py.
@Suite struct CheckpointTests {
  private let x = Tensor(shape: [2, 3], values: [1, -2.5, 3e-8, .infinity, 0, 7])

  private func golden(_ name: String) throws -> String {
    try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Golden")
    ).path
  }

  @Test func writesWhatPythonWritesByteForByte() throws {
    let half = Tensor(shape: [3], values: [1, -0.333, 65280]).converted(to: .bfloat16)
    let checkpoint = Checkpoint(
      tensors: [
        // bfloat16 goes to the end by itself.
        ("half", half), ("a.weight", x), ("b", Tensor(zeros: [0, 4])),
        ("c \"é\"", Tensor(shape: [], values: [0.5])),
      ],
      metadata: ["made by": "dflab\n\"1\""])
    let folder = try TemporaryFolder()
    try checkpoint.write(to: folder.path("written.safetensors"))
    let written = try Data(contentsOf: URL(filePath: folder.path("written.safetensors")))
    #expect(written == (try Data(contentsOf: URL(filePath: try golden("written")))))
  }

  @Test func readsWhatPythonWrote() throws {
    let checkpoint = try Checkpoint(reading: try golden("written"))
    #expect(checkpoint.metadata == ["made by": "dflab\n\"1\""])
    #expect(checkpoint.tensors.map(\.name) == ["a.weight", "b", "c \"é\"", "half"])
    #expect(try checkpoint.tensor("a.weight") == x)
    #expect(try checkpoint.tensor("b") == Tensor(zeros: [0, 4]))
    #expect(try checkpoint.tensor("c \"é\"") == Tensor(shape: [], values: [0.5]))
    // >>> torch.tensor([1.0, -0.333, 65280.0]).bfloat16().float()
    #expect(try checkpoint.tensor("half").values == [1, -0.33203125, 65280])
  }

  @Test func readsEveryPrecisionAsFloat32() throws {
    let file = try CheckpointFile(try golden("mixed"))
    #expect(try file.tensor("f32") == x)
    #expect(try file.tensor("bf16") == x.converted(to: .bfloat16).converted(to: .float32))
    // >>> x.half().float()
    #expect(try file.tensor("f16").values == [1, -2.5, 5.9604645e-08, .infinity, 0, 7])
    #expect(try file.tensor("f16").precision == .float32)
    #expect(file.shape(of: "f16") == [2, 3])
    #expect(file.shape(of: "nothing") == nil)
  }

  @Test func integersAreRefusedInWords() throws {
    let path = try golden("integers")
    #expect(try CheckpointFile(path).shape(of: "steps") == [2])
    #expect(
      throws: EngineError.unreadableCheckpoint(
        path: path,
        reason: "the tensor 'steps' holds I64, and only F32, BF16 and F16 are read")
    ) { try CheckpointFile(path).tensor("steps") }
  }

  @Test func aMissingTensorIsNamed() throws {
    let path = try golden("mixed")
    #expect(throws: EngineError.mismatchedCheckpoint(path: path, reason: "'f64' is missing")) {
      try CheckpointFile(path).tensor("f64")
    }
    #expect(throws: EngineError.mismatchedCheckpoint(path: path, reason: "'f64' is missing")) {
      try Checkpoint(reading: path).tensor("f64")
    }
  }

  @Test func weightsSurviveARoundTripInAnyLayout() throws {
    let plain = Tensor(shape: [5, 3, 2, 2], values: (0..<60).map { Float($0) - 30 })
    func model(_ plain: Tensor) -> [NamedParameter] {
      [
        NamedParameter("w", Parameter(plain, layout: .panels(plainShape: [5, 3, 2, 2]))),
        NamedParameter("mean", Parameter(Tensor(shape: [2], values: [1, 2]), isTrainable: false)),
      ]
    }
    let folder = try TemporaryFolder()
    let path = folder.path("model.safetensors")
    try Checkpoint.write(model(plain).entries, to: path)
    #expect(try Checkpoint(reading: path).tensor("w") == plain)
    let other = model(Tensor(zeros: [5, 3, 2, 2]))
    try other.restore(from: try CheckpointFile(path))
    #expect(other[0].parameter.plain == plain)
  }

  @Test func countsAreExact() throws {
    for count in [0, 1, 1 << 24, 123_456_789_012] {
      let entry = CheckpointEntry(count: count, name: "n")
      let checkpoint = Checkpoint(tensors: [(entry.name, entry.tensor)])
      #expect(try checkpoint.count("n") == count)
    }
    let broken = Checkpoint(tensors: [("n", Tensor(shape: [2], values: [0, .nan]))])
    #expect(throws: EngineError.unreadableCheckpoint(path: "", reason: "'n' is not a count")) {
      try broken.count("n")
    }
  }
}
