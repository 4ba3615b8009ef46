import Engine
import Foundation
import TestSupport
import Testing

/// Files that are no checkpoints, or no longer: each gets its own words and nothing crashes.
@Suite struct BrokenCheckpointTests {
  /// Asserts why a file of these bytes is refused.
  private func expect(
    _ bytes: [UInt8], isRefusedAs reason: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    try Data(bytes).write(to: URL(filePath: path))
    #expect(
      throws: EngineError.unreadableCheckpoint(path: path, reason: reason),
      sourceLocation: location
    ) { try CheckpointFile(path) }
  }

  private func expect(
    header: String, data: Int = 0, isRefusedAs reason: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let json = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
    let bytes = length + json + [UInt8](repeating: 0, count: data)
    try expect(bytes, isRefusedAs: reason, at: location)
  }

  @Test func missingFilesAndFoldersAreNamed() {
    #expect(
      throws: EngineError.unreadableCheckpoint(
        path: "/nowhere/x", reason: "No such file or directory")
    ) { try CheckpointFile("/nowhere/x") }
    #expect(
      throws: EngineError.unreadableCheckpoint(path: "/tmp", reason: "it is a folder, not a file")
    ) {
      try CheckpointFile("/tmp")
    }
    #expect(
      throws: EngineError.unreadableCheckpoint(
        path: "/dev/zero", reason: "not a regular file")
    ) { try CheckpointFile("/dev/zero") }
  }

  @Test func foreignFilesAreRecognized() throws {
    try expect([], isRefusedAs: "it is empty")
    try expect(Array("short".utf8), isRefusedAs: "not a safetensors file")
    try expect(
      Array("a text that is long enough".utf8), isRefusedAs: "not a safetensors file")
    try expect(
      [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 99),
      isRefusedAs:
        "not a safetensors file but a ZIP archive, such as PyTorch and Keras write")
    try expect(
      [0x89, 0x48, 0x44, 0x46] + [UInt8](repeating: 0, count: 99),
      isRefusedAs: "not a safetensors file but an HDF5 file, such as Keras writes")
    try expect(
      [0x80, 2] + [UInt8](repeating: 0, count: 99),
      isRefusedAs: "not a safetensors file but a Python pickle")
  }

  @Test func aHugeHeaderIsNotBelieved() throws {
    try expect(
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x7B],
      isRefusedAs: "not a safetensors file")
    try expect([1, 0, 0, 1, 0, 0, 0, 0, 0x7B], isRefusedAs: "not a safetensors file")
    try expect([0, 0, 0, 1, 0, 0, 0, 0, 0x7B], isRefusedAs: "it is cut off within its header")
  }

  @Test func brokenHeadersAreRefused() throws {
    let reason = "its header is not the JSON of a safetensors file"
    for header in [
      "{", "{]", "{\"a\":1}", "{\"a\":{\"dtype\":\"F32\"}}", "{\"__metadata__\":{\"a\":1}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}",
      "{\"a\":" + String(repeating: "[", count: 1_000_000),
    ] { try expect(header: header, data: 4, isRefusedAs: reason) }
  }

  @Test func impossibleTensorsAreRefused() throws {
    func header(_ shape: String, _ offsets: String) -> String {
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(offsets)]}}"
    }
    let largest = "9223372036854775807"
    for shape in ["-1", largest, "4294967296,4294967296,4294967296", "0,\(largest),\(largest)"] {
      try expect(
        header: header(shape, "0,4"), data: 4,
        isRefusedAs: shape.hasPrefix("0")
          ? "the tensor 'a' does not lie where its shape says"
          : "the tensor 'a' has an impossible shape")
    }
    for offsets in ["0,8", "4,0", "-4,0", "0", "0,4,8", "0,\(largest)", "-\(largest),\(largest)"] {
      try expect(
        header: header("1", offsets), data: 8,
        isRefusedAs: "the tensor 'a' does not lie where its shape says")
    }
  }

  @Test func tensorsMustFillTheFileWithoutGapsOrOverlaps() throws {
    func header(_ first: String, _ second: String) -> String {
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[\(first)]},"
        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[\(second)]}}"
    }
    let reason = "the tensor 'b' does not follow the one before it"
    try expect(header: header("0,8", "4,12"), data: 12, isRefusedAs: reason)
    try expect(header: header("0,8", "12,20"), data: 20, isRefusedAs: reason)
    try expect(
      header: header("8,16", "0,8"), data: 17,
      isRefusedAs: "1 extra bytes after the last tensor")
    try expect(
      header: header("8,16", "0,8"), data: 15,
      isRefusedAs: "it is cut off: 15 of 16 bytes of tensors are there")
  }

  @Test func everyTruncationAndEveryFlippedByteIsSurvived() throws {
    let url = try #require(
      Bundle.module.url(
        forResource: "written", withExtension: "safetensors", subdirectory: "Golden"))
    let whole = [UInt8](try Data(contentsOf: url))
    let folder = try TemporaryFolder()
    let path = folder.path("x.safetensors")
    for count in 0..<whole.count {
      try Data(whole[..<count]).write(to: URL(filePath: path))
      #expect(throws: EngineError.self) { try Checkpoint(reading: path) }
    }
    var read = 0
    for index in 0..<296 {
      var bytes = whole
      bytes[index] ^= 0x11
      try Data(bytes).write(to: URL(filePath: path))
      // Some of these are still files in good order, such as one with another name in it.
      if let checkpoint = try? Checkpoint(reading: path) {
        read += 1
        #expect(checkpoint.tensors.count <= 4)
      }
    }
    #expect(read < 100)
  }
}
