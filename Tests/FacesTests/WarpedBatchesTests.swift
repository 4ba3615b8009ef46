import Engine
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct WarpedBatchesTests {
  private let images = [Image.noise(width: 256, height: 256), .smooth(side: 256)]

  @Test func sameSeedGivesTheSameBitsForAnyNumberOfThreads() {
    var settings = WarpSettings()
    settings.jitter = .gentle
    func batch(_ threads: Int) -> WarpedBatch {
      ThreadPool.with(threads: threads) {
        WarpedBatches(
          of: images, size: 5, settings: settings, randomness: RandomSource(seed: 3)
        ).batch(iteration: 11)
      }
    }
    let alone = batch(1)
    #expect(batch(2) == alone)
    #expect(batch(5) == alone)
    #expect(alone.input.shape == [5, 64, 64, 3])
    #expect(alone.target.shape == [5, 64, 64, 3])
    #expect(alone.input.values.allSatisfy { (0...1).contains($0) })
  }

  @Test func aPictureIsTurnedIntoOneOfItsTargets() {
    let images = [50, 100, 150].map { Image(width: 256, height: 256, filled: Color($0, $0, $0)) }
    let batches = WarpedBatches(
      of: images, targets: [[0, 1], [0, 1], [2]], size: 30, randomness: RandomSource(seed: 3))
    let batch = batches.batch(iteration: 0)
    let (inputs, targets) = (grays(batch.input), grays(batch.target))
    #expect(targets == batch.targetPictures.map { 50 * ($0 + 1) })
    let pairs = Set(zip(inputs, targets).map { [$0, $1] })
    #expect(pairs == [[50, 50], [50, 100], [100, 50], [100, 100], [150, 150]])
    #expect(batches.batch(iteration: 0) == batch)
    // Without targets, each is its own.
    let plain = WarpedBatches(of: images, size: 30, randomness: RandomSource(seed: 3))
      .batch(iteration: 0)
    #expect(plain.input == batch.input && grays(plain.target) == grays(plain.input))
  }

  /// The gray of each picture of one color in a batch.
  private func grays(_ pictures: Tensor) -> [Int] {
    (0..<pictures.shape[0]).map { Int((pictures.samples($0..<$0 + 1).values[0] * 255).rounded()) }
  }

  @Test func batchesDoNotDependOnThoseBefore() {
    let batches = WarpedBatches(of: images, size: 3, randomness: RandomSource(seed: 3))
    let resumed = WarpedBatches(of: images, size: 3, randomness: RandomSource(seed: 3))
    let third = (0..<4).map { batches.batch(iteration: $0) }[3]
    #expect(resumed.batch(iteration: 3) == third)
    #expect(batches.batch(iteration: 2) != third)
  }

  @Test func anotherSeedGivesAnotherBatch() {
    let one = WarpedBatches(of: images, size: 2, randomness: RandomSource(seed: 1))
    let two = WarpedBatches(of: images, size: 2, randomness: RandomSource(seed: 2))
    #expect(one.batch(iteration: 0) != two.batch(iteration: 0))
  }

  @Test(arguments: [WarpSettings.Sampling.point, .area])
  func undisturbedSamplesAreTheCrop(sampling: WarpSettings.Sampling) {
    var settings = WarpSettings.still
    settings.sampling = sampling
    let batch = WarpedBatches(
      of: [images[1]], size: 1, settings: settings, randomness: RandomSource(seed: 1)
    ).batch(iteration: 0)
    #expect(batch.input == batch.target)
    let pairs = zip(batch.target.values, Crop.face(images[1]).values)
    #expect(pairs.map { abs($0 - $1) }.reduce(0, max) < 1.5 / 255)
  }

  @Test func inputAndTargetHaveTheSideThatIsAskedFor() {
    let batch = WarpedBatches(
      of: [images[1]], size: 2, side: 96, settings: .still, randomness: RandomSource(seed: 1)
    ).batch(iteration: 0)
    #expect(batch.input == batch.target && batch.input.shape == [2, 96, 96, 3])
    let pairs = zip(batch.target.samples(0..<1).values, Crop.face(images[1], side: 96).values)
    #expect(pairs.map { abs($0 - $1) }.reduce(0, max) < 1.5 / 255)
  }

  @Test func areaSamplingIsNearTheEvaluatedCropOnNoiseToo() {
    func distance(_ sampling: WarpSettings.Sampling) -> Float {
      var settings = WarpSettings.still
      settings.sampling = sampling
      let batch = WarpedBatches(
        of: [images[0]], size: 1, settings: settings, randomness: RandomSource(seed: 1)
      ).batch(iteration: 0)
      let pairs = zip(batch.target.values, Crop.face(images[0]).values)
      return pairs.reduce(0) { $0 + abs($1.0 - $1.1) } / Float(batch.target.count)
    }
    #expect(distance(.area) < 0.25 * distance(.point))
  }

  @Test(arguments: [1, 2, 7, 16])
  func everyPictureIsDrawnOnceAnEpoch(count: Int) {
    let order = PictureOrder(count: count, randomness: RandomSource(seed: 9))
    let draws = (0..<6).flatMap { order.pictures(from: $0 * count, number: count) }
    for epoch in 0..<6 {
      let drawn = draws[(epoch * count)...].prefix(count).sorted()
      #expect(drawn == Array(0..<count))
    }
    let middle = Array(draws[3...].prefix(3 * count))
    #expect(order.pictures(from: 3, number: 3 * count) == middle)
    let (first, second) = (Array(draws.prefix(count)), Array(draws[count...].prefix(count)))
    if count == 16 { #expect(first != second) }
  }
}
