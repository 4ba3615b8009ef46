public import Detection
import Faces
import Media

/// What was measured on the face of a person that is most surely fake.
public struct Evidence: Codable, Equatable, Sendable {
  /// The person's number, from 1.
  public let person: Int
  /// The frame that was looked at, from 0; nil for a picture.
  public let frame: Int?
  /// How sharp the face is against what surrounds it, in octaves.
  public let sharpness: Double
  /// How many deviations that lies above real validation faces; nil where these were not measured.
  public let sharpnessDeviations: Double?
  /// The frequencies that moved the score of the spectrum detector; nil without one.
  public let frequencies: [SpectrumReason]?
  /// Where each network looked, by its model's name.
  public let attention: [String: Look]

  /// Where a network looked.
  public struct Look: Codable, Equatable, Sendable {
    /// The share of what speaks for fake that lies inside the face's hull, 0…1.
    public let inside: Double
    /// The hull's share of the picture, 0…1: what `inside` would be if it looked everywhere alike.
    public let area: Double
    /// The same of a band along the hull's edge.
    public let edge, edgeArea: Double
  }
}

extension Evidence {
  /// How far from the hull's edge its band reaches: the blurred hull lies between these values.
  private static let edge: ClosedRange<Float> = 0.1...0.9

  /// - Parameters:
  ///   - face: whose picture was kept.
  ///   - real: how sharp real faces are.
  init?(
    _ person: Int, _ face: ScoredFace, _ models: [DetectorModels.Model], real: RealBand?
  ) throws {
    guard let picture = face.picture else { return nil }
    (self.person, frame) = (person, face.frame)
    sharpness = SharpnessContrast(of: picture, landmarks: face.landmarks).value
    sharpnessDeviations = real.map { [sharpness] in $0.deviations(of: sharpness) }
    frequencies = try models.lazy.compactMap { $0.trained.detector as? SpectrumDetector }.first.map
    {
      try $0.reasons(for: picture)
    }
    let hull = FaceHull(landmarks: face.landmarks, includesForehead: true)
      .coverage(width: picture.width, height: picture.height)
    let soft = hull.blurred(deviation: 8)
    var looks: [String: Look] = [:]
    for model in models {
      guard let network = model.trained.detector as? NetworkDetector,
        let heat = network.gradCAM(on: picture)?.plane(side: picture.width)
      else { continue }
      looks[model.name] = Look(heat, hull: hull, soft: soft, edge: Evidence.edge)
    }
    attention = looks
  }
}

extension Evidence.Look {
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
