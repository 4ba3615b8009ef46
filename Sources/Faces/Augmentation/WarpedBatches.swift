public import Engine
public import Media

/// Training batches of one face: disturbed pictures, and what a model should make of them.
///
/// A batch depends on the source, the iteration and its size alone, never on the batches before
/// it nor on the number of threads; so a run that is continued sees what it would have seen.
public struct WarpedBatches: Sendable {
  /// How the pictures are disturbed.
  public let settings: WarpSettings
  /// Samples in a batch.
  public let size: Int

  private let images: [Image]
  private let order: PictureOrder
  private let randomness: RandomSource

  /// - Parameters:
  ///   - images: 256×256 pictures to train on, at least one.
  ///   - size: samples in a batch, at least one.
  ///   - randomness: one source for each face and run.
  public init(
    of images: [Image], size: Int, settings: WarpSettings = WarpSettings(),
    randomness: RandomSource
  ) {
    precondition(!images.isEmpty && size > 0, "\(size) of \(images.count) pictures are no batch")
    self.images = images
    self.size = size
    self.settings = settings
    order = PictureOrder(count: images.count, randomness: randomness.split(0))
    self.randomness = randomness.split(1)
  }

  /// The batch of one iteration, counted from 0, prepared by the whole team.
  public func batch(iteration: Int) -> WarpedBatch {
    let pictures = order.pictures(from: iteration * size, number: size)
    let source = randomness.split(iteration)
    let draws = (0..<size).map { index in
      var source = source.split(index)
      return WarpDraw(from: &source, settings: settings)
    }
    return WarpedBatch(
      input: stacked(pictures, draws.map { ($0.input, $0.tint) }),
      target: stacked(pictures, draws.map { ($0.target, $0.tint) }))
  }

  private func stacked(_ pictures: [Int], _ views: [(grid: PointGrid, tint: Tint)]) -> Tensor {
    let samples = settings.sampling == .area ? 2 : 1
    return Tensor.stacked(size, part: [Crop.side, Crop.side, 3]) { index, part in
      let pixels = images[pictures[index]].pixels
      GridSampler.sample(
        pixels.span, through: views[index].grid, samples: samples,
        tint: views[index].tint, side: Crop.side, into: &part)
    }
  }
}

/// One batch of training: `[N, 64, 64, 3]` each, in 0…1.
public struct WarpedBatch: Equatable, Sendable {
  /// The disturbed faces.
  public let input: Tensor
  /// The same faces, unwarped.
  public let target: Tensor
}
