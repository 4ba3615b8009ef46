import Engine
import Foundation
public import Media

/// The event file of a run, which TensorBoard shows while it grows.
///
/// Each session starts a new file with all points of the log and removes older ones, so that no
/// point occurs twice. Readers of an older file are told to discard it.
public final class BoardFile {
  /// Numbers at one step.
  public struct Point {
    public let step: Int
    /// Seconds of training until then.
    public let seconds: Double
    public let scalars: [(tag: String, value: Double)]

    public init(step: Int, seconds: Double, scalars: [(tag: String, value: Double)]) {
      (self.step, self.seconds, self.scalars) = (step, seconds, scalars)
    }
  }

  private let path: String
  private let file: FileHandle
  /// The start of training, as if it had run without interruption until now.
  private let begun: Double
  /// The last step of each number: the log may contain one twice, at the end of a session.
  private var steps: [String: Int] = [:]
  private var pictured: ContinuousClock.Instant?

  /// The folder of a run's event files.
  public static func folder(of run: RunFolder) -> String { "\(run.lab)/tensorboard" }

  /// - Parameters:
  ///   - run: the run.
  ///   - past: the points already in the log, in order.
  public init(of run: RunFolder, past: [Point]) throws {
    let folder = BoardFile.folder(of: run)
    try RunFolder.make(folder)
    let now = Date().timeIntervalSince1970
    begun = now - (past.map(\.seconds).max() ?? 0)
    let old = try RunFolder.names(in: folder).filter { $0.contains("tfevents") }
    // Readers process files in the order of their names.
    let newest = old.compactMap { $0.split(separator: ".").dropFirst(3).first.flatMap { Int($0) } }
      .max()
    let number = max(Int(now), (newest ?? 0) + 1)
    path = "\(folder)/events.out.tfevents.\(number).dflab"
    let first = [
      BoardEvent(time: begun, step: 0, content: .version),
      BoardEvent(time: begun, step: 0, content: .start),
    ]
    var (steps, events) = (steps, first)
    for point in past { events += BoardFile.event(point, begun, after: &steps).map { [$0] } ?? [] }
    self.steps = steps
    try WholeFile.write(events.map(\.record), to: path)
    for name in old { try RunFolder.remove("\(folder)/\(name)") }
    guard let file = FileHandle(forWritingAtPath: path) else {
      throw RecordsError.unwritable(path: path, reason: "cannot open the file")
    }
    self.file = file
    try file.seekToEnd()
  }

  /// Appends numbers in one write.
  public func append(_ point: Point) throws {
    if let event = BoardFile.event(point, begun, after: &steps) { try append(event) }
  }

  /// Appends a picture, unless there is one from the last minute: files would grow by gigabytes.
  public func append(_ image: Image, png: [UInt8], as tag: String, step: Int, seconds: Double)
    throws
  {
    if let pictured, pictured.duration(to: .now) < .seconds(60) { return }
    pictured = .now
    try append(
      BoardEvent(
        time: begun + seconds, step: step,
        content: .picture(tag: tag, width: image.width, height: image.height, png: png)))
  }

  private func append(_ event: BoardEvent) throws {
    do {
      try file.write(contentsOf: Data(event.record))
    } catch {
      throw RecordsError.unwritable(path: path, reason: RunFolder.reason(of: error))
    }
  }

  /// The numbers that are new at this step; nil for none.
  private static func event(
    _ point: Point, _ begun: Double, after steps: inout [String: Int]
  ) -> BoardEvent? {
    let new = point.scalars.filter { point.step > steps[$0.tag] ?? -1 && $0.value.isFinite }
    for (tag, _) in new { steps[tag] = point.step }
    guard !new.isEmpty else { return nil }
    return BoardEvent(time: begun + point.seconds, step: point.step, content: .scalars(new))
  }
}
