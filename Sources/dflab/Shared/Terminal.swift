import Foundation
import Glibc

/// Where lines go: results to standard output, a line that renews itself to a terminal, and now and
/// then to what is none.
final class Terminal {
  /// True when a line that renews itself can be seen.
  let isLive = isatty(STDERR_FILENO) == 1
  /// True inside of a command that is run on behalf of another one, whose result alone counts.
  @TaskLocal static var isAside = false
  private var shown = 0
  private var beat = Throttle(every: .seconds(10))

  /// Prints a lasting line.
  func print(_ line: String) {
    clear()
    write(line + "\n", to: Terminal.isAside ? .standardError : .standardOutput)
  }

  /// Prints a result as one JSON object on a line.
  func print(json result: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(result), as: UTF8.self))
  }

  /// Prints a lasting line that is no result.
  func warn(_ line: String) {
    clear()
    write(line + "\n", to: .standardError)
  }

  /// Shows a line until the next one; where nothing can be taken back, one line in ten seconds.
  func renew(_ line: String) {
    guard isLive else {
      if beat.isDue() { write(line + "\n", to: .standardError) }
      return
    }
    let gap = String(repeating: " ", count: max(0, shown - line.count))
    write("\r" + line + gap, to: .standardError)
    shown = line.count
  }

  /// Takes the renewed line away.
  private func clear() {
    guard shown > 0 else { return }
    write("\r" + String(repeating: " ", count: shown) + "\r", to: .standardError)
    shown = 0
  }

  private func write(_ text: String, to file: FileHandle) {
    // A closed pipe must not end a training.
    try? file.write(contentsOf: Data(text.utf8))
  }
}

/// A share as a bar of 20 signs and a percentage.
func bar(_ share: Double) -> String {
  let full = Int(share * 20)
  return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full)
    + "] \(Int(share * 100)) %"
}
