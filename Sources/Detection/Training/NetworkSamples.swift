public import Faces
public import Media

/// What a network is trained or validated on: faces by themselves, or clips.
public struct NetworkSamples: Sendable {
  /// Consecutive frames that the network looks at; 1 for one that looks at each by itself.
  public let frames: Int
  /// The label of each sample.
  public let labels: [Label]
  /// The weight of each sample within its class.
  public let weights: [Float]
  /// The samples of each unit, such as a real one and its fake twin; each sample is in one unit.
  public let units: [[Int]]
  /// The place of each sample's frames in `faces`.
  private let places: [Range<Int>]
  private let faces: DetectorFaces

  /// Each frame of all clips, or the clips of at least `frames` frames.
  public init(of clips: LabeledClips, frames: Int) {
    var (places, next) = ([Range<Int>](), 0)
    for length in clips.lengths {
      let own = next..<next + length
      if frames == 1 { places += own.map { $0..<$0 + 1 } }
      if frames > 1, length >= frames { places.append(own) }
      next += length
    }
    let sample = Dictionary(
      places.enumerated().map { ($0.element.lowerBound, $0.offset) }
    ) { first, _ in first }
    // Clips that belong together do so frame by frame: their first frames are in one unit.
    let units = clips.faces.units.map { $0.compactMap { sample[$0] } }.filter { !$0.isEmpty }
    self.init(frames, places, of: clips.faces, units: units)
  }

  private init(
    _ frames: Int, _ places: [Range<Int>], of faces: DetectorFaces, units: [[Int]]
  ) {
    (self.frames, self.places, self.faces, self.units) = (frames, places, faces, units)
    labels = places.map { faces.labels[$0.lowerBound] }
    weights = places.map { faces.weights[$0.lowerBound] }
  }

  /// The number of samples.
  public var count: Int { labels.count }

  /// How many frames a sample has.
  public func length(_ sample: Int) -> Int { places[sample].count }

  /// A frame of a sample, 256×256.
  public subscript(sample: Int, frame frame: Int) -> Image {
    faces[places[sample].lowerBound + frame]
  }

  /// At most `most` of each class, evenly spread, each by itself.
  func thinned(to most: Int) -> NetworkSamples {
    let chosen = labels.thinned(to: most)
    return NetworkSamples(
      frames, chosen.map { places[$0] }, of: faces, units: chosen.indices.map { [$0] })
  }
}
