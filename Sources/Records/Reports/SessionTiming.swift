import Engine
import Foundation

/// The duration and the work of one session of a run: an entry of `timings.json`.
public struct SessionTiming: Codable, Equatable {
  public let seconds: Double
  /// The number of pictures or frames.
  public let done: Int

  public init(seconds: Double, done: Int) {
    (self.seconds, self.done) = (seconds, done)
  }

  /// The name of the file in a run's folder.
  public static let name = "timings.json"

  /// The sessions of the run in a folder, in order; none where none are recorded.
  public static func all(in folder: String) -> [SessionTiming] {
    let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
    return data.flatMap { try? JSONDecoder().decode([SessionTiming].self, from: $0) } ?? []
  }

  /// Adds this session to those of the run in a folder.
  public func note(in folder: String) throws {
    let sessions = SessionTiming.all(in: folder) + [self]
    try WholeFile.write(try JSONText.pretty(sessions), to: "\(folder)/\(SessionTiming.name)")
  }

  /// The report's section about the sessions; empty without sessions.
  ///
  /// - Parameter unit: the unit of work, in the plural.
  public static func blocks(of folder: String, unit: String) -> [ReportPage.Block] {
    let sessions = all(in: folder)
    guard !sessions.isEmpty else { return [] }
    let rows = sessions.enumerated().map { index, session in
      let rate = session.seconds > 0 ? Double(session.done) / session.seconds : .nan
      return [
        "\(index + 1)", "\(session.done)", NumberText.fixed(session.seconds, 1),
        rate.isFinite ? NumberText.fixed(rate, 1) : "–",
      ]
    }
    return [
      .heading("Timing"),
      .table(ReportTable(["session", unit, "seconds", "\(unit) per second"], rows)),
    ]
  }
}
