import Engine
public import Faces
public import Media

/// The pictures of one person: the training pictures and the held-out ones.
public struct SwapFaces: Sendable {
  /// The training pictures, 256×256.
  public let training: [Image]
  /// The held-out pictures: the last ones, in name order.
  public let heldOut: [Image]
  /// The landmarks of the training pictures, in their pixels; nil if unknown.
  let landmarks: [[SIMD2<Float>]?]

  /// Training and held-out pictures, at least one each.
  ///
  /// - Parameter landmarks: the 68 landmarks of each training picture; empty for none.
  public init(training: [Image], heldOut: [Image], landmarks: [[SIMD2<Float>]?] = []) {
    (self.training, self.heldOut) = (training, heldOut)
    self.landmarks = landmarks.isEmpty ? training.map { _ in nil } : landmarks
  }

  /// The pictures of a folder.
  public init(_ folder: FaceFolder) {
    self.init(
      training: folder.trainingImages, heldOut: folder.heldOutImages,
      landmarks: folder.pictures[folder.training].map(\.landmarks))
  }

  /// Whether any training picture has landmarks.
  public var hasLandmarks: Bool { landmarks.contains { $0 != nil } }

  /// The face map of each training picture.
  var maps: [Image] {
    let ellipse = FaceMap.ellipse()
    return ThreadPool.map(landmarks.count) { index in
      landmarks[index].map { FaceMap.picture(landmarks: $0) } ?? ellipse
    }
  }

  /// The held-out pictures for validation, spread evenly: at most 63.
  public var evaluated: [Image] { heldOut.sample(SwapFaces.leastEvaluated) }

  /// The minimum number of validated pictures, if there are so many; there are less than twice as
  /// many.
  public static let leastEvaluated = 32
}

extension Array {
  /// Evenly spread elements, starting with the first: between `count` and twice as many, or all.
  public func sample(_ count: Int) -> [Element] {
    stride(from: 0, to: self.count, by: Swift.max(1, self.count / count)).map { self[$0] }
  }
}
