import Detection
import Engine
import Faces
import Generation

/// A frozen detector as the adversary of a swap training.
///
/// Swaps are put back into their 256×256 pictures as forgeries are, for that is where the detector
/// has learned to look: at seams and at what surrounds the face as much as at the face itself. From
/// there on they take the detector's own way in (cut, resize, normalize), and the gradient takes
/// both ways back.
struct DetectorAdversary: SwapAdversary {
  private let detector: FrozenDetector

  /// - Throws: `noGradient` for a detector that swaps cannot be trained against.
  init(_ trained: TrainedDetector) throws(DetectionError) { detector = try FrozenDetector(trained) }

  func evasionLoss(of swaps: ShownSwaps) -> LossValue {
    let (placements, made) = (swaps.placements, swaps.made)
    let (outer, inner) = (Crop.pictureSide, made.shape[1])
    let pictures = Tensor.stacked(placements.count, part: [outer, outer, 3]) { index, picture in
      let placed = placements[index].placed(made.samples(index..<index + 1).values)
      for place in placed.indices { picture[place] = placed[place] }
    }
    let evasionLoss = detector.evasionLoss(of: pictures)
    let gradient = Tensor.stacked(placements.count, part: [inner, inner, 3]) { index, face in
      let own = placements[index].returned(
        evasionLoss.gradient.samples(index..<index + 1).values)
      for place in own.indices { face[place] = own[place] }
    }
    return LossValue(value: evasionLoss.value, gradient: gradient)
  }
}
