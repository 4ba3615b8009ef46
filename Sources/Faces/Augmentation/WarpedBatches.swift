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
  /// The side of inputs and targets, in pixels.
  public let side: Int

  private let images, maps: [Image]
  private let targets: [[Int]]
  private let order: PictureOrder
  private let randomness: RandomSource

  /// - Parameters:
  ///   - images: 256×256 training pictures, at least one.
  ///   - maps: the `FaceMap` of each; none if batches need no maps.
  ///   - targets: the pictures that each may be turned into, one of which is drawn for a sample: those of
  ///     the same scene with other people; none to turn each into itself.
  ///   - size: samples in a batch, at least one.
  ///   - side: the side of inputs and targets, one of `Crop.sides`.
  ///   - randomness: a source for this face and run.
  public init(
    of images: [Image], maps: [Image] = [], targets: [[Int]] = [], size: Int,
    side: Int = Crop.side, settings: WarpSettings = WarpSettings(), randomness: RandomSource
  ) {
    precondition(!images.isEmpty && size > 0, "\(size) of \(images.count) pictures are no batch")
    precondition(maps.isEmpty || maps.count == images.count, "\(maps.count) maps")
    precondition(
      targets.isEmpty || targets.count == images.count && !targets.contains { $0.isEmpty },
      "\(targets.count) targets")
    self.images = images
    self.maps = maps
    self.targets = targets
    self.size = size
    self.side = side
    self.settings = settings
    order = PictureOrder(count: images.count, randomness: randomness.split(0))
    self.randomness = randomness.split(1)
  }

  /// The batch of one iteration, counted from 0, prepared in parallel.
  ///
  /// - Parameters:
  ///   - isWarped: false for faces that are rotated, scaled, shifted and flipped, but not warped.
  ///   - samples: those to prepare, 0 ..< size; nil for all. Each is the same in every choice.
  public func batch(
    iteration: Int, isWarped: Bool = true, samples: Range<Int>? = nil
  ) -> WarpedBatch {
    let samples = samples ?? 0..<size
    let pictures = order.pictures(
      from: iteration * size + samples.lowerBound, number: samples.count)
    let source = randomness.split(iteration)
    let draws = samples.map { index in
      var source = source.split(index)
      return WarpDraw(from: &source, settings: settings, isWarped: isWarped)
    }
    let input = stacked(samples.count) { index in
      let pixels = images[pictures[index]].pixels
      let draw = draws[index]
      return (draw.occlusion?.painted(on: pixels) ?? pixels, draw.input, draw.tint)
    }
    let shown = zip(samples, pictures).map { index, picture in
      let own = targets.isEmpty ? [] : targets[picture]
      var source = source.split(size + index)
      return own.isEmpty ? picture : own[Int(source.uniform() * Double(own.count))]
    }
    let target = stacked(samples.count) { (images[shown[$0]].pixels, draws[$0].target, Tint()) }
    guard !maps.isEmpty else {
      return WarpedBatch(input: input, target: target, targetPictures: shown)
    }
    let map = stacked(samples.count) { index in
      let pixels = maps[shown[index]].pixels
      return (draws[index].occlusion?.cut(from: pixels) ?? pixels, draws[index].target, Tint())
    }
    return WarpedBatch(input: input, target: target, map: map, targetPictures: shown)
  }

  private func stacked(
    _ count: Int, _ view: @Sendable (Int) -> (pixels: [UInt8], grid: PointGrid, tint: Tint)
  ) -> Tensor {
    let samples = settings.sampling == .area ? 2 : 1
    return Tensor.stacked(count, part: [side, side, 3]) { index, part in
      let (pixels, grid, tint) = view(index)
      GridSampler.sample(
        pixels.span, through: grid, samples: samples, tint: tint, side: side, into: &part)
    }
  }
}

/// One training batch: `[N, side, side, 3]` each, in 0…1.
public struct WarpedBatch: Equatable, Sendable {
  /// The augmented faces.
  public let input: Tensor
  /// The same faces, or those of other people in the same scenes, unwarped.
  public let target: Tensor
  /// The regions of face, eyes and mouth in the target (`FaceMap`); nil if not requested.
  public let map: Tensor?
  /// The number of the picture that each target shows.
  public let targetPictures: [Int]

  /// Inputs and targets, of the same shape.
  public init(input: Tensor, target: Tensor, map: Tensor? = nil, targetPictures: [Int] = []) {
    (self.input, self.target, self.map) = (input, target, map)
    self.targetPictures = targetPictures
  }
}
