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

  private let images, maps: [Image]
  private let order: PictureOrder
  private let randomness: RandomSource

  /// - Parameters:
  ///   - images: 256×256 pictures to train on, at least one.
  ///   - maps: the `FaceMap` of each; none where batches need no maps.
  ///   - size: samples in a batch, at least one.
  ///   - randomness: one source for each face and run.
  public init(
    of images: [Image], maps: [Image] = [], size: Int, settings: WarpSettings = WarpSettings(),
    randomness: RandomSource
  ) {
    precondition(!images.isEmpty && size > 0, "\(size) of \(images.count) pictures are no batch")
    precondition(maps.isEmpty || maps.count == images.count, "\(maps.count) maps")
    self.images = images
    self.maps = maps
    self.size = size
    self.settings = settings
    order = PictureOrder(count: images.count, randomness: randomness.split(0))
    self.randomness = randomness.split(1)
  }

  /// The batch of one iteration, counted from 0, prepared by the whole team.
  ///
  /// - Parameter isWarped: false for faces that are turned, zoomed, shifted and mirrored alone.
  public func batch(iteration: Int, isWarped: Bool = true) -> WarpedBatch {
    let pictures = order.pictures(from: iteration * size, number: size)
    let source = randomness.split(iteration)
    let draws = (0..<size).map { index in
      var source = source.split(index)
      return WarpDraw(from: &source, settings: settings, isWarped: isWarped)
    }
    let input = stacked { index in
      let pixels = images[pictures[index]].pixels
      let draw = draws[index]
      return (draw.occlusion?.painted(on: pixels) ?? pixels, draw.input, draw.tint)
    }
    let target = stacked { (images[pictures[$0]].pixels, draws[$0].target, Tint()) }
    guard !maps.isEmpty else { return WarpedBatch(input: input, target: target) }
    let map = stacked { index in
      let pixels = maps[pictures[index]].pixels
      return (draws[index].occlusion?.cut(from: pixels) ?? pixels, draws[index].target, Tint())
    }
    return WarpedBatch(input: input, target: target, map: map)
  }

  private func stacked(
    _ view: @Sendable (Int) -> (pixels: [UInt8], grid: PointGrid, tint: Tint)
  ) -> Tensor {
    let samples = settings.sampling == .area ? 2 : 1
    return Tensor.stacked(size, part: [Crop.side, Crop.side, 3]) { index, part in
      let (pixels, grid, tint) = view(index)
      GridSampler.sample(
        pixels.span, through: grid, samples: samples, tint: tint, side: Crop.side, into: &part)
    }
  }
}

/// One batch of training: `[N, 64, 64, 3]` each, in 0…1.
public struct WarpedBatch: Equatable, Sendable {
  /// The disturbed faces.
  public let input: Tensor
  /// The same faces, unwarped.
  public let target: Tensor
  /// Where face, eyes and mouth are in the target (`FaceMap`); nil where nobody asked.
  public let map: Tensor?

  /// Faces and what should be made of them, `[N, 64, 64, 3]` each.
  public init(input: Tensor, target: Tensor, map: Tensor? = nil) {
    (self.input, self.target, self.map) = (input, target, map)
  }
}
