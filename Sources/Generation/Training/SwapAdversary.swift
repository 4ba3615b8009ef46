public import Engine
public import Media

/// A frozen opponent that swaps are trained to evade, such as a detector.
///
/// Its loss on swaps is added to the generator's loss; training never changes it.
public protocol SwapAdversary {
  /// The evasion loss of some swaps.
  ///
  /// - Returns: the mean loss over the swaps, and its gradient with respect to `swaps.made`.
  func evasionLoss(of swaps: ShownSwaps) -> LossValue
}

/// The swaps of a step, as input for an adversary.
public struct ShownSwaps: Sendable {
  /// The swapped faces, `[N, side, side, 3]`, 0…1, float32.
  public let made: Tensor
  /// The 256×256 pictures that the faces were taken from.
  public let pictures: [Image]
  /// The 68 landmarks of each picture, in its pixels; nil if unknown.
  public let landmarks: [[SIMD2<Float>]?]
  /// The random source for the insertion into the pictures.
  public let randomness: RandomSource

  /// Swaps with the pictures that they were made from.
  public init(
    made: Tensor, pictures: [Image], landmarks: [[SIMD2<Float>]?], randomness: RandomSource
  ) {
    precondition(
      pictures.count == made.shape[0] && landmarks.count == made.shape[0],
      "\(pictures.count) pictures for \(made.shape)")
    (self.made, self.pictures, self.landmarks) = (made, pictures, landmarks)
    self.randomness = randomness
  }

  /// The insertion of each face into its picture.
  public var placements: [FacePlacement] {
    ThreadPool.map(pictures.count) { index in
      FacePlacement(
        into: pictures[index], landmarks: landmarks[index], side: made.shape[1],
        randomness: randomness.split(index))
    }
  }
}
