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

  /// Held-out pictures, spread evenly over the stretch: between `count` and twice as many, or all.
  public func heldOutSample(_ count: Int) -> [Image] {
    stride(from: 0, to: heldOut.count, by: max(1, heldOut.count / count)).map { heldOut[$0] }
  }
}
