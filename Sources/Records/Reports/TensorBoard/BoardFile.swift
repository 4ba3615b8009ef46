import Engine
import Foundation
public import Media

/// The event file of a run, which TensorBoard shows while it grows.
///
/// A session begins a file of its own with all that the log holds, and takes older ones away: no point
/// is there twice. A reader that has seen an older file is told to forget it.
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
  /// When training would have begun, had it run without a break until now.
  private let begun: Double
  /// The last step of each number: the log may tell one twice, as where a session ends.
  private var steps: [String: Int] = [:]
  private var pictured: ContinuousClock.Instant?

  /// Where the event files of a run lie.
  public static func folder(of run: RunFolder) -> String { "\(run.lab)/tensorboard" }

  /// - Parameters:
  ///   - run: in whose folder the file goes.
  ///   - past: what the log holds already, in its order.
  public init(of run: RunFolder, past: [Point]) throws {
    let folder = BoardFile.folder(of: run)
    try RunFolder.make(folder)
    let now = Date().timeIntervalSince1970
    begun = now - (past.map(\.seconds).max() ?? 0)
    let old = try RunFolder.names(in: folder).filter { $0.contains("tfevents") }
    // A reader goes from file to file in the order of their names.
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

  /// Adds numbers, at once.
  public func append(_ point: Point) throws {
    if let event = BoardFile.event(point, begun, after: &steps) { try append(event) }
  }

  /// Adds a picture, unless there is one of the last minute: files would grow by gigabytes.
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

  /// The numbers that were not told at this step yet; nil for none.
  private static func event(
    _ point: Point, _ begun: Double, after steps: inout [String: Int]
  ) -> BoardEvent? {
    let new = point.scalars.filter { point.step > steps[$0.tag] ?? -1 && $0.value.isFinite }
    for (tag, _) in new { steps[tag] = point.step }
    guard !new.isEmpty else { return nil }
    return BoardEvent(time: begun + point.seconds, step: point.step, content: .scalars(new))
  }
}
