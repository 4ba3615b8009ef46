public import Faces
public import Media

/// The pictures of one person: what is trained on, and the stretch that is held out.
public struct SwapFaces: Sendable {
  /// The pictures that training sees, 256×256.
  public let training: [Image]
  /// The pictures that it never sees: the last ones, in name order.
  public let heldOut: [Image]

  /// Two parts, at least one picture each.
  public init(training: [Image], heldOut: [Image]) {
    (self.training, self.heldOut) = (training, heldOut)
  }

  /// The two parts of a folder.
  public init(_ folder: FaceFolder) {
    self.init(training: folder.trainingImages, heldOut: folder.heldOutImages)
  }

  /// The held-out pictures that a model is judged on, spread evenly over the stretch: at most 63.
  public var examined: [Image] { heldOut.sample(SwapFaces.leastExamined) }

  /// So many held-out pictures are judged, if there are so many, and less than twice as many.
  public static let leastExamined = 32
}

extension Array {
  /// Elements spread evenly, the first among them: between `count` and twice as many, or all.
  public func sample(_ count: Int) -> [Element] {
    stride(from: 0, to: self.count, by: Swift.max(1, self.count / count)).map { self[$0] }
  }
}
