import Faces
import Foundation
import Media

/// The pulse in the color of the skin (remote photoplethysmography), by regions of the face.
///
/// In a genuine face all regions show one heart, at one rate and in step; in a generated one the signal
/// is lost, or differs between regions (Ciftci, Demir and Yin, "FakeCatcher", 2020).
struct PulseSignal: ClipSignal {
  static let kind = DetectorKind.pulse
  static let features = [
    "signal-to-noise ratio of the face (POS), dB", "signal-to-noise ratio of the face (CHROM), dB",
    "mean signal-to-noise ratio of the regions, dB", "lowest signal-to-noise ratio of a region, dB",
    "spread of the regions' rates, beats/min", "difference of POS and CHROM, beats/min",
    "agreement of the regions' phases", "correlation of the regions",
    "strength of the pulse, octaves",
  ]

  /// Samples a second to which colors are resampled.
  static let sampling = 30.0
  /// How probably noise alone has such a peak where a rate is told at most, and the farthest that two
  /// regions may be apart, in Hz.
  static let (mostChance, mostSpread) = (0.01, 0.1)
  /// The fewest frames a second: the fastest pulse changes twice as often as it beats.
  private static let fewestFrames = 8.0
  /// Landmarks are averaged over so many seconds, because their jitter moves the regions' edges.
  private static let smoothing = 0.3

  init() {}
  init(for clips: LabeledClips) {}
  init?(metadata: [String: String]) {}

  /// 6 seconds hold four beats of the slowest pulse, and tell rates 10 beats/min apart.
  let requirements = DetectorRequirements(frames: 48, seconds: 6, idealSeconds: 12, landmarks: true)

  /// What was measured.
  struct Measurement: Sendable {
    /// By region, in the order of `SkinRegion`.
    let regions: [PulseSpectrum]
    /// Of all regions together, by either method.
    let pos, chrom: PulseSpectrum
    /// The length of the mean of the regions' phases at the common rate, 0…1.
    let coherence: Double
    /// The mean correlation of two regions, −1…1.
    let correlation: Double
    /// The standard deviation of the pulse, as a share of the skin's brightness.
    let strength: Double
  }

  func measure(_ clip: FaceClip) -> SignalMeasurement<Measurement> {
    guard let times = Self.times(of: clip) else {
      return .notApplicable("the times of its frames are not known")
    }
    let frames = Double(times.count - 1) / (times[times.count - 1] - times[0])
    guard frames >= PulseSignal.fewestFrames else {
      return .notApplicable(
        "the clip has \(String(format: "%.0f", frames)) of the 8 frames a second that a pulse needs"
      )
    }
    let points = PulseSignal.smoothed(clip, times)
    var colors: [[SIMD3<Double>]] = []
    for region in SkinRegion.allCases {
      var trace: [SIMD3<Double>?] = []
      for (frame, landmarks) in zip(clip.frames, points) {
        trace.append(region.meanColor(in: frame.crop, landmarks))
      }
      let known = trace.indices.filter { trace[$0] != nil }
      guard Double(known.count) >= 0.9 * Double(trace.count) else {
        return .notApplicable(
          "the \(region.rawValue) is too dark, too bright or not in the picture")
      }
      colors.append(
        resampled(known.compactMap { trace[$0] }, at: known.map { times[$0] }, rate: Self.sampling))
    }
    return .measured(PulseSignal.measurement(of: colors))
  }

  /// The measurement of the regions' colors at even times.
  static func measurement(of colors: [[SIMD3<Double>]]) -> Measurement {
    let count = colors.map(\.count).min() ?? 0
    let colors = colors.map { Array($0.prefix(count)) }
    let whole = (0..<count).map { index in
      colors.reduce(SIMD3(0, 0, 0)) { $0 + $1[index] } / Double(colors.count)
    }
    func spectrum(_ colors: [SIMD3<Double>], _ method: PulseMethod) -> PulseSpectrum {
      PulseSpectrum(of: method.pulse(of: colors, rate: sampling), sampledAt: sampling)
    }
    let pulses = colors.map { PulseMethod.pos.pulse(of: $0, rate: sampling) }
    let regions = pulses.map { PulseSpectrum(of: $0, sampledAt: sampling) }
    let pos = spectrum(whole, .pos)
    let phases = regions.map { region -> SIMD2<Double> in
      let amplitude = region.amplitude(at: pos.rate)
      let length = (amplitude * amplitude).sum().squareRoot()
      return length > 0 ? amplitude / length : SIMD2(0, 0)
    }
    let mean = phases.reduce(SIMD2(0, 0), +) / Double(phases.count)
    var correlations: [Double] = []
    for first in pulses.indices {
      for second in pulses.indices where second > first {
        correlations.append(pearsonCorrelation(pulses[first], pulses[second]))
      }
    }
    let whole0 = PulseMethod.pos.pulse(of: whole, rate: sampling)
    // Each sample of POS is a sum over the windows that hold it.
    let windows = (1.6 * sampling).rounded(.up)
    let square = whole0.reduce(0) { $0 + $1 * $1 } / Double(max(count, 1))
    return Measurement(
      regions: regions, pos: pos, chrom: spectrum(whole, .chrom),
      coherence: (mean * mean).sum().squareRoot(),
      correlation: correlations.reduce(0, +) / Double(max(correlations.count, 1)),
      strength: square.squareRoot() / windows)
  }

  func features(of measurement: Measurement) -> [Double] {
    let ratios = measurement.regions.map(\.signalToNoise)
    let rates = measurement.regions.map(\.rate)
    return [
      measurement.pos.signalToNoise, measurement.chrom.signalToNoise,
      ratios.reduce(0, +) / Double(ratios.count), ratios.min() ?? 0,
      60 * ((rates.max() ?? 0) - (rates.min() ?? 0)),
      60 * abs(measurement.pos.rate - measurement.chrom.rate), measurement.coherence,
      measurement.correlation, log2(max(measurement.strength, 1e-6)),
    ]
  }

  func evidence(of measurement: Measurement) -> any ClipEvidence { PulseEvidence(measurement) }

  /// When each frame is shown; nil where that is not known of all, or they do not follow one another.
  static func times(of clip: FaceClip) -> [Double]? {
    let times = clip.frames.compactMap(\.time)
    guard times.count == clip.frames.count, times.count > 1,
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    return times
  }

  /// The landmarks in each crop, as they are where those in the source are averaged over time.
  private static func smoothed(_ clip: FaceClip, _ times: [Double]) -> [[SIMD2<Float>]] {
    let sources = clip.frames.map(\.sourceLandmarks)
    return clip.frames.indices.map { index in
      let own = clip.frames[index].landmarks ?? []
      guard let map = clip.frames[index].matrix, sources[index] != nil else { return own }
      var sum = [SIMD2<Float>](repeating: .zero, count: own.count)
      var count: Float = 0
      for other in sources.indices where abs(times[other] - times[index]) <= smoothing {
        guard let points = sources[other], points.count == sum.count else { continue }
        for place in sum.indices { sum[place] += points[place] }
        count += 1
      }
      return sum.map { SIMD2<Float>(map(SIMD2<Double>($0 / count))) }
    }
  }
}

extension DetectorKind {
  public static let pulse = DetectorKind("pulse")
}

extension DetectorDefinition {
  /// The pulse in the color of the skin.
  static let pulse = DetectorDefinition.signal(
    PulseSignal.self,
    summary: """
      The pulse in the color of the skin, by region of the face (POS: Wang and others 2017; CHROM: de \
      Haan and Jeanne 2013; FakeCatcher: Ciftci and others 2020).
      """)
}
