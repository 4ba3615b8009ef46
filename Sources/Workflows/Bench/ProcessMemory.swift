import Foundation

/// The memory of this process.
enum ProcessMemory {
  /// The peak memory in bytes; nil if the system does not report it.
  static var peak: Int? {
    guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
      .map { $0 * 1024 }
  }
}
