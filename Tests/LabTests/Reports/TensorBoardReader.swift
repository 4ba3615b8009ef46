import Foundation

/// TensorBoard's own Python package, where it is installed.
struct TensorBoardReader {
  /// A number at a step.
  struct Point: Decodable {
    let step: Int
    let value: Double
  }

  private let python: String

  /// Nil where neither `DFLAB_PYTHON` nor `python3` has the package.
  init?() {
    python = ProcessInfo.processInfo.environment["DFLAB_PYTHON"] ?? "python3"
    guard (try? run("import tensorboard", [])) != nil else { return nil }
  }

  /// All numbers of a folder's event files, by name.
  func scalars(in folder: String) throws -> [String: [Point]] {
    let text = try run(
      TensorBoardReader.reading + """
        print(json.dumps({tag: [{"step": e.step, "value": e.value} for e in events.Scalars(tag)]
                          for tag in events.Tags()["scalars"]}))
        """, [folder])
    return try JSONDecoder().decode([String: [Point]].self, from: text)
  }

  /// The names of all pictures that can be decoded.
  func pictures(in folder: String) throws -> [String] {
    let text = try run(
      TensorBoardReader.reading + """
        print(json.dumps([tag for tag in events.Tags()["images"] if all(
          e.encoded_image_string.startswith(b"\\x89PNG") and e.width > 0 for e in events.Images(tag))]))
        """, [folder])
    return try JSONDecoder().decode([String].self, from: text)
  }

  private static let reading = """
    import json, sys
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0})
    events.Reload()

    """

  private struct Failure: Error { let status: Int32 }

  private func run(_ script: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python, "-c", script] + arguments
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return data
  }
}
