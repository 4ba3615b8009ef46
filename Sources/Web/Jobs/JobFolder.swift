import Foundation
import Records

/// The files of one job.
struct JobFolder: Sendable {
  let path: String

  private static let (record, output, messages, exit) = ("job.json", "output", "messages", "exit")

  /// The job's record; nil if it is damaged.
  var job: Job? {
    get {
      FileManager.default.contents(atPath: "\(path)/\(JobFolder.record)").flatMap {
        try? JSONText.read(Job.self, from: $0)
      }
    }
  }

  func write(_ job: Job) throws {
    try Lab.write(Data(try JSONText.pretty(job)), to: "\(path)/\(JobFolder.record)")
  }

  /// The exit code of the job's process; nil while it works.
  var exitCode: Int32? {
    let text = FileManager.default.contents(atPath: "\(path)/\(JobFolder.exit)")
    return text.flatMap {
      Int32(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  /// What the job has written to its output behind some bytes, as complete lines.
  ///
  /// Of very much, the middle is left out.
  ///
  /// - Returns: the lines, and how many bytes are read or left out by now.
  func output(from offset: UInt64) -> (text: String, end: UInt64) {
    guard let file = FileHandle(forReadingAtPath: "\(path)/\(JobFolder.output)") else {
      return ("", 0)
    }
    defer { try? file.close() }
    guard let size = try? file.seekToEnd(), size > offset else { return ("", offset) }
    func lines(from start: UInt64, to end: UInt64, isPartial: Bool) -> (text: String, end: UInt64) {
      try? file.seek(toOffset: start)
      var data = (try? file.read(upToCount: Int(end - start))) ?? Data()
      data = data.prefix(data.lastIndex(of: JobFolder.newline).map { $0 + 1 } ?? 0)
      let last = start + UInt64(data.count)
      if isPartial {
        data = data.dropFirst(data.firstIndex(of: JobFolder.newline).map { $0 + 1 } ?? 0)
      }
      return (String(decoding: data, as: UTF8.self), last)
    }
    guard size - offset > JobFolder.most else {
      return lines(from: offset, to: size, isPartial: false)
    }
    // The beginning names the run.
    let head = lines(from: offset, to: offset + JobFolder.most / 16, isPartial: false)
    let tail = lines(from: size - JobFolder.most, to: size, isPartial: true)
    return (head.text + tail.text, tail.end)
  }

  /// The newest messages.
  var lastMessages: String { JobFolder.end(of: "\(path)/\(JobFolder.messages)", most: 1 << 14) }

  private static let newline = UInt8(ascii: "\n")
  /// The maximum number of bytes that are read at once.
  private static let most: UInt64 = 1 << 20

  /// Says why the job cannot begin.
  func say(_ sentences: [String]) throws {
    let text = sentences.map { "\($0)\n" }.joined()
    try Lab.write(Data(text.utf8), to: "\(path)/\(JobFolder.messages)")
  }

  /// The end of a file, from the start of a line.
  private static func end(of path: String, most: UInt64) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    guard let size = try? file.seekToEnd() else { return "" }
    let start = size > most ? size - most : 0
    try? file.seek(toOffset: start)
    let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    guard start > 0, let line = text.firstIndex(of: "\n") else { return text }
    return String(text[text.index(after: line)...])
  }

  /// Starts the job's process, in a process group of its own.
  ///
  /// Its output goes to files, and a shell writes its exit code to another one: so the job goes on
  /// without the server, and a restarted server finds out how it ended.
  ///
  /// - Parameters:
  ///   - program: the program to run.
  ///   - folder: the current folder of the process.
  ///   - ended: called when the process has ended.
  func start(
    _ job: Job, by program: String, in folder: String, ended: @escaping @Sendable () -> Void
  ) throws -> Job.Worker {
    try? FileManager.default.removeItem(atPath: "\(path)/\(JobFolder.exit)")
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments =
      ["-c", JobFolder.script, path, program] + job.arguments + ["--progress", "json"]
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.terminationHandler = { _ in ended() }
    try process.run()
    let number = process.processIdentifier
    return Job.Worker(process: number, start: JobFolder.start(of: number) ?? "")
  }

  /// Signals reach the program, and the shell waits for it.
  private static let script = """
    trap : INT TERM
    "$@" >>"$0/output" 2>>"$0/messages"
    echo $? >"$0/exit.part"
    mv "$0/exit.part" "$0/exit"
    """

  /// Whether a job's process works.
  static func isAlive(_ worker: Job.Worker) -> Bool { start(of: worker.process) == worker.start }

  /// When a process started, in ticks since the system's start; nil if there is none.
  private static func start(of process: Int32) -> String? {
    guard let stat = FileManager.default.contents(atPath: "/proc/\(process)/stat") else {
      return nil
    }
    // The second field, the program's name, is in parentheses and may contain spaces.
    let fields =
      String(decoding: stat, as: UTF8.self).split(separator: ")").last?
      .split(separator: " ") ?? []
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    return String(fields[19])
  }
}
