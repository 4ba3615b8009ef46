import Foundation
import Records

/// Another program, run with limits.
struct ChildProgram {
  /// How it ended.
  struct End: Equatable {
    /// The exit code; nil if it was ended from outside.
    let code: Int32?
    /// Whether a file became larger than allowed, of which a program may be told by a signal or, where
    /// that signal is ignored, by a failed write.
    let isTooLarge: Bool
    /// The last line of its messages.
    let message: String
  }

  let path: String

  private static let interval = 0.1
  /// The signal of a file that becomes too large.
  private static let fileTooLarge: Int32 = 25

  /// The program of a name in the folders of `PATH`; nil if there is none.
  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }
      .first { $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { return nil }
    path = found
  }

  /// Runs the program until it ends.
  ///
  /// It gets no settings from the environment but the path and the certificates.
  ///
  /// - Parameters:
  ///   - mostBytes: the maximum size of each file that it writes.
  ///   - seconds: the maximum time.
  ///   - folder: the current folder, where its messages are kept meanwhile.
  ///   - isStopped: asked often; ends the program if true.
  func run(
    _ arguments: [String], mostBytes: Int, seconds: Double, in folder: String,
    isStopped: () -> Bool
  ) throws -> End {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    // In blocks of 512 bytes.
    process.arguments =
      ["-c", "ulimit -c 0; ulimit -f \"$0\"; exec \"$@\"", "\(mostBytes / 512 + 1)", path]
      + arguments
    let known = ["PATH", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"]
    process.environment = ProcessInfo.processInfo.environment.filter { known.contains($0.key) }
    process.currentDirectoryURL = URL(filePath: folder)
    let messages = "\(folder)/.messages"
    guard FileManager.default.createFile(atPath: messages, contents: nil),
      let file = FileHandle(forWritingAtPath: messages)
    else { throw RecordsError.unwritable(path: messages, reason: "cannot create the file") }
    defer {
      try? file.close()
      try? FileManager.default.removeItem(atPath: messages)
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = file
    try process.run()
    let start = ContinuousClock.now
    var isEnded = false
    while process.isRunning {
      if isStopped() || start.duration(to: .now) > .seconds(seconds) {
        isEnded = true
        process.terminate()
        break
      }
      Thread.sleep(forTimeInterval: ChildProgram.interval)
    }
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    let status = process.terminationStatus
    let isCut =
      status != 0
      && ((try? RunFolder.names(in: folder)) ?? []).contains {
        ChildProgram.size(of: "\(folder)/\($0)") >= mostBytes
      }
    let text = try RunFolder.contents(of: messages, most: 1 << 16) ?? Data()
    let last = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).last
    return End(
      code: isEnded || isSignal ? nil : status,
      isTooLarge: isSignal && status == ChildProgram.fileTooLarge || isCut,
      message: last.map(String.init) ?? "it took too long")
  }

  /// The size of a file in bytes; 0 if it cannot be told.
  static func size(of path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
}
