public import Faces
public import Media

/// Labeled faces for training or validation, decoded on demand.
public struct DetectorFaces: Sendable {
  /// The label of each face.
  public let labels: [Label]
  /// The weight of each face within its class.
  public let weights: [Float]
  /// The faces of each unit, such as a real one and its fake twin; each face is in one unit.
  public let units: [[Int]]
  private let picture: @Sendable (Int) -> Image

  /// - Parameters:
  ///   - weights: one per face, or nil for 1.
  ///   - units: the faces of each unit; nil for one face each.
  ///   - picture: face `index`, 256×256; called on several threads, repeatedly.
  public init(
    labels: [Label], weights: [Float]? = nil, units: [[Int]]? = nil,
    picture: @escaping @Sendable (Int) -> Image
  ) {
    self.labels = labels
    self.weights = weights ?? labels.map { _ in 1 }
    precondition(
      self.weights.count == labels.count, "\(self.weights.count) weights, \(labels.count) labels")
    self.units = units ?? labels.indices.map { [$0] }
    precondition(
      self.units.flatMap { $0 }.sorted() == Array(labels.indices), "a face in no unit, or in two")
    self.picture = picture
  }

  /// Faces that are already decoded.
  public init(_ faces: [(image: Image, label: Label)]) {
    let images = faces.map(\.image)
    self.init(labels: faces.map(\.label)) { images[$0] }
  }

  /// The number of faces.
  public var count: Int { labels.count }

  /// One face's picture.
  public subscript(index: Int) -> Image { picture(index) }
}

extension [Label] {
  /// The places of at most `most` of each class, evenly spread, in order.
  public func thinned(to most: Int) -> [Int] {
    Label.allCases.flatMap { label -> [Int] in
      let own = indices.filter { self[$0] == label }
      let count = Swift.min(most, own.count)
      return (0..<count).map { own[$0 * own.count / count] }
    }.sorted()
  }
}
