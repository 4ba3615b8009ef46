public import Engine
import Faces
import Foundation
public import Media

/// Training batches of labeled faces or clips: degraded, moved about, mixed.
///
/// All frames of a clip, and all samples of a unit, are degraded alike but for their noise, and moved
/// alike. Of a clip that is longer than the network looks at, a batch has a random part.
///
/// A batch depends on the source, the iteration and its size alone, never on the batches before it
/// nor on the number of threads; so a run that is continued sees what it would have seen. The pool
/// prepares a batch before the network takes its turn: on processors that the network keeps busy,
/// a thread beside it would only make the pool wait for its own threads.
public struct DetectorBatches: Sendable {
  /// Draws a degradation, which is then applied to each frame, by its number from 0: noise differs
  /// from frame to frame.
  public typealias Degrading =
    @Sendable (inout RandomSource) -> (_ image: Image, _ frame: Int) -> Image

  private let samples: NetworkSamples
  private let settings: DetectorSettings
  private let degrading: Degrading?
  private let order: BatchOrder
  private let randomness: RandomSource
  private let classWeights: [Float]

  /// - Parameters:
  ///   - samples: at least one.
  ///   - degrading: the degradation of each picture before it is shifted; nil for none.
  public init(
    of samples: NetworkSamples, _ settings: DetectorSettings, degrading: Degrading? = nil,
    randomness: RandomSource
  ) {
    precondition(
      samples.count > 0 && settings.batch > 0, "\(settings.batch) of \(samples.count) samples")
    (self.samples, self.settings, self.degrading) = (samples, settings, degrading)
    order = BatchOrder(units: samples.units, randomness: randomness.split(0))
    self.randomness = randomness.split(1)
    switch settings.classWeights {
    case .fixed(let real, let fake):
      classWeights = [real, fake]
    case .balanced:
      classWeights = [Label.real, .fake].map { label in
        let own = samples.labels.count { $0 == label }
        return own == 0 ? 0 : Float(samples.count) / Float(2 * own)
      }
    }
  }

  /// The batch of one iteration, counted from 0, prepared in parallel.
  ///
  /// - Parameter range: the samples to prepare, of 0 ..< the batch's size; nil for all. Each is the same in
  ///   every choice.
  public func batch(iteration: Int, samples range: Range<Int>? = nil) -> DetectorBatch {
    let all = order.samples(from: iteration * settings.batch, number: settings.batch)
    let range = range ?? all.indices
    let twins = twins(among: all)
    let others = neighbors(of: range, among: all.count, twins)
    let places = Array(range) + others
    let chosen = places.map { all[$0] }
    let source = randomness.split(iteration)
    let (input, side, frames) = (settings.input, settings.input.side, samples.frames)
    let pictures = Tensor.stacked(chosen.count * frames, part: [side, side, 3]) { place, picture in
      let (sample, unit) = chosen[place / frames]
      // Samples of one unit get the same augmentation, so that only the forgery distinguishes them.
      var source = source.split(unit)
      let degrade = degrading?(&source)
      let change = ViewChange(settings.shifts, from: &source)
      let spare = samples.length(sample) - frames
      let start = spare > 0 ? Int(source.uniform() * Double(spare + 1)) : 0
      var image = samples[sample, frame: start + place % frames]
      if let degrade { image = degrade(image, place % frames) }
      change.applied(to: PictureView(of: image, input)).draw(image, input, into: &picture)
    }
    let labels = chosen.map { samples.labels[$0.sample].rawValue }
    let twinned = Set(twins.compactMap(\.self))
    let place = Dictionary(zip(places, places.indices)) { first, _ in first }
    let batch = DetectorBatch(
      input: frames > 1
        ? pictures.reshaped(to: [chosen.count, frames, side, side, 3]) : pictures,
      twins: places.map { twins[$0].flatMap { place[$0] } },
      isTwin: places.map(twinned.contains), hasTwins: !twinned.isEmpty,
      targets: Tensor(shape: [chosen.count, 1], values: labels.map(Float.init)),
      weights: Tensor(
        shape: [chosen.count, 1],
        values: zip(chosen, labels).map { samples.weights[$0.sample] * classWeights[$1] }))
    guard settings.mixup > 0 else { return batch.first(range.count) }
    var chance = source.split(-1)
    return batch.mixed(share: Float(chance.beta(settings.mixup))).first(range.count)
  }

  /// What else has to be prepared to learn from some samples of a batch: what they are mixed with, or twins.
  private func neighbors(
    of range: Range<Int>, among count: Int, _ twins: [Int?]
  ) -> [Int] {
    guard range.count < count else { return [] }
    if settings.mixup > 0 { return [range.upperBound % count] }
    return Set(range.compactMap { twins[$0] }).subtracting(range).sorted()
  }

  /// The index in the batch of each fake's real twin.
  private func twins(among chosen: [(sample: Int, unit: Int)]) -> [Int?] {
    chosen.indices.map { index in
      guard samples.labels[chosen[index].sample] == .fake else { return nil }
      return chosen.indices.first {
        chosen[$0].unit == chosen[index].unit && samples.labels[chosen[$0].sample] == .real
      }
    }
  }
}

/// How pictures of a unit are moved about: scaled, shifted, flipped.
private struct ViewChange {
  /// The factor on the view's side.
  let scale: Double
  /// Along the axes, relative to the view's side.
  let x, y: Double
  let isMirrored: Bool

  init(_ shifts: DetectorShifts, from source: inout RandomSource) {
    scale = 1 + source.uniform(-shifts.scale...shifts.scale)
    x = source.uniform(-shifts.shift...shifts.shift)
    y = source.uniform(-shifts.shift...shifts.shift)
    isMirrored = source.uniform() < shifts.mirroring
  }

  func applied(to view: PictureView) -> PictureView {
    var changed = view
    changed.side = view.side * scale
    changed.x += (view.side - changed.side) / 2 + view.side * x
    changed.y += (view.side - changed.side) / 2 + view.side * y
    changed.isMirrored = isMirrored
    return changed
  }
}

/// One training batch.
public struct DetectorBatch: Equatable, Sendable {
  /// The network's input, `[N, side, side, 3]` or, of clips, `[N, frames, side, side, 3]`.
  public let input: Tensor
  /// The input, and after it pictures of other samples that are twins of these.
  let pictures: Tensor
  /// For each fake, the index of its real twin in the pictures; nil for none, and for real faces.
  public let twins: [Int?]
  /// Whether each is the twin of a fake, and whether the whole batch has twins.
  let isTwin: [Bool]
  let hasTwins: Bool
  /// The targets, 0…1, `[N, 1]`.
  public let targets: Tensor
  /// The weights, `[N, 1]`.
  public let weights: Tensor

  /// Pictures without known twins, or with those in `twins`.
  public init(input: Tensor, twins: [Int?]? = nil, targets: Tensor, weights: Tensor) {
    let twins = twins ?? [Int?](repeating: nil, count: input.shape[0])
    let twinned = Set(twins.compactMap(\.self))
    self.init(
      input: input, twins: twins, isTwin: twins.indices.map(twinned.contains),
      hasTwins: !twinned.isEmpty, targets: targets, weights: weights)
  }

  fileprivate init(
    input: Tensor, pictures: Tensor? = nil, twins: [Int?], isTwin: [Bool], hasTwins: Bool,
    targets: Tensor, weights: Tensor
  ) {
    (self.input, self.pictures) = (input, pictures ?? input)
    (self.twins, self.isTwin, self.hasTwins) = (twins, isTwin, hasTwins)
    (self.targets, self.weights) = (targets, weights)
  }

  /// The first samples, whose twins may be among the others.
  fileprivate func first(_ count: Int) -> DetectorBatch {
    guard count < input.shape[0] else { return self }
    return DetectorBatch(
      input: input.samples(0..<count), pictures: pictures, twins: Array(twins[..<count]),
      isTwin: Array(isTwin[..<count]), hasTwins: hasTwins, targets: targets.samples(0..<count),
      weights: weights.samples(0..<count))
  }

  /// Each picture mixed with a share of the next one, with its target and weight.
  func mixed(share: Float) -> DetectorBatch {
    let count = input.shape[0]
    guard count > 1 else { return self }
    func mixed(_ tensor: Tensor) -> Tensor {
      let size = tensor.count / count
      var result = tensor
      result.write { values in
        tensor.read { old in
          for index in values.indices {
            let next = (index + size) % values.count
            values[index] = share * old[index] + (1 - share) * old[next]
          }
        }
      }
      return result
    }
    return DetectorBatch(input: mixed(input), targets: mixed(targets), weights: mixed(weights))
  }
}

extension RandomSource {
  /// A draw from Beta(α, α), 0…1, from two gamma draws; α is greater than 0.
  mutating func beta(_ alpha: Double) -> Double {
    let (first, second) = (gamma(alpha), gamma(alpha))
    // Both may vanish for a tiny α, which draws 0 or 1.
    return first + second > 0 ? first / (first + second) : uniform() < 0.5 ? 0 : 1
  }

  /// A draw from Gamma(shape, 1) (Marsaglia & Tsang 2000).
  private mutating func gamma(_ shape: Double) -> Double {
    guard shape >= 1 else { return gamma(shape + 1) * pow(1 - uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      guard v > 0 else { continue }
      if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }
}
