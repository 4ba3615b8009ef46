public import Engine
public import Media

/// Training batches of one face: augmented pictures, and the target for each.
///
/// A batch depends only on the random source, the iteration and the batch size, not on earlier
/// batches or the number of threads, so a resumed run sees the same batches.
public struct WarpedBatches: Sendable {
  /// The augmentation.
  public let settings: WarpSettings
  /// Samples in a batch.
  public let size: Int

  private let images, maps: [Image]
  private let order: PictureOrder
  private let randomness: RandomSource

  /// - Parameters:
  ///   - images: 256×256 training pictures, at least one.
  ///   - maps: the `FaceMap` of each; none if batches need no maps.
  ///   - size: samples in a batch, at least one.
  ///   - randomness: a source for this face and run.
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

  /// The batch of one iteration, counted from 0, prepared in parallel.
  ///
  /// - Parameter isWarped: false for faces that are rotated, scaled, shifted and flipped, but not
  ///   warped.
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

/// One training batch: `[N, 64, 64, 3]` each, in 0…1.
public struct WarpedBatch: Equatable, Sendable {
  /// The augmented faces.
  public let input: Tensor
  /// The same faces, unwarped.
  public let target: Tensor
  /// The regions of face, eyes and mouth in the target (`FaceMap`); nil if not requested.
  public let map: Tensor?

  /// Inputs and targets, `[N, 64, 64, 3]` each.
  public init(input: Tensor, target: Tensor, map: Tensor? = nil) {
    (self.input, self.target, self.map) = (input, target, map)
  }
}
