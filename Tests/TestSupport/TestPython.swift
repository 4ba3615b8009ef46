public import Foundation

/// The Python that reads what the lab writes: the one that `DFLAB_PYTHON` names, the one that `make test`
/// has put below `.build`, or the machine's own.
public enum TestPython {
  private static let program = {
    if let named = ProcessInfo.processInfo.environment["DFLAB_PYTHON"] { return named }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let own = root.appending(path: ".build/python/bin/python").path(percentEncoded: false)
    return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
  }()

  /// Whether TensorBoard's own package can be asked.
  public static let hasTensorBoard = has("tensorboard")
  /// Whether ONNX's own package can be asked.
  public static let hasONNX = has("onnx")
  /// Whether ONNX Runtime can be asked.
  public static let hasONNXRuntime = has("onnx") && has("onnxruntime")
  /// Whether a browser can be driven: Playwright, axe-core, and a Chromium.
  public static let hasBrowser =
    has("playwright") && has("axe_playwright_python")
    && FileManager.default.isExecutableFile(
      atPath: ProcessInfo.processInfo.environment["DFLAB_CHROMIUM"] ?? "/usr/bin/chromium")
  /// Whether there is any Python.
  public static let isThere = has("sys")
  /// Whether there is any Python, with its own SQLite.
  public static let hasSQLite = has("sqlite3")

  private static func has(_ package: String) -> Bool {
    (try? run("import \(package)", [])) != nil
  }

  private struct Failure: Error { let status: Int32 }

  /// What a script prints.
  public static func run(_ script: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program, "-c", script] + arguments
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return data
  }
}
