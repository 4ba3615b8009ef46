import Detection
import Engine
import Faces
import Generation
import Media
import Synthesis

/// Finds the 68 landmarks of a face, in pixels, in a picture where the exact ones are known; nil if
/// it finds none.
typealias LandmarkFinder = @Sendable (_ picture: Image, _ exact: [SIMD2<Float>]) -> [SIMD2<Float>]?

/// The ground truth of one side's held-out pictures.
struct GroundTruthDirection {
  /// The side whose decoder makes the swaps.
  let target: Side
  /// The inputs and their ground truth.
  let swaps: GroundTruthSwaps
  let landmarks: GroundTruthLandmarks?
  /// The clip of each picture, for `MeanInterval`.
  let groups: [Int]

  /// - Parameters:
  ///   - scenes: at least one.
  ///   - side: the side of the model's faces, in pixels.
  ///   - find: finds the landmarks of a picture whose exact ones are given; nil if there is no
  ///     predictor.
  init(
    _ scenes: [GroundTruthScene], to target: Side, side: Int = Crop.side,
    find: LandmarkFinder?
  ) {
    self.target = target
    groups = MeanInterval.groups(of: scenes.map(\.clip))
    let truths = Crop.faces(of: scenes.map(\.truth.image), side: side)
    swaps = GroundTruthSwaps(
      inputs: Crop.faces(of: scenes.map(\.picture), side: side), truths: truths,
      masks: Crop.masks(scenes.map(\.truth.mask), side: side))
    let exact = scenes.map { $0.truth.landmarks.map(\.position) }
    landmarks = find.map { find in
      GroundTruthLandmarks(
        truths: truths, pictures: scenes.map(\.truth.image), landmarks: exact,
        find: { find($0, exact[$1]) })
    }
  }

  /// The error of the landmark predictor on the ground truth itself, in the unit of the landmark
  /// error, for each picture in which it finds any.
  var finderErrors: [(error: Double, group: Int)] {
    zip(landmarks?.finderErrors ?? [], groups).compactMap { error, group in
      error.map { ($0, group) }
    }
  }

  /// The metrics of every swap that a model makes.
  func metrics(of model: SwapModel, _ precision: Precision, batch: Int) -> [GroundTruthMetrics] {
    let made = Tensor.joined(
      stride(from: 0, to: swaps.count, by: batch).map { first in
        let part = swaps.inputs.samples(first..<min(first + batch, swaps.count))
        return model.swap(part.converted(to: precision), to: target).converted(to: .float32)
      })
    return metrics(of: made)
  }

  /// The metrics of every swap.
  func metrics(of made: Tensor) -> [GroundTruthMetrics] {
    var metrics = swaps.metrics(of: made)
    guard let landmarks else { return metrics }
    for (index, error) in landmarks.errors(of: made).enumerated() {
      metrics[index].landmarks = error
    }
    return metrics
  }
}
