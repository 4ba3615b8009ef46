import Foundation

/// How long the stages of scoring files took, one after the other.
public struct InferenceTiming: Encodable, Equatable, Sendable {
  /// Seconds by stage, in their order.
  public let stages: [Stage]
  /// Seconds since the process was started; nil if the system does not report it.
  public let total: Double?
  /// The peak memory of the process in bytes; nil if the system does not report it.
  public let peakMemory: Int?

  /// One stage.
  public struct Stage: Encodable, Equatable, Sendable {
    public let name: String
    public let seconds: Double
  }

  /// Videos are decoded ahead: of that stage only the waiting counts.
  private static let order = [
    "start", "load detectors", "open", "read", "load finder", "decode", "convert", "find", "align",
    "score", "write",
  ]

  init(stages: [String: Double]) {
    self.stages = InferenceTiming.order.compactMap { name in
      stages[name].map { Stage(name: name, seconds: $0) }
    }
    total = InferenceTiming.sinceStart
    peakMemory = ProcessMemory.peak
  }

  /// Seconds since the process was started, to a hundredth.
  static var sinceStart: Double? {
    func words(_ path: String) -> [Substring]? {
      FileManager.default.contents(atPath: path).map {
        // The program's name, in parentheses, may contain spaces.
        String(decoding: $0, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
      }
    }
    // The time of the start, counted from that of the system, is the 22nd word.
    guard let own = words("/proc/self/stat"), own.count > 19, let ticks = Double(own[19]),
      let uptime = words("/proc/uptime")?.first.flatMap({ Double($0) })
    else { return nil }
    return uptime - ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
