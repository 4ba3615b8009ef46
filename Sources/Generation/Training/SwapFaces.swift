import Engine
public import Faces
public import Media

/// The pictures of one person: what is trained on, and the stretch that is held out.
public struct SwapFaces: Sendable {
  /// The pictures that training sees, 256×256.
  public let training: [Image]
  /// The pictures that it never sees: the last ones, in name order.
  public let heldOut: [Image]
  /// The landmarks of the training pictures, in their pixels; nil where they are not known.
  let landmarks: [[SIMD2<Float>]?]

  /// Two parts, at least one picture each.
  ///
  /// - Parameter landmarks: the 68 of each training picture; none for none.
  public init(training: [Image], heldOut: [Image], landmarks: [[SIMD2<Float>]?] = []) {
    (self.training, self.heldOut) = (training, heldOut)
    self.landmarks = landmarks.isEmpty ? training.map { _ in nil } : landmarks
  }

  /// The two parts of a folder.
  public init(_ folder: FaceFolder) {
    self.init(
      training: folder.trainingImages, heldOut: folder.heldOutImages,
      landmarks: folder.pictures[folder.training].map(\.landmarks))
  }

  /// Whether it is known of any training picture where the parts of the face are.
  public var hasLandmarks: Bool { landmarks.contains { $0 != nil } }

  /// Where the parts of each training picture's face are.
  var maps: [Image] {
    let ellipse = FaceMap.ellipse()
    return ThreadPool.map(landmarks.count) { index in
      landmarks[index].map { FaceMap.picture(landmarks: $0) } ?? ellipse
    }
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
