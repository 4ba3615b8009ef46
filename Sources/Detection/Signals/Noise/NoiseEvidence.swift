import Foundation
public import Media

/// The noise of the face against that around it.
public struct NoiseEvidence: ClipEvidence, Equatable {
  /// The correlation of the noise patterns of both halves of the clip, −1…1.
  public let face, surroundings: Double
  /// The strength of the face's noise over that around it.
  public let noiseRatio: Double
  /// The peak-to-correlation energies of the same.
  public let faceEnergy, surroundingsEnergy: Double
  /// The correlation near each pixel, −1…1.
  public let map: Plane
  /// The mean frame, in the same pixels.
  public let picture: Image

  init(_ measurement: NoiseSignal.Measurement) {
    (face, surroundings) = (measurement.face, measurement.surroundings)
    noiseRatio = measurement.noiseRatio
    (faceEnergy, surroundingsEnergy) = (measurement.faceEnergy, measurement.surroundingsEnergy)
    (map, picture) = (measurement.map, measurement.picture)
  }

  public var title: String { "Sensor noise" }

  public func sentence(of who: String) -> String {
    let ratio = String(format: "%.2f", noiseRatio)
    return
      "Sensor noise: the patterns of both halves of the clip correlate with \(three(face)) in \(who) and "
      + "with \(three(surroundings)) around it (peak-to-correlation energies \(whole(faceEnergy)) and "
      + "\(whole(surroundingsEnergy))); the noise of the face is \(ratio) times as strong as that around it."
  }

  public var measurements: [EvidenceMeasurement] {
    [
      EvidenceMeasurement("correlation of the face's noise", face),
      EvidenceMeasurement("correlation of the surroundings' noise", surroundings),
      EvidenceMeasurement("peak-to-correlation energy of the face", faceEnergy),
      EvidenceMeasurement("peak-to-correlation energy of the surroundings", surroundingsEnergy),
      EvidenceMeasurement("noise of the face against the surroundings", noiseRatio),
    ]
  }

  public var caption: String {
    """
    Mean frame, and where the noise patterns of both halves of the clip agree (bright) and where they do \
    not (dark). A genuine face is as bright as what surrounds it; flat and dark places tell little.
    """
  }

  public func drawn() throws(MediaError) -> Image {
    let most = max(map.values.map(abs).max() ?? 0, 1e-6)
    let pixels = map.values.flatMap { value -> [UInt8] in
      let level = UInt8(min(max(value / most, 0), 1) * 255)
      return [level, level, level]
    }
    let heat = Image(width: map.width, height: map.height, pixels: pixels)
    return try ContactSheet(
      title: "", columns: ["mean frame", "agreement of the noise"],
      rows: [ContactSheet.Row("", [picture, heat])], cellSize: 360
    ).drawn()
  }

  private func three(_ value: Double) -> String { String(format: "%.3f", value) }
  private func whole(_ value: Double) -> String { String(format: "%.0f", value) }
}
