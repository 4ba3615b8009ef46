import Engine
import Faces
import Media

/// A detector's preprocessing of 256×256 pictures, as a linear map with an exact adjoint.
///
/// The same crop, size and normalization as in `NetworkDetector.pictures`, but on unrounded values.
struct InputView: Sendable {
  private let input: DetectorInput
  /// The taps of rows and columns.
  private let weights: ResizeWeights

  private static let outer = Crop.pictureSide

  init(_ input: DetectorInput) {
    self.input = input
    let side = Double(InputView.outer) * input.share
    weights = ResizeWeights(
      part: (Double(InputView.outer) - side) / 2, side: side, to: input.side, of: InputView.outer)
  }

  /// Pictures `[N, 256, 256, 3]` in 0…1, preprocessed to `[N, side, side, 3]`.
  func shown(_ pictures: Tensor) -> Tensor {
    let (outer, side) = (InputView.outer, input.side)
    precondition(pictures.shape.dropFirst() == [outer, outer, 3], "\(pictures.shape)")
    return Tensor.stacked(pictures.shape[0], part: [side, side, 3]) { index, view in
      let picture = pictures.samples(index..<index + 1).values
      var narrow = [Float](repeating: 0, count: outer * side * 3)
      forEachTap { new, old, weight in
        for line in 0..<outer {
          let (to, from) = ((line * side + new) * 3, (line * outer + old) * 3)
          for channel in 0..<3 { narrow[to + channel] += weight * picture[from + channel] }
        }
      }
      var small = [Float](repeating: 0, count: side * side * 3)
      forEachTap { new, old, weight in
        let (to, from) = (new * side * 3, old * side * 3)
        for place in 0..<side * 3 { small[to + place] += weight * narrow[from + place] }
      }
      for place in small.indices {
        view[place] = (small[place] - input.mean[place % 3]) / input.deviation[place % 3]
      }
    }
  }

  /// Propagates a gradient from the network's input to the pictures.
  func returned(_ gradient: Tensor) -> Tensor {
    let (outer, side) = (InputView.outer, input.side)
    return Tensor.stacked(gradient.shape[0], part: [outer, outer, 3]) { index, result in
      var small = gradient.samples(index..<index + 1).values
      for place in small.indices { small[place] /= input.deviation[place % 3] }
      var narrow = [Float](repeating: 0, count: outer * side * 3)
      forEachTap { new, old, weight in
        let (from, to) = (new * side * 3, old * side * 3)
        for place in 0..<side * 3 { narrow[to + place] += weight * small[from + place] }
      }
      for place in 0..<outer * outer * 3 { result[place] = 0 }
      forEachTap { new, old, weight in
        for line in 0..<outer {
          let (from, to) = ((line * side + new) * 3, (line * outer + old) * 3)
          for channel in 0..<3 { result[to + channel] += weight * narrow[from + channel] }
        }
      }
    }
  }

  /// Visits the source positions of each new one, with their weights.
  private func forEachTap(_ body: (_ new: Int, _ old: Int, _ weight: Float) -> Void) {
    let (count, sources, weights) = (weights.count, weights.sources, weights.weights)
    for new in 0..<input.side {
      for tap in new * count..<(new + 1) * count where weights[tap] != 0 {
        body(new, sources[tap], weights[tap])
      }
    }
  }
}
