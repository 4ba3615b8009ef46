import Foundation
public import Media

/// The pulse by region of the face.
public struct PulseEvidence: ClipEvidence, Equatable {
  /// One region: its strongest rate in beats/min, and how far that stands out, in dB.
  public struct Region: Equatable, Sendable {
    public let name: String
    public let rate, signalToNoise: Double
    /// How probably noise alone has a peak as high, 0…1.
    public let chance: Double
    /// The power from 42 to 240 beats/min, with the sum 1.
    let power: [Double]
  }

  /// Forehead and cheeks.
  public let regions: [Region]
  /// All regions together.
  public let face: Region
  /// How well the regions are in step, 0…1.
  public let coherence: Double

  init(_ measurement: PulseSignal.Measurement) {
    func region(_ name: String, _ spectrum: PulseSpectrum) -> Region {
      Region(
        name: name, rate: 60 * spectrum.rate, signalToNoise: spectrum.signalToNoise,
        chance: spectrum.chance, power: spectrum.power)
    }
    regions = zip(SkinRegion.allCases, measurement.regions).map { region($0.rawValue, $1) }
    face = region("face", measurement.pos)
    coherence = measurement.coherence
  }

  /// The rate of the heart in beats/min, where noise alone would hardly have such a peak and two regions
  /// agree on it.
  public var beatsPerMinute: Double? {
    let agreeing = regions.count { abs($0.rate - face.rate) <= 60 * PulseSignal.mostSpread }
    return face.chance <= PulseSignal.mostChance && agreeing >= 2 ? face.rate : nil
  }

  public var title: String { "Pulse" }

  public func sentence(of who: String) -> String {
    let ratio = String(format: "%.1f", face.signalToNoise)
    let agreement = "\(Int((100 * coherence).rounded())) %"
    guard let rate = beatsPerMinute else {
      return
        "Pulse: the color of \(who) shows no rate clearly (signal-to-noise ratio \(ratio) dB; forehead and "
        + "cheeks are in step to \(agreement))."
    }
    return
      "Pulse: the color of \(who) changes \(String(format: "%.0f", rate)) times a minute (signal-to-noise "
      + "ratio \(ratio) dB; forehead and cheeks are in step to \(agreement))."
  }

  public var measurements: [EvidenceMeasurement] {
    let rate = beatsPerMinute.map { [EvidenceMeasurement("pulse, beats/min", $0)] } ?? []
    return rate
      + ([face] + regions).flatMap {
        [
          EvidenceMeasurement("\($0.name): strongest rate, beats/min", $0.rate),
          EvidenceMeasurement("\($0.name): signal-to-noise ratio, dB", $0.signalToNoise),
          EvidenceMeasurement("\($0.name): probability of such a peak by noise", $0.chance),
        ]
      } + [EvidenceMeasurement("agreement of the phases", coherence)]
  }

  public var caption: String {
    """
    Spectrum of the pulse signal by region of the face, 42 to 180 beats/min. One heart gives all regions \
    one peak at the same rate.
    """
  }

  public func drawn() throws(MediaError) -> Image {
    let shown = ([face] + regions).map { region in
      CurvePlot.Series(
        "\(region.name): \(String(format: "%.0f", region.rate))/min, "
          + "\(String(format: "%.1f", region.signalToNoise)) dB",
        zip(PulseSpectrum.frequencies, region.power).filter { $0.0 <= 3 }.map {
          CurvePlot.Point(60 * $0.0, $0.1)
        })
    }
    return try CurvePlot(panels: [
      CurvePlot.Panel(
        title: beatsPerMinute.map { "Pulse: \(String(format: "%.0f", $0)) beats/min" }
          ?? "No clear pulse",
        xLabel: "Beats per minute", yLabel: "Share of the power", series: shown)
    ]).drawn()
  }
}
