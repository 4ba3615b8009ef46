import Detection
import Engine
import Faces
import Generation
import Media
import Synthesis

/// Finds the 68 landmarks of a face, in pixels, in a picture where one with the exact landmarks is;
/// nil if it finds none.
typealias LandmarkFinder = @Sendable (_ picture: Image, _ exact: [SIMD2<Float>]) -> [SIMD2<Float>]?

/// The true swaps of one person's held-out pictures, and how a model is judged by them.
struct GroundTruthDirection {
  /// Whose decoder makes the swaps.
  let target: Side
  /// What the pictures should become.
  let swaps: GroundTruthSwaps
  let landmarks: GroundTruthLandmarks?
  /// Which pictures belong together, for `MeanInterval`.
  let groups: [Int]

  /// - Parameters:
  ///   - scenes: at least one.
  ///   - find: finds the landmarks of a picture whose face has the given exact ones; nil where
  ///     nothing finds landmarks.
  init(
    _ scenes: [GroundTruthScene], to target: Side,
    find: LandmarkFinder?
  ) {
    self.target = target
    groups = MeanInterval.groups(of: scenes.map(\.clip))
    let truths = Crop.faces(of: scenes.map(\.truth.image))
    swaps = GroundTruthSwaps(
      inputs: Crop.faces(of: scenes.map(\.picture)), truths: truths,
      masks: Crop.masks(scenes.map(\.truth.mask)))
    let exact = scenes.map { $0.truth.landmarks.map(\.position) }
    landmarks = find.map { find in
      GroundTruthLandmarks(
        truths: truths, pictures: scenes.map(\.truth.image), landmarks: exact,
        find: { find($0, exact[$1]) })
    }
  }

  /// How far the finder of landmarks is from the exact ones on the truths themselves, in the unit of
  /// the landmark error, for each picture in which it finds any.
  var finderErrors: [(error: Double, group: Int)] {
    zip(landmarks?.finderErrors ?? [], groups).compactMap { error, group in
      error.map { ($0, group) }
    }
  }

  /// The figures of every picture that a model makes.
  func figures(of model: SwapModel, _ precision: Precision, batch: Int) -> [GroundTruthMetrics] {
    let made = Tensor.joined(
      stride(from: 0, to: swaps.count, by: batch).map { first in
        let part = swaps.inputs.samples(first..<min(first + batch, swaps.count))
        return model.swap(part.converted(to: precision), to: target).converted(to: .float32)
      })
    return figures(of: made)
  }

  /// The figures of every swap.
  func figures(of made: Tensor) -> [GroundTruthMetrics] {
    var figures = swaps.figures(of: made)
    guard let landmarks else { return figures }
    for (index, error) in landmarks.errors(of: made).enumerated() {
      figures[index].landmarks = error
    }
    return figures
  }
}
