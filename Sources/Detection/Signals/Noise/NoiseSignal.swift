import Faces
import Foundation
import Media

/// The sensor's noise in the face and around it: whether both halves of a clip show the same fixed
/// pattern.
///
/// After Koopman, Macarulla Rodriguez and Geradts ("Detection of deepfake video manipulation", 2018): a
/// genuine face lies on the same sensor as its surroundings; a generated one brings noise of its own,
/// or none, and moves with the head.
struct NoiseSignal: ClipSignal {
  /// What the noise is measured in.
  enum Basis: String {
    /// The source frames.
    case source
    /// The crops, laid back to where they were in the source: what labeled datasets hold.
    case crops
  }

  let basis: Basis

  static let kind = DetectorKind.prnu
  static let features = [
    "correlation of the face's noise", "correlation of the surroundings' noise",
    "difference of the correlations", "noise of the face against the surroundings, octaves",
    "peak-to-correlation energy of the face", "peak-to-correlation energy of the surroundings",
  ]

  /// Frames that are looked at, evenly spread.
  private static let mostFrames = 32
  /// Pixels of a region, with which correlations are known to about 0.02.
  private static let fewestPixels = 2500
  /// The least standard deviation of the residual, in gray levels.
  private static let leastNoise = 0.05

  init(_ basis: Basis) { self.basis = basis }

  init(for clips: LabeledClips) {
    let isSourced =
      clips.count > 0 && (0..<min(clips.count, 8)).allSatisfy { clips[$0].source != nil }
    basis = isSourced ? .source : .crops
  }

  init?(metadata: [String: String]) {
    guard let basis = metadata["basis"].flatMap(Basis.init) else { return nil }
    self.basis = basis
  }

  var metadata: [String: String] { ["basis": basis.rawValue] }

  var requirements: DetectorRequirements {
    DetectorRequirements(
      frames: 16, idealSeconds: 4, landmarks: true, sourcePixels: basis == .source)
  }

  /// What was measured.
  struct Measurement: Sendable {
    /// The correlation of the patterns of both halves of the clip, −1…1.
    let face, surroundings: Double
    /// The standard deviation of the residual in the face over that around it.
    let noiseRatio: Double
    /// The peak-to-correlation energies at no shift.
    let faceEnergy, surroundingsEnergy: Double
    /// The correlation near each pixel, −1…1.
    let map: Plane
    /// The mean frame, in the same pixels.
    let picture: Image
  }

  func measure(_ clip: FaceClip) -> SignalMeasurement<Measurement> {
    let chosen = NoiseSignal.spread(clip.frames.count)
    guard let canvas = NoiseCanvas(of: clip, frames: chosen) else {
      return .notApplicable("the place of the face in the source frames is not known")
    }
    var read = NoiseFrames(canvas, halfAt: chosen.count / 2, count: chosen.count)
    do {
      switch basis {
      case .source:
        guard let source = clip.source else {
          return .notApplicable("the source frames are not available")
        }
        try source.forEach(chosen) { index, picture in
          read.add(canvas.cut(from: picture), clip.frames[index])
        }
      case .crops:
        for index in chosen {
          if let part = canvas.cut(from: clip.frames[index]) { read.add(part, clip.frames[index]) }
        }
      }
      return try measurement(read)
    } catch {
      return .notApplicable("the source frames cannot be read")
    }
  }

  private func measurement(
    _ read: NoiseFrames
  ) throws(DetectionError) -> SignalMeasurement<Measurement> {
    let (face, around) = read.regions
    for (name, region) in [("the face", face), ("its surroundings", around)]
    where region.count < NoiseSignal.fewestPixels {
      return .notApplicable(
        "only \(region.count) of the \(NoiseSignal.fewestPixels) pixels needed show \(name) throughout"
      )
    }
    let noise = (face: read.noise(in: face), around: read.noise(in: around))
    guard noise.around > NoiseSignal.leastNoise else {
      return .notApplicable("the frames have no noise, which every sensor leaves")
    }
    let patterns = try read.patterns()
    func correlation(_ region: [Int]) -> Double {
      let parts = patterns.map { pattern in region.map { Double(pattern.values[$0]) } }
      return pearsonCorrelation(parts[0], parts[1])
    }
    func energy(_ region: [Int]) throws(DetectionError) -> Double {
      let transform = try FourierPair(width: read.canvas.width, height: read.canvas.height)
      let parts = patterns.map { pattern in
        var values = [Float](repeating: 0, count: pattern.values.count)
        for place in region { values[place] = pattern.values[place] }
        return values
      }
      return CorrelationPeak(
        in: transform.correlation(of: parts[0], with: parts[1]), width: transform.width,
        height: transform.height, at: (0, 0)
      ).energy
    }
    return .measured(
      Measurement(
        face: correlation(face), surroundings: correlation(around),
        noiseRatio: max(noise.face, NoiseSignal.leastNoise / 10) / noise.around,
        faceEnergy: try energy(face), surroundingsEnergy: try energy(around),
        map: NoiseSignal.map(of: patterns), picture: read.meanPicture))
  }

  func features(of measurement: Measurement) -> [Double] {
    func fisher(_ correlation: Double) -> Double { atanh(min(max(correlation, -0.999), 0.999)) }
    func root(_ energy: Double) -> Double { (energy < 0 ? -1 : 1) * abs(energy).squareRoot() }
    let (face, around) = (fisher(measurement.face), fisher(measurement.surroundings))
    return [
      face, around, face - around, log2(measurement.noiseRatio), root(measurement.faceEnergy),
      root(measurement.surroundingsEnergy),
    ]
  }

  func evidence(of measurement: Measurement) -> any ClipEvidence { NoiseEvidence(measurement) }

  /// At most `mostFrames` of some frames, evenly spread.
  private static func spread(_ count: Int) -> [Int] {
    let taken = min(count, mostFrames)
    return (0..<taken).map { $0 * count / taken }
  }

  /// The correlation of two patterns near each pixel.
  private static func map(of patterns: [Plane]) -> Plane {
    let reach = 8.0
    func blurred(_ first: Plane, _ second: Plane) -> Plane {
      Plane(
        width: first.width, height: first.height, values: zip(first.values, second.values).map(*)
      ).blurred(deviation: reach)
    }
    let (product, first, second) = (
      blurred(patterns[0], patterns[1]), blurred(patterns[0], patterns[0]),
      blurred(patterns[1], patterns[1])
    )
    var map = product
    for place in map.values.indices {
      let scale = (first.values[place] * second.values[place]).squareRoot()
      map.values[place] = scale > 1e-12 ? product.values[place] / scale : 0
    }
    return map
  }
}

extension DetectorKind {
  public static let prnu = DetectorKind("prnu")
}

extension DetectorDefinition {
  /// The sensor's noise in the face and around it.
  static let prnu = DetectorDefinition.signal(
    NoiseSignal.self,
    summary: """
      The sensor's fixed noise pattern in the face, compared with its surroundings and with itself over \
      time (Lukáš, Fridrich and Goljan 2006; Koopman and others 2018).
      """)
}
