public import Detection
import Faces
import Media

/// Measurements on the highest-scoring face of a person.
public struct Evidence: Codable, Equatable, Sendable {
  /// The person's number, from 1.
  public let person: Int
  /// The frame, from 0; nil for a picture.
  public let frame: Int?
  /// The sharpness of the face relative to its surroundings, in octaves.
  public let sharpness: Double
  /// Its standard deviations above real validation faces; nil where these were not measured.
  public let sharpnessDeviations: Double?
  /// The contribution of frequencies to the score of the spectrum detector; nil without one.
  public let frequencies: [SpectrumReason]?
  /// The Grad-CAM saliency of each network, by its model's name.
  public let saliency: [String: Saliency]
  /// What detectors measured, in their order.
  public let figures: [Figure]

  /// What a detector measured on a clip, and the picture that shows it.
  public struct Figure: Codable, Equatable, Sendable {
    /// The model's name in `Checkpoints`.
    public let model: String
    /// The heading, the result in a sentence, and what the picture shows.
    public let title, sentence, caption: String
    /// The picture's file, beside the explanation.
    public let picture: String
    public let measurements: [EvidenceMeasurement]

    /// - Parameter who: such as `the face`.
    init(_ evidence: any ClipEvidence, by model: String, of who: String, person: Int) {
      (self.model, title, caption) = (model, evidence.title, evidence.caption)
      sentence = evidence.sentence(of: who)
      picture = Figure.file(model: model, person: person)
      measurements = evidence.measurements
    }

    static let (prefix, suffix) = ("evidence-", ".png")

    static func file(model: String, person: Int) -> String {
      "\(prefix)\(model)-\(person)\(suffix)"
    }
  }

  /// How Grad-CAM saliency for the fake class is spread.
  public struct Saliency: Codable, Equatable, Sendable {
    /// The share inside the face's hull, 0…1.
    public let inside: Double
    /// The hull's share of the picture, 0…1: what `inside` is for uniform saliency.
    public let area: Double
    /// The same of a band along the hull's edge.
    public let edge, edgeArea: Double
  }
}

extension Evidence {
  /// How far from the hull's edge its band reaches: the blurred hull lies between these values.
  private static let edge: ClosedRange<Float> = 0.1...0.9

  /// What the detectors say that they went by, each with its model: of a person's most fake clip, or of
  /// the face whose picture was kept.
  ///
  /// - Parameter faces: all of the person's.
  static func found(
    in faces: [ScoredFace], by models: [StoredDetector]
  ) throws -> [(model: StoredDetector, evidence: DetectorEvidence)] {
    let still = faces.compactMap(\.clip).first
    var found: [(model: StoredDetector, evidence: DetectorEvidence)] = []
    for (index, model) in models.enumerated() {
      if let evidence = faces.compactMap({ $0.evidence[index] }).first {
        found += evidence.map { (model, $0) }
      } else if let still, model.requirements.lack(of: still) == nil {
        found += try model.trained.detector.evidence(on: still).map { (model, $0) }
      }
    }
    return found
  }

  /// Nil for a face whose picture was let go.
  ///
  /// - Parameters:
  ///   - face: its person as in the verdict, from 0.
  ///   - found: what the detectors went by.
  ///   - who: the face in words, such as `the face`.
  ///   - real: how sharp real faces are.
  init?(
    _ face: ScoredFace, _ found: [(model: StoredDetector, evidence: DetectorEvidence)],
    of who: String, real: RealBand?
  ) {
    guard let clip = face.clip, let landmarks = clip.frames[0].landmarks else { return nil }
    let picture = clip.frames[0].crop
    (person, frame) = (face.person + 1, face.frame)
    sharpness = SharpnessContrast(of: picture, landmarks: landmarks).value
    sharpnessDeviations = real.map { [sharpness] in $0.deviations(of: sharpness) }
    let hull = FaceHull(landmarks: landmarks, includesForehead: true)
      .coverage(width: picture.width, height: picture.height)
    let soft = hull.blurred(deviation: 8)
    var saliency: [String: Saliency] = [:]
    var bands: [SpectrumReason]?
    var figures: [Figure] = []
    for (model, evidence) in found {
      switch evidence {
      case .gradCAM(let map):
        saliency[model.name] = Saliency(
          map.plane(side: picture.width), hull: hull, soft: soft, edge: Evidence.edge)
      case .frequencies(let reasons): bands = bands ?? reasons
      case .clip(let evidence):
        figures.append(Figure(evidence, by: model.name, of: who, person: face.person + 1))
      }
    }
    (self.saliency, frequencies, self.figures) = (saliency, bands, figures)
  }
}

extension Evidence.Saliency {
  fileprivate init(_ heat: Plane, hull: Plane, soft: Plane, edge band: ClosedRange<Float>) {
    var (total, inside, area, edge, edgeArea) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for place in heat.values.indices {
      let value = Double(heat.values[place])
      total += value
      inside += value * Double(hull.values[place])
      area += Double(hull.values[place])
      guard band.contains(soft.values[place]) else { continue }
      edge += value
      edgeArea += 1
    }
    let count = Double(heat.values.count)
    (self.inside, self.edge) = total > 0 ? (inside / total, edge / total) : (0, 0)
    (self.area, self.edgeArea) = (area / count, edgeArea / count)
  }
}
