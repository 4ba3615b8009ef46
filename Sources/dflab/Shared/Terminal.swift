import Foundation
import Glibc
import Records
import Synchronization

/// Writes results to standard output, and warnings and progress to standard error.
final class Terminal {
  /// Whether standard error is a terminal, on which a line can be overwritten.
  let isLive = isatty(STDERR_FILENO) == 1
  /// Whether results go to standard error too, because another command prints the result.
  @TaskLocal static var isNested = false
  /// Whether nothing is printed, because another rank does.
  static let isSilent = Atomic(RankedCommand.isSilent)
  private var width = 0
  private var throttle = Throttle(every: .seconds(10))

  /// Prints a line of the result.
  func print(_ line: String) {
    clear()
    write(line + "\n", to: Terminal.isNested ? .standardError : .standardOutput)
  }

  /// Prints a result as one line of JSON.
  func print(json result: some Encodable) throws {
    print(String(decoding: try JSONText.line(result), as: UTF8.self))
  }

  /// Prints a line to standard error.
  func warn(_ line: String) {
    clear()
    write(line + "\n", to: .standardError)
  }

  /// Overwrites the progress line; without a terminal, prints at most one line in ten seconds.
  func update(_ line: String) {
    guard isLive else {
      if throttle.isDue() { write(line + "\n", to: .standardError) }
      return
    }
    let padding = String(repeating: " ", count: max(0, width - line.count))
    write("\r" + line + padding, to: .standardError)
    width = line.count
  }

  /// Erases the progress line.
  private func clear() {
    guard width > 0 else { return }
    write("\r" + String(repeating: " ", count: width) + "\r", to: .standardError)
    width = 0
  }

  private func write(_ text: String, to file: FileHandle) {
    guard !Terminal.isSilent.load(ordering: .relaxed) else { return }
    // A closed pipe must not end a training run.
    try? file.write(contentsOf: Data(text.utf8))
  }
}

/// Limits how often something happens.
struct Throttle {
  private let interval: Duration
  private var last: ContinuousClock.Instant

  /// Due for the first time when `interval` has passed since `start`.
  init(every interval: Duration, from start: ContinuousClock.Instant = .now) {
    (self.interval, last) = (interval, start)
  }

  /// True at most once per interval.
  mutating func isDue(at now: ContinuousClock.Instant = .now) -> Bool {
    guard last.duration(to: now) >= interval else { return false }
    last = now
    return true
  }
}

/// The speed of this session's work, not counting what earlier sessions did.
struct Throughput {
  private let before: Int
  private let start: ContinuousClock.Instant

  /// - Parameters:
  ///   - before: items that were done when the session started.
  ///   - start: when that was.
  init(before: Int, since start: ContinuousClock.Instant = .now) {
    (self.before, self.start) = (before, start)
  }

  /// Items per second; nil until one is done.
  func rate(_ done: Int) -> Double? {
    let seconds = start.duration(to: .now) / .seconds(1)
    return done > before && seconds > 0 ? Double(done - before) / seconds : nil
  }
}

/// A fraction as a bar of 20 characters and a percentage.
func progressBar(_ fraction: Double) -> String {
  let full = Int(fraction * 20)
  return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full)
    + "] \(Int(fraction * 100)) %"
}
