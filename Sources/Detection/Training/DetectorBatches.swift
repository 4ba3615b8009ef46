public import Engine
import Faces
import Foundation
public import Media

/// Training batches of labeled faces: degraded, moved about, mixed.
///
/// A batch depends on the source, the iteration and its size alone, never on the batches before it
/// nor on the number of threads; so a run that is continued sees what it would have seen. The pool
/// prepares a batch before the network takes its turn: on processors that the network keeps busy,
/// a thread beside it would only make the pool wait for its own threads.
public struct DetectorBatches: Sendable {
  /// Degrades a face; random numbers come from the source.
  public typealias Degrading = @Sendable (Image, inout RandomSource) -> Image

  private let faces: DetectorFaces
  private let settings: DetectorSettings
  private let degrading: Degrading?
  private let order: BatchOrder
  private let randomness: RandomSource
  private let classWeights: [Float]

  /// - Parameters:
  ///   - faces: at least one.
  ///   - degrading: the degradation of each picture before it is shifted; nil for none.
  public init(
    of faces: DetectorFaces, _ settings: DetectorSettings, degrading: Degrading? = nil,
    randomness: RandomSource
  ) {
    precondition(faces.count > 0 && settings.batch > 0, "\(settings.batch) of \(faces.count) faces")
    (self.faces, self.settings, self.degrading) = (faces, settings, degrading)
    order = BatchOrder(units: faces.units, randomness: randomness.split(0))
    self.randomness = randomness.split(1)
    switch settings.classWeights {
    case .fixed(let real, let fake):
      classWeights = [real, fake]
    case .balanced:
      classWeights = [Label.real, .fake].map { label in
        let own = faces.labels.count { $0 == label }
        return own == 0 ? 0 : Float(faces.count) / Float(2 * own)
      }
    }
  }

  /// The batch of one iteration, counted from 0, prepared in parallel.
  public func batch(iteration: Int) -> DetectorBatch {
    let chosen = order.faces(from: iteration * settings.batch, number: settings.batch)
    let source = randomness.split(iteration)
    let (input, side) = (settings.input, settings.input.side)
    let pictures = Tensor.stacked(chosen.count, part: [side, side, 3]) { index, picture in
      // Faces of one unit get the same augmentation, so that only the forgery distinguishes them.
      var source = source.split(chosen[index].unit)
      var image = faces[chosen[index].face]
      if let degrading { image = degrading(image, &source) }
      view(of: image, from: &source).draw(image, input, into: &picture)
    }
    let batch = DetectorBatch(
      input: pictures, twins: twins(among: chosen),
      targets: Tensor(
        shape: [chosen.count, 1], values: chosen.map { Float(faces.labels[$0.face].rawValue) }),
      weights: Tensor(
        shape: [chosen.count, 1],
        values: chosen.map { faces.weights[$0.face] * classWeights[faces.labels[$0.face].rawValue] }
      ))
    guard settings.mixup > 0 else { return batch }
    var chance = source.split(-1)
    return batch.mixed(share: Float(chance.beta(settings.mixup)))
  }

  /// The index in the batch of each fake's real twin.
  private func twins(among chosen: [(face: Int, unit: Int)]) -> [Int?] {
    chosen.indices.map { index in
      guard faces.labels[chosen[index].face] == .fake else { return nil }
      return chosen.indices.first {
        chosen[$0].unit == chosen[index].unit && faces.labels[chosen[$0].face] == .real
      }
    }
  }

  private func view(of image: Image, from source: inout RandomSource) -> PictureView {
    let shifts = settings.shifts
    var view = PictureView(of: image, settings.input)
    let side = view.side * (1 + source.uniform(-shifts.scale...shifts.scale))
    view.x += (view.side - side) / 2 + view.side * source.uniform(-shifts.shift...shifts.shift)
    view.y += (view.side - side) / 2 + view.side * source.uniform(-shifts.shift...shifts.shift)
    view.side = side
    view.isMirrored = source.uniform() < shifts.mirroring
    return view
  }
}

/// One training batch.
public struct DetectorBatch: Equatable, Sendable {
  /// The network's input, `[N, side, side, 3]`.
  public let input: Tensor
  /// For each fake, the index of its real twin in the batch; nil for none, and for real faces.
  public let twins: [Int?]
  /// The targets, 0…1, `[N, 1]`.
  public let targets: Tensor
  /// The weights, `[N, 1]`.
  public let weights: Tensor

  /// Pictures without known twins, or with those in `twins`.
  public init(input: Tensor, twins: [Int?]? = nil, targets: Tensor, weights: Tensor) {
    (self.input, self.targets, self.weights) = (input, targets, weights)
    self.twins = twins ?? [Int?](repeating: nil, count: input.shape[0])
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
