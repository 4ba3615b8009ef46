public import Media

/// How much swapped faces change from frame to frame, beyond what the source does.
///
/// Where the masks of two successive frames overlap, the mean change of a pixel's light (0–255) in
/// the result less that in the source. Steady swaps are near 0, for both move alike.
public struct Flicker: Codable, Equatable, Sendable {
  /// The sum over pairs of frames, and how many those are.
  private var sum = 0.0
  private var frames = 0

  /// Nothing was seen yet.
  public init() {}

  /// The mean over frames; nil without any.
  public var value: Double? { frames > 0 ? sum / Double(frames) : nil }

  /// Takes in the change of one face from a frame to the next.
  public mutating func note(_ before: VideoPatch, _ after: VideoPatch) {
    let columns = Flicker.overlap(before.x, before.before.width, after.x, after.before.width)
    let rows = Flicker.overlap(before.y, before.before.height, after.y, after.before.height)
    var (made, real, count) = (0, 0, 0)
    for y in rows {
      for x in columns {
        let old = (y - before.y) * before.before.width + x - before.x
        let new = (y - after.y) * after.before.width + x - after.x
        guard before.mask[old] > 127, after.mask[new] > 127 else { continue }
        made += abs(Flicker.light(after.after, new) - Flicker.light(before.after, old))
        real += abs(Flicker.light(after.before, new) - Flicker.light(before.before, old))
        count += 1
      }
    }
    guard count > 0 else { return }
    sum += Double(made - real) / Double(3 * count)
    frames += 1
  }

  /// Adds what was noted elsewhere.
  public mutating func add(_ other: Flicker) {
    sum += other.sum
    frames += other.frames
  }

  private static func overlap(_ a: Int, _ width: Int, _ b: Int, _ other: Int) -> Range<Int> {
    let low = max(a, b)
    return low..<max(low, min(a + width, b + other))
  }

  /// Red, green and blue together.
  private static func light(_ image: Image, _ pixel: Int) -> Int {
    let at = pixel * 3
    return Int(image.pixels[at]) + Int(image.pixels[at + 1]) + Int(image.pixels[at + 2])
  }
}
