import Foundation

/// The machine that the program runs on.
enum Machine {
  /// Its processor, the number of available cores, and the operating system.
  static var description: String {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = information.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last.map { $0.drop { $0 == " " } }
    let process = ProcessInfo.processInfo
    return "\(name ?? "unknown processor"), \(process.activeProcessorCount) cores, "
      + process.operatingSystemVersionString
  }
}
