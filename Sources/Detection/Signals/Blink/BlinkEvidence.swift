import Foundation
public import Media

/// The blinks of a clip.
public struct BlinkEvidence: ClipEvidence {
  /// In the order of time.
  public let blinks: [Blink]
  /// How long the clip is, in seconds.
  public let seconds: Double
  private let times, closures: [Double]
  private let eyes: [(time: Double, picture: Image)]

  init(_ measurement: BlinkSignal.Measurement) {
    (blinks, seconds) = (measurement.trace.blinks, measurement.seconds)
    (times, closures) = (measurement.trace.times, measurement.trace.closures)
    eyes = measurement.eyes
  }

  /// Blinks a minute.
  public var rate: Double { 60 * Double(blinks.count) / max(seconds, 1e-3) }

  public var title: String { "Blinks" }

  public func sentence(of who: String) -> String {
    let length = String(format: "%.1f", seconds)
    guard !blinks.isEmpty else {
      return "Blinks: the eyes of \(who) do not close within \(length) seconds."
    }
    let mean = blinks.reduce(0) { $0 + $1.duration } / Double(blinks.count)
    let places = blinks.map { String(format: "%.2f", $0.time) }.joined(separator: ", ")
    return
      "Blinks: the eyes of \(who) close \(blinks.count) \(blinks.count == 1 ? "time" : "times") within "
      + "\(length) seconds, for \(String(format: "%.2f", mean)) seconds on average, at \(places) seconds."
  }

  public var measurements: [EvidenceMeasurement] {
    [EvidenceMeasurement("blinks a minute", rate)]
      + blinks.enumerated().flatMap { index, blink in
        [
          EvidenceMeasurement("blink \(index + 1): time, s", blink.time),
          EvidenceMeasurement("blink \(index + 1): duration, s", blink.duration),
          EvidenceMeasurement("blink \(index + 1): depth", blink.depth),
        ]
      }
  }

  public var caption: String {
    """
    How far the eyes are closed over time (a blink is above \(BlinkTrace.least)), and the eyes before, in \
    the middle of and after each blink; without a blink, at even times.
    """
  }

  public func drawn() throws(MediaError) -> Image {
    let ends = [times[0], times[times.count - 1]]
    let plot = try CurvePlot(
      panels: [
        CurvePlot.Panel(
          title: "Blinks", xLabel: "Time (s)", yLabel: "Closure",
          series: [
            CurvePlot.Series("eyes", zip(times, closures).map { CurvePlot.Point($0, $1) }),
            CurvePlot.Series("blink", ends.map { CurvePlot.Point($0, BlinkTrace.least) }),
          ])
      ], panelHeight: 260
    ).drawn()
    let rows = stride(from: 0, to: eyes.count, by: 6).map { first in
      ContactSheet.Row("", eyes[first..<min(first + 6, eyes.count)].map(\.picture))
    }
    guard !rows.isEmpty else { return plot }
    let width = 132
    // As high as the eyes that are the highest for their width.
    let height = eyes.map { ($0.picture.height * width) / $0.picture.width }.max() ?? width
    let sheets = try rows.enumerated().map { index, row throws(MediaError) -> Image in
      let own = eyes[6 * index..<min(6 * index + 6, eyes.count)]
      return try ContactSheet(
        title: "", columns: own.map { String(format: "%.2f s", $0.time) }, rows: [row],
        cellSize: width, cellHeight: min(max(height, 1), width)
      ).drawn()
    }
    return Image(stacking: [plot] + sheets)
  }
}

extension Image {
  /// Pictures one below the other, on white where they are narrower than the widest.
  init(stacking images: [Image]) {
    let width = images.map(\.width).max() ?? 1
    var pixels: [UInt8] = []
    for image in images {
      let rest = [UInt8](repeating: 255, count: 3 * (width - image.width))
      for row in 0..<image.height {
        pixels += image.pixels[3 * row * image.width..<3 * (row + 1) * image.width]
        pixels += rest
      }
    }
    self.init(width: width, height: images.reduce(0) { $0 + $1.height }, pixels: pixels)
  }
}
