public import Media

/// The frame-to-frame change of swapped faces in excess of the source's.
///
/// The mean absolute change of a pixel's brightness (0–255) where the masks of two consecutive
/// frames overlap, in the result minus the source. Steady swaps are near 0, because both change
/// alike.
public struct Flicker: Codable, Equatable, Sendable {
  /// The sum over pairs of frames, and their number.
  private var sum = 0.0
  private var frames = 0

  /// Without any frames.
  public init() {}

  /// The mean over pairs of frames; nil if there are none.
  public var value: Double? { frames > 0 ? sum / Double(frames) : nil }

  /// Adds the change of one face between consecutive frames.
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

  /// Adds another measurement.
  public mutating func add(_ other: Flicker) {
    sum += other.sum
    frames += other.frames
  }

  private static func overlap(_ a: Int, _ width: Int, _ b: Int, _ other: Int) -> Range<Int> {
    let low = max(a, b)
    return low..<max(low, min(a + width, b + other))
  }

  /// The sum of red, green and blue.
  private static func light(_ image: Image, _ pixel: Int) -> Int {
    let at = pixel * 3
    return Int(image.pixels[at]) + Int(image.pixels[at + 1]) + Int(image.pixels[at + 2])
  }
}
