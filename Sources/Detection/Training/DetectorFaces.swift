public import Faces
public import Media

/// Labeled faces to train or to be judged on, decoded when they are needed.
public struct DetectorFaces: Sendable {
  /// Whether each is fake.
  public let labels: [Label]
  /// How much each counts beside the others of its class.
  public let weights: [Float]
  /// Which faces belong together, such as a real one and its forged twin; each is in one unit.
  public let units: [[Int]]
  private let picture: @Sendable (Int) -> Image

  /// - Parameters:
  ///   - weights: one for each face, or nil for 1 each.
  ///   - units: which faces belong together; nil for each by itself.
  ///   - picture: face `index`, 256×256; it is called on several threads, again and again.
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

  /// Faces that are decoded already.
  public init(_ faces: [(image: Image, label: Label)]) {
    let images = faces.map(\.image)
    self.init(labels: faces.map(\.label)) { images[$0] }
  }

  /// Some of them, each by itself.
  func selecting(_ indices: [Int]) -> DetectorFaces {
    let picture = picture
    return DetectorFaces(
      labels: indices.map { labels[$0] }, weights: indices.map { weights[$0] }
    ) { picture(indices[$0]) }
  }

  /// At most `most` of each class, evenly spread.
  func thinned(to most: Int) -> DetectorFaces {
    selecting(labels.thinned(to: most))
  }

  /// How many there are.
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
