public import Engine
public import Media

/// Someone outside of a training whom swaps should please, such as a detector of fakes.
///
/// Its output of swaps enters the generator's loss; the training never changes it.
public protocol SwapAdversary {
  /// What the generator pays for some swaps.
  ///
  /// - Returns: the loss, a mean over the swaps, and its gradient by `swaps.made`.
  func evasionLoss(of swaps: ShownSwaps) -> LossValue
}

/// Swaps of a step, as an adversary is shown them.
public struct ShownSwaps: Sendable {
  /// What a decoder made of the other person's faces, `[N, 64, 64, 3]`, 0…1, float32.
  public let made: Tensor
  /// The 256×256 pictures that the faces were taken from.
  public let pictures: [Image]
  /// The 68 landmarks of each picture, in its pixels; nil where they are not known.
  public let landmarks: [[SIMD2<Float>]?]
  /// What chance in the showing follows from.
  public let randomness: RandomSource

  /// Swaps and what they were made of.
  public init(
    made: Tensor, pictures: [Image], landmarks: [[SIMD2<Float>]?], randomness: RandomSource
  ) {
    precondition(
      pictures.count == made.shape[0] && landmarks.count == made.shape[0],
      "\(pictures.count) pictures for \(made.shape)")
    (self.made, self.pictures, self.landmarks) = (made, pictures, landmarks)
    self.randomness = randomness
  }

  /// Where and how each face goes back into its picture.
  public var placements: [FacePlacement] {
    ThreadPool.map(pictures.count) { index in
      FacePlacement(
        into: pictures[index], landmarks: landmarks[index], randomness: randomness.split(index))
    }
  }
}
