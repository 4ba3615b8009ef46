import Foundation

/// A closing of the eyes.
public struct Blink: Codable, Equatable, Sendable {
  /// When the eyes are closed most, in seconds from the beginning of the source.
  public let time: Double
  /// How long they are more than half as closed, in seconds.
  public let duration: Double
  /// How far they close: 0 for as open as around it; a whole blink reaches some 0.5.
  public let depth: Double
  /// The frame of the clip at that time, from 0.
  public let frame: Int
}

/// How closed the eyes are over a clip, and the blinks in it.
struct BlinkTrace: Sendable {
  /// When each frame is shown, in seconds.
  let times: [Double]
  /// How closed the eyes are, against how open they are within some seconds; 0 is open, and a whole blink
  /// of a real person some 0.7.
  let closures: [Double]
  /// The aspect ratio of the open eyes.
  let openAspect: Double
  let blinks: [Blink]

  /// The closure from which on eyes blink.
  static let least = 0.35
  /// How far around a frame the open eye is looked for, in seconds: longer than a blink.
  private static let reach = 1.5
  /// The share of what the landmarks tell beside the picture.
  private static let aspectShare = 0.3
  /// Blinks that follow one another sooner are one, in seconds.
  private static let gap = 0.15

  init(times: [Double], states: [EyeState]) {
    precondition(times.count == states.count && !times.isEmpty, "\(times.count) times")
    self.times = times
    let neighbors = times.indices.map { index in
      BlinkTrace.neighbors(of: index, in: times)
    }
    let aspects = states.map(\.aspect)
    closures = times.indices.map { index in
      // Narrow eyes look half closed all the time, and open ones differ in their width.
      let open = BlinkTrace.quantile(neighbors[index].map { states[$0].closure }, 0.4)
      let looks = max(0, states[index].closure - open) / max(1 - open, 0.2)
      let wide = BlinkTrace.quantile(neighbors[index].map { aspects[$0] }, 0.75)
      let narrowed = wide > 0 ? max(0, 1 - aspects[index] / wide) : 0
      return (1 - BlinkTrace.aspectShare) * looks + BlinkTrace.aspectShare * narrowed
    }
    openAspect = BlinkTrace.quantile(aspects, 0.75)
    blinks = BlinkTrace.blinks(times, closures)
  }

  /// The closings in a trace: from half of a peak to half of it again.
  private static func blinks(
    _ times: [Double], _ closures: [Double]
  ) -> [Blink] {
    var blinks: [Blink] = []
    var next = 0
    while next < closures.count {
      guard closures[next] >= least else {
        next += 1
        continue
      }
      // A peak, and all that belongs to it.
      var end = next
      while end + 1 < closures.count,
        closures[end + 1] >= least
          || times[min(end + 2, times.count - 1)] - times[end] <= gap
            && end + 2 < closures.count && closures[end + 2] >= least
      { end += 1 }
      let peak = (next...end).max { closures[$0] < closures[$1] } ?? next
      let half = closures[peak] / 2
      var (first, last) = (peak, peak)
      while first > 0, closures[first - 1] >= half { first -= 1 }
      while last + 1 < closures.count, closures[last + 1] >= half { last += 1 }
      let step =
        times.count > 1 ? (times[times.count - 1] - times[0]) / Double(times.count - 1) : 0
      blinks.append(
        Blink(
          time: times[peak], duration: times[last] - times[first] + step, depth: closures[peak],
          frame: peak))
      next = max(end, last) + 1
    }
    return blinks
  }

  /// The frames within `reach` seconds of one.
  private static func neighbors(of index: Int, in times: [Double]) -> Range<Int> {
    var (first, end) = (index, index + 1)
    while first > 0, times[index] - times[first - 1] <= reach { first -= 1 }
    while end < times.count, times[end] - times[index] <= reach { end += 1 }
    return first..<end
  }

  /// The value that a share of values does not exceed.
  private static func quantile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    let (low, high) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
    return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
  }
}
