public import Engine
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
  /// Whether Optuna's own package can be asked.
  public static let hasOptuna = has("optuna")
  /// Whether ONNX's own package can be asked.
  public static let hasONNX = has("onnx")
  /// Whether ONNX Runtime can be asked.
  public static let hasONNXRuntime = has("onnx") && has("onnxruntime")
  /// Whether PyTorch can export its users' networks.
  public static let hasTorchModels =
    has("torch, torchvision, timm, transformers, onnx, onnxscript")
  /// Whether a browser can be driven: Playwright, axe-core, and a Chromium.
  public static let hasBrowser =
    has("playwright") && has("axe_playwright_python")
    && FileManager.default.isExecutableFile(
      atPath: ProcessInfo.processInfo.environment["DFLAB_CHROMIUM"] ?? "/usr/bin/chromium")
  /// Whether yt-dlp can be asked.
  public static let hasDownloader = has("yt_dlp")
  /// Whether Pillow can be asked.
  public static let hasPillow = has("PIL")
  /// Whether the reference implementation of C2PA can be asked.
  public static let hasC2PA = has("c2pa")
  /// Whether there is any Python.
  public static let isThere = has("sys")
  /// Whether there is any Python, with its own SQLite.
  public static let hasSQLite = has("sqlite3")

  private static func has(_ package: String) -> Bool {
    (try? run("import \(package)", [])) != nil
  }

  private struct Failure: Error { let status: Int32 }

  /// What ONNX Runtime makes of a graph, which ONNX's checker accepts: the outputs, in order.
  public static func outputs(
    ofGraph path: String, _ inputs: [String: Tensor]
  ) throws -> [Tensor] {
    let folder = try TemporaryFolder()
    var arguments = [path]
    for (name, tensor) in inputs.sorted(by: { $0.key < $1.key }) {
      let text = tensor.values.map { "\($0)" }.joined(separator: " ")
      try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
      arguments += [name, folder.path(name), tensor.shape.map { "\($0)" }.joined(separator: ",")]
    }
    let script = """
      import sys, numpy, onnx, onnxruntime
      path, rest = sys.argv[1], sys.argv[2:]
      onnx.checker.check_model(path, full_check=True)
      given = {}
      for name, file, shape in zip(rest[::3], rest[1::3], rest[2::3]):
        values = numpy.loadtxt(file, dtype=numpy.float32, ndmin=1)
        given[name] = values.reshape([int(length) for length in shape.split(",")])
      for result in onnxruntime.InferenceSession(path).run(None, given):
        print(*result.shape)
        print(*result.ravel())
      """
    let lines = String(decoding: try run(script, arguments), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true)
    return stride(from: 0, to: lines.count, by: 2).map { line in
      Tensor(
        shape: lines[line].split(separator: " ").compactMap { Int($0) },
        values: lines[line + 1].split(separator: " ").compactMap { Float($0) })
    }
  }

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
