import Engine
import Faces
import Media

/// What a detector is shown of 256×256 pictures, as a linear map whose way back is exact.
///
/// The same cut, size and normalization as `NetworkDetector.pictures`, but of numbers that nothing
/// has rounded.
struct InputView: Sendable {
  private let input: DetectorInput
  /// Rows and columns alike.
  private let weights: ResizeWeights

  private static let outer = Crop.pictureSide

  init(_ input: DetectorInput) {
    self.input = input
    let side = Double(InputView.outer) * input.share
    weights = ResizeWeights(
      part: (Double(InputView.outer) - side) / 2, side: side, to: input.side, of: InputView.outer)
  }

  /// Pictures `[N, 256, 256, 3]` in 0…1, as the network takes them, `[N, side, side, 3]`.
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

  /// A gradient by what was shown, brought back to one by the pictures.
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

  /// Each old place that a new one is made of, and how much of it.
  private func forEachTap(_ body: (_ new: Int, _ old: Int, _ weight: Float) -> Void) {
    let (count, sources, weights) = (weights.count, weights.sources, weights.weights)
    for new in 0..<input.side {
      for tap in new * count..<(new + 1) * count where weights[tap] != 0 {
        body(new, sources[tap], weights[tap])
      }
    }
  }
}
