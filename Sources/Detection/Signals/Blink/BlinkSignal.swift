import Faces
import Foundation
import Media

/// The blinks of a clip: how often, how long and how completely.
///
/// People blink some 17 times a minute, for 0.1 to 0.4 seconds; generated faces blinked too seldom
/// (Li, Chang and Lyu, "In ictu oculi", 2018), or do so by halves.
struct BlinkSignal: ClipSignal {
  static let kind = DetectorKind.blink
  static let features = [
    "blinks a minute", "whether there is a blink", "mean duration of blinks, s",
    "mean depth of blinks", "share of the time with closed eyes", "deviation of the closure",
    "aspect ratio of the open eyes",
  ]

  /// The longest step between frames in which no blink is missed, in seconds.
  private static let longestStep = 0.101
  /// The narrowest eye whose opening can be told, in pixels of the source.
  private static let leastWidth = 12.0
  /// The aspect ratio below which eyes are closed.
  private static let closed = 0.15
  /// Lids this dark against the cheeks are behind dark glasses.
  private static let darkest = 0.4

  init() {}
  init(for clips: LabeledClips) {}
  init?(metadata: [String: String]) {}

  /// At 17 blinks a minute, one of 5 seconds or less without a blink is common, and one of 20 is not.
  let requirements = DetectorRequirements(frames: 50, seconds: 5, idealSeconds: 20, landmarks: true)

  /// What was measured.
  struct Measurement: Sendable {
    let trace: BlinkTrace
    /// Pictures of the eyes around blinks, or, without any, evenly spread.
    let eyes: [(time: Double, picture: Image)]
    let seconds: Double
  }

  func measure(_ clip: FaceClip) -> SignalMeasurement<Measurement> {
    guard let times = PulseSignal.times(of: clip) else {
      return .notApplicable("the times of its frames are not known")
    }
    let steps = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
    let step = steps[steps.count / 2]
    guard step <= BlinkSignal.longestStep else {
      return .notApplicable(
        "its frames are \(String(format: "%.2f", step)) seconds apart, and a blink lasts 0.1 to 0.4"
      )
    }
    if let width = BlinkSignal.eyeWidth(clip), width < BlinkSignal.leastWidth {
      return .notApplicable(
        "the eyes are \(String(format: "%.0f", width)) of the 12 pixels wide that are needed")
    }
    let states = clip.frames.map { EyeState(in: $0.crop.luma, $0.landmarks ?? [], by: .carried) }
    let lids = states.map(\.lids).sorted()[states.count / 2]
    guard lids >= BlinkSignal.darkest else {
      return .notApplicable("dark glasses or shadows cover the eyes")
    }
    let trace = BlinkTrace(times: times, states: states)
    guard trace.openAspect >= BlinkSignal.closed else {
      return .notApplicable("the eyes are closed throughout")
    }
    return .measured(
      Measurement(
        trace: trace, eyes: BlinkSignal.eyes(of: clip, trace), seconds: clip.seconds))
  }

  func features(of measurement: Measurement) -> [Double] {
    let (blinks, closures) = (measurement.trace.blinks, measurement.trace.closures)
    let count = Double(max(blinks.count, 1))
    let mean = closures.reduce(0, +) / Double(closures.count)
    let square = closures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(closures.count)
    return [
      60 * Double(blinks.count) / max(measurement.seconds, 1e-3), blinks.isEmpty ? 0 : 1,
      blinks.reduce(0) { $0 + $1.duration } / count, blinks.reduce(0) { $0 + $1.depth } / count,
      Double(closures.count { $0 >= BlinkTrace.least }) / Double(closures.count),
      square.squareRoot(), measurement.trace.openAspect,
    ]
  }

  func evidence(of measurement: Measurement) -> any ClipEvidence { BlinkEvidence(measurement) }

  /// The median width of an eye, in pixels of the source; nil where it is not known.
  private static func eyeWidth(_ clip: FaceClip) -> Double? {
    let widths = clip.frames.compactMap { frame -> Double? in
      guard let points = frame.sourceLandmarks else { return nil }
      let widths = [36, 42].map { first -> Double in
        let away = SIMD2<Double>(points[first + 3] - points[first])
        return (away * away).sum().squareRoot()
      }
      return widths.max()
    }.sorted()
    return widths.isEmpty ? nil : widths[widths.count / 2]
  }

  /// The most pictures of eyes that are kept.
  private static let mostPictures = 24

  /// Pictures of both eyes: three for each blink (before, at its middle, after), or evenly spread.
  private static func eyes(
    of clip: FaceClip, _ trace: BlinkTrace
  ) -> [(time: Double, picture: Image)] {
    var shown: [Int] = []
    for blink in trace.blinks.prefix(mostPictures / 3) {
      let away = blink.duration + 0.1
      for time in [blink.time - away, blink.time, blink.time + away] {
        shown.append(
          trace.times.indices.min { abs(trace.times[$0] - time) < abs(trace.times[$1] - time) } ?? 0
        )
      }
    }
    if shown.isEmpty { shown = (0..<6).map { $0 * (clip.frames.count - 1) / 5 } }
    return shown.compactMap { index in
      guard let points = clip.frames[index].landmarks else { return nil }
      let crop = clip.frames[index].crop
      let eyes = points[36..<48]
      let (low, high) = eyes.reduce((points[36], points[36])) {
        (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
      }
      let (left, top) = (
        min(max(Int(low.x) - 10, 0), crop.width - 2), min(max(Int(low.y) - 10, 0), crop.height - 2)
      )
      let width = min(max(Int(high.x) + 10 - left, 2), crop.width - left)
      let height = min(max(Int(high.y) + 10 - top, 2), crop.height - top)
      return (
        trace.times[index], crop.cropped(x: left, y: top, width: width, height: height)
      )
    }
  }
}

extension DetectorKind {
  public static let blink = DetectorKind("blink")
}

extension DetectorDefinition {
  /// The blinks of a clip.
  static let blink = DetectorDefinition.signal(
    BlinkSignal.self,
    summary: """
      How often, how long and how completely the eyes blink, from their aspect ratio and look (Soukupová \
      and Čech 2016; Li, Chang and Lyu 2018).
      """)
}
