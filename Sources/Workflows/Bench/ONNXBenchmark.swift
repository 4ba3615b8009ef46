import Engine
import Foundation
import ONNX

/// Benchmarks a graph in ONNX's format, turn about with ONNX Runtime.
public struct ONNXBenchmark: Sendable {
  /// The model's file.
  public var path: String
  /// Pictures, or clips, that are computed at once; one measurement for each.
  public var batches = [1, 32]
  /// Measured rounds, after two warm-up rounds; the median counts.
  public var repeats = 10
  /// A length for dimensions, other than the first, that the graph leaves open.
  public var size = 224
  /// Whether to measure ONNX Runtime, too, where Python has it.
  public var hasPeer = true

  /// Ten rounds each of one picture and of 32.
  public init(path: String) { self.path = path }

  /// The result for one number of pictures.
  public struct Result: Codable, Equatable, Sendable {
    public let batch, threads: Int
    /// Median seconds of a round.
    public let seconds: Double
    /// The same of ONNX Runtime; nil where it is not there.
    public let peerSeconds: Double?
    /// The largest difference of an output, relative to the largest value; nil without a peer.
    public let difference: Double?
    /// Peak memory of the process so far, with the model, and that of Python with ONNX Runtime.
    public let peakMemoryBytes: Int
    public let peerPeakMemoryBytes: Int?

    enum CodingKeys: String, CodingKey {
      case batch, threads, seconds, difference
      case peerSeconds = "onnxruntime_seconds"
      case peakMemoryBytes = "peak_memory_bytes"
      case peerPeakMemoryBytes = "onnxruntime_peak_memory_bytes"
    }

    /// How many times faster than ONNX Runtime.
    public var ratio: Double? { peerSeconds.map { $0 / seconds } }
  }

  /// What was measured.
  public struct Report: Codable, Equatable, Sendable {
    /// Seconds to open and check the model, and to compute its first picture.
    public let openSeconds, firstSeconds: Double
    public let results: [Result]
    /// Milliseconds by operator at the last number of pictures.
    public let operators: [String: Double]

    enum CodingKeys: String, CodingKey {
      case results
      case openSeconds = "open_seconds"
      case firstSeconds = "first_seconds"
      case operators = "operator_ms"
    }
  }

  /// The result.
  public func measure() throws -> Report {
    let begun = ContinuousClock.now
    let session = try ONNX.Session(path: path)
    // What reading took is not needed any more.
    TensorMemory.releaseUnused()
    let opened = begun.duration(to: .now) / .seconds(1)
    _ = try session.run(try inputs(of: session, batch: 1))
    let first = begun.duration(to: .now) / .seconds(1) - opened
    let peer = hasPeer ? try? RuntimePeer(path: path, threads: ThreadPool.threads) : nil
    let results = try batches.map { try measure(session, peer, batch: $0) }
    let last = try inputs(of: session, batch: batches.last ?? 1)
    let operators = try session.operatorSeconds(last).mapValues { $0 * 1e3 }
    return Report(
      openSeconds: opened, firstSeconds: first, results: results, operators: operators)
  }

  private func measure(
    _ session: ONNX.Session, _ peer: RuntimePeer?, batch: Int
  ) throws -> Result {
    let given = try inputs(of: session, batch: batch)
    try peer?.load(session.inputs.map { ($0.name, given[$0.name]) })
    var (own, others): ([Double], [Double]) = ([], [])
    var outputs: [Value] = []
    for round in 0..<repeats + 2 {
      let start = ContinuousClock.now
      outputs = try session.run(given)
      let seconds = start.duration(to: .now) / .seconds(1)
      let other = try peer?.run()
      guard round >= 2 else { continue }
      own.append(seconds)
      if let other { others.append(other) }
    }
    let values = outputs.first.map(\.doubles) ?? []
    let difference = try peer?.difference(from: values)
    return Result(
      batch: batch, threads: ThreadPool.threads, seconds: median(own),
      peerSeconds: others.isEmpty ? nil : median(others), difference: difference,
      peakMemoryBytes: ProcessMemory.peak ?? 0, peerPeakMemoryBytes: try peer?.peakMemory())
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Random numbers in the shapes of the inputs.
  private func inputs(of session: ONNX.Session, batch: Int) throws -> [String: Value] {
    var chance = RandomSource(seed: 1)
    return Dictionary(
      try session.inputs.map { port in
        guard let declared = port.shape, port.type ?? .float32 == .float32 else {
          throw ONNXError.unsuitableInput(
            name: port.name, reason: "dflab bench onnx takes float32 inputs of a known rank")
        }
        let shape = declared.enumerated().map { $1 ?? ($0 == 0 ? batch : size) }
        let values = (0..<shape.reduce(1, *)).map { _ in Float(chance.normal(deviation: 1)) }
        return (port.name, Value(Tensor(shape: shape, values: values)))
      }, uniquingKeysWith: { first, _ in first })
  }
}

/// ONNX Runtime in a Python process of its own, which runs when it is told to.
private final class RuntimePeer {
  private static let script = """
    from sys import argv, stdin
    from time import perf_counter
    from numpy import abs, fromfile
    from onnxruntime import InferenceSession, SessionOptions
    options = SessionOptions()
    options.intra_op_num_threads = int(argv[2])
    options.log_severity_level = 3
    session = InferenceSession(argv[1], options, providers=["CPUExecutionProvider"])
    print("ready", flush=True)
    inputs, outputs = {}, []
    for line in stdin:
      words = line.split()
      if words[0] == "load":
        shape = [int(n) for n in words[3:]]
        inputs[session.get_inputs()[int(words[2])].name] = fromfile(words[1], "<f4").reshape(shape)
        print("ok", flush=True)
      elif words[0] == "run":
        start = perf_counter()
        outputs = session.run(None, inputs)
        print(perf_counter() - start, flush=True)
      elif words[0] == "compare":
        given = fromfile(words[1], "<f8").reshape(outputs[0].shape)
        print(abs(given - outputs[0]).max() / max(1e-9, abs(outputs[0]).max()), flush=True)
      elif words[0] == "memory":
        # Not getrusage: it begins with the peak of the program that started this one.
        lines = open("/proc/self/status")
        print(next(int(l.split()[1]) * 1024 for l in lines if l.startswith("VmHWM")), flush=True)
    """

  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private let file = FileManager.default.temporaryDirectory.appending(
    path: "dflab-bench-\(ProcessInfo.processInfo.processIdentifier)")
  private var rest = Data()

  struct Failure: Error {}

  init(path: String, threads: Int) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    let python = ProcessInfo.processInfo.environment["DFLAB_PYTHON"] ?? "python3"
    process.arguments = [python, "-c", RuntimePeer.script, path, "\(threads)"]
    (process.standardInput, process.standardOutput) = (commands, answers)
    process.standardError = FileHandle.nullDevice
    try process.run()
    guard try answer() == "ready" else { throw Failure() }
  }

  deinit {
    try? commands.fileHandleForWriting.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: file)
  }

  /// Hands it the inputs, in order.
  func load(_ inputs: [(name: String, value: Value?)]) throws {
    for (place, input) in inputs.enumerated() {
      guard let value = input.value else { continue }
      try Data(littleEndian: value.tensor.values.map { UInt64($0.bitPattern) }, bytes: 4)
        .write(to: file)
      _ = try ask(
        "load \(file.path) \(place) " + value.shape.map(String.init).joined(separator: " "))
    }
  }

  /// Seconds of one run.
  func run() throws -> Double { try number(ask("run")) }

  /// The largest difference of the first output of the last run, relative to its largest value.
  func difference(from values: [Double]) throws -> Double {
    try Data(littleEndian: values.map(\.bitPattern), bytes: 8).write(to: file)
    return try number(ask("compare \(file.path)"))
  }

  func peakMemory() throws -> Int { Int(try number(ask("memory"))) }

  private func number(_ text: String) throws -> Double {
    guard let number = Double(text) else { throw Failure() }
    return number
  }

  private func ask(_ command: String) throws -> String {
    try commands.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8))
    return try answer()
  }

  /// The next line that it prints.
  private func answer() throws -> String {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
        rest = Data(rest[rest.index(after: end)...])
        return line
      }
      // What is there at once: `read(upToCount:)` waits for as much as it may read.
      let more = answers.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Failure() }
      rest += more
    }
  }
}

extension Data {
  /// The lowest bytes of each number, the least first.
  fileprivate init(littleEndian numbers: [UInt64], bytes: Int) {
    self.init(capacity: numbers.count * bytes)
    for number in numbers {
      for place in 0..<bytes { append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    }
  }
}
